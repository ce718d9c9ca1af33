package dev.haft.bench;

import dev.haft.Haft;
import dev.haft.HandleException;
import dev.haft.HandleOptions;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsRole;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The echo of {@link HaftEcho} and {@link NettyEcho} over TLS, and in clear text on another port of the same loop. */
public final class TlsEcho {
    private TlsEcho() {}

    /** Takes the name of a server and the key file; prints its ports, and serves until it is killed. */
    public static void main(String[] args)
            throws IOException, GeneralSecurityException, HandleException, InterruptedException {
        if (args.length != 2) {
            throw new IllegalArgumentException("usage: TlsEcho haft|haft-executor|jdk|boringssl KEYS.p12");
        }
        TlsPeers peers = new TlsPeers(Path.of(args[1]));
        switch (args[0]) {
            case "haft" -> haft(peers.haftServer());
            case "haft-executor" -> haft(peers.haftServer().executor(processors()));
            case "jdk" -> netty(peers, SslProvider.JDK);
            case "boringssl" -> netty(peers, SslProvider.OPENSSL);
            default -> throw new IllegalArgumentException("no such server: " + args[0]);
        }
    }

    /** A thread for each processor that the server may use. */
    private static ExecutorService processors() {
        return Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    }

    private static void haft(TlsOptions.Builder tls) throws HandleException, InterruptedException {
        // Who ends by a reset is not worth a word.
        HandleOptions.Builder options = HaftEcho.options().onError((handle, error) -> {});
        try (Haft haft = Haft.builder().loops(1).open()) {
            int clear = HaftEcho.start(haft, HaftEcho.ECHO, options.build());
            options.tls(TlsRole.SERVER, tls.build());
            print(clear, HaftEcho.start(haft, HaftEcho.ECHO, options.build()));
            haft.join();
        }
    }

    private static void netty(TlsPeers peers, SslProvider engines) throws IOException {
        EventLoopGroup loop = NettyEcho.loop();
        print(NettyEcho.start(loop, null), NettyEcho.start(loop, peers.nettyServer(engines)));
    }

    private static void print(int clear, int sealed) {
        System.out.println("CLEAR " + clear);
        System.out.println("PORT " + sealed);
    }
}
