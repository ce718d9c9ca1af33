package dev.haft.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A {@code haft serve} with all its protocols on ports of the system's choice. */
final class TlsServer implements AutoCloseable {
    private static final List<String> PROTOCOLS = List.of("echo", "rpc", "rpc-cbor", "echo-tls", "echo-auto", "smtp");

    private final HaftProcess process;
    private final Map<String, String> places = new HashMap<>();

    private TlsServer(HaftProcess process) {
        this.process = process;
        for (int i = 0; i < PROTOCOLS.size(); i++) {
            String line = process.out();
            int space = line.indexOf(' ');
            places.put(line.substring(0, space), line.substring(space + 1));
        }
    }

    static TlsServer start(Path plugins, String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of("serve"));
        for (String protocol : PROTOCOLS) {
            args.addAll(List.of("--listen", protocol + "=tcp://127.0.0.1:0"));
        }
        args.addAll(List.of(more));
        return new TlsServer(HaftProcess.start(plugins, args.toArray(String[]::new)));
    }

    /** Where it listens for the protocol: host and port. */
    String place(String protocol) {
        return Objects.requireNonNull(places.get(protocol), protocol);
    }

    String err(String part) {
        return process.err(part);
    }

    @Override
    public void close() {
        process.close();
    }
}
