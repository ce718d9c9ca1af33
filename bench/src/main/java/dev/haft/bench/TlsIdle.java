package dev.haft.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The heap that one end of an idle TLS connection in memory holds, after a handshake and 16 KB each way. */
public final class TlsIdle {
    private TlsIdle() {}

    /** Takes the key file, a peer and how many connections; prints {@code bytes} and how many an end has. */
    public static void main(String[] args) throws Exception {
        if (args.length != 3) {
            throw new IllegalArgumentException("usage: TlsIdle KEYS.p12 haft|jdk|boringssl CONNECTIONS");
        }
        TlsPeers.Maker maker = new TlsPeers(Path.of(args[0])).maker(args[1], TlsPeers.X25519, true);
        int connections = Integer.parseInt(args[2]);
        byte[] clear = new byte[16_384];
        // What is loaded and allocated once is not to be counted.
        for (int i = 0; i < 50; i++) {
            used(maker, clear);
        }
        List<TlsPipe> pipes = new ArrayList<>(connections);
        long before = Heap.usedBytes();
        for (int i = 0; i < connections; i++) {
            pipes.add(used(maker, clear));
        }
        System.out.println("bytes " + (Heap.usedBytes() - before) / (2L * pipes.size()));
    }

    private static TlsPipe used(TlsPeers.Maker maker, byte[] clear) throws Exception {
        TlsPipe pipe = maker.shaken();
        pipe.pass(true, clear, clear.length);
        pipe.pass(false, clear, clear.length);
        return pipe;
    }
}
