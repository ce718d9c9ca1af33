package dev.haft.itests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.haft.spi.Resolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * The name service of a scenario.
 *
 * @param known names to the texts of their addresses; other names have none
 */
record Hosts(JsonNode known) implements Resolver {
    private static final String ADDRESS = "[0-9.]+|.*:.*";

    @Override
    public List<InetAddress> addresses(String host) throws UnknownHostException {
        if (host.matches(ADDRESS)) {
            return List.of(InetAddress.getByName(host));
        }
        List<InetAddress> found = new ArrayList<>();
        for (JsonNode address : known.path(host)) {
            found.add(InetAddress.getByName(address.asText()));
        }
        return found;
    }
}
