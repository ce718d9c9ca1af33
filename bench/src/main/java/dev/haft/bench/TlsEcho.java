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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The echo of {@link HaftEcho} and {@link NettyEcho} over TLS, and in clear text on another port of the same loop. */
public final class TlsEcho {
    private TlsEcho() {}

    /** Where it listens. */
    record Ports(int clear, int sealed) {}

    /** Takes the name of a server and the key file; prints its ports, and serves until it is killed. */
    public static void main(String[] args)
            throws IOException, GeneralSecurityException, HandleException, InterruptedException {
        if (args.length != 2) {
            throw new IllegalArgumentException("usage: TlsEcho haft|haft-executor|jdk|boringssl KEYS.p12");
        }
        Ports ports = start(args[0], Path.of(args[1]));
        System.out.println("CLEAR " + ports.clear);
        System.out.println("PORT " + ports.sealed);
        new CountDownLatch(1).await();
    }

    static Ports start(String server, Path keys) throws IOException, GeneralSecurityException, HandleException {
        TlsPeers peers = new TlsPeers(keys);
        return switch (server) {
            case "haft" -> haft(peers.haftServer());
            case "haft-executor" -> haft(peers.haftServer().executor(processors()));
            case "jdk" -> netty(peers, SslProvider.JDK);
            case "boringssl" -> netty(peers, SslProvider.OPENSSL);
            default -> throw new IllegalArgumentException("no such server: " + server);
        };
    }

    /** A thread for each processor that the server may use. */
    private static ExecutorService processors() {
        return Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    }

    private static Ports haft(TlsOptions.Builder tls) throws HandleException {
        Haft haft = Haft.builder().loops(1).open();
        // Who ends by a reset is not worth a word.
        HandleOptions.Builder options = HaftEcho.options().onError((handle, error) -> {});
        int clear = HaftEcho.start(haft, HaftEcho.ECHO, options.build());
        options.tls(TlsRole.SERVER, tls.build());
        return new Ports(clear, HaftEcho.start(haft, HaftEcho.ECHO, options.build()));
    }

    private static Ports netty(TlsPeers peers, SslProvider engines) throws IOException {
        EventLoopGroup loop = NettyEcho.loop();
        return new Ports(NettyEcho.start(loop, null), NettyEcho.start(loop, peers.nettyServer(engines)));
    }
}
