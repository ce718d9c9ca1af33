package dev.haft.itests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What to do.
 *
 * @param name its file name
 * @param root all of it
 * @param folder has the files that it names
 */
record Scenario(String name, JsonNode root, Path folder) {
    private static final int DEFAULT_GAP = 20;
    private static final int BYTEWISE_GAP = 8;
    private static final int DEFAULT_LIMIT = 3000;

    /** {@code contract}, {@code impl} or {@code quirk}. */
    String kind() {
        return root.path("kind").asText();
    }

    /** A file by its name, a certificate's, say. */
    Path file(JsonNode named) {
        return folder.resolve(named.asText());
    }

    String doc() {
        return root.path("doc").asText();
    }

    JsonNode config() {
        return root.path("config");
    }

    JsonNode init() {
        return root.path("init");
    }

    JsonNode procedure(String called) {
        return root.path("procs").path(called);
    }

    /** Milliseconds to settle after each step. */
    int gap() {
        return root.path("gap").asInt(DEFAULT_GAP);
    }

    /** Milliseconds that the peer waits for what it expects. */
    int limit() {
        return root.path("limit").asInt(DEFAULT_LIMIT);
    }

    /** Steps of the peer before the handle is made. */
    List<JsonNode> before() {
        return expand(root.path("before"));
    }

    List<JsonNode> script() {
        return expand(root.path("script"));
    }

    /** Whether the handle makes the connection. */
    boolean connects() {
        return JsonText.has(config(), "connect");
    }

    private static List<JsonNode> expand(JsonNode steps) {
        List<JsonNode> expanded = new ArrayList<>();
        for (JsonNode step : steps) {
            switch (step.path("peer").asText()) {
                case "pieces" -> step.path("pieces").forEach(piece -> expanded.add(send(step, piece)));
                case "bytewise" -> {
                    for (byte octet : Bytes.of(step)) {
                        expanded.add(send(step, Bytes.logged(new byte[] {octet}), BYTEWISE_GAP));
                    }
                }
                default -> expanded.add(step);
            }
        }
        return expanded;
    }

    private static JsonNode send(JsonNode step, JsonNode piece) {
        return send(step, piece, 0);
    }

    private static ObjectNode send(JsonNode step, JsonNode piece, int gap) {
        ObjectNode send = JsonText.NODES.objectNode();
        if (piece instanceof ObjectNode bytes) {
            send.setAll(bytes);
        } else {
            send.set("data", piece);
        }
        send.put("peer", "send");
        int own = step.path("gap").asInt(gap);
        if (own > 0) {
            send.put("gap", own);
        }
        return send;
    }
}
