package dev.haft.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.haft.Haft;
import dev.haft.HandleException;
import dev.haft.Protocol;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * Serves, and for each line on standard input says what it holds after a collection: {@code HEAP bytes DIRECT bytes}.
 * Ends when standard input does.
 */
public final class IdleHeap {
    private IdleHeap() {}

    /** Takes the name of a server, and the key file if it is one of {@link TlsEcho}; prints its port. */
    public static void main(String[] args)
            throws IOException, GeneralSecurityException, HandleException, InterruptedException {
        if (args.length < 1 || args.length > 2) {
            throw new IllegalArgumentException(
                    "usage: IdleHeap RawNioEcho|HaftEcho|HaftPushed|NettyEcho, or IdleHeap haft|jdk|boringssl KEYS.p12");
        }
        int port = args.length == 1
                ? start(args[0])
                : TlsEcho.start(args[0], Path.of(args[1])).sealed();
        System.out.println("PORT " + port);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        while (commands.readLine() != null) {
            System.out.println("HEAP " + Heap.usedBytes() + " DIRECT " + directBytes());
        }
        System.exit(0);
    }

    private static int start(String server) throws IOException, HandleException {
        return switch (server) {
            case "RawNioEcho" -> RawNioEcho.start();
            case "HaftEcho" -> startHaft(HaftEcho.ECHO);
            case "HaftPushed" -> startHaft(HaftEcho.PUSHED_ECHO);
            case "NettyEcho" -> NettyEcho.start();
            default -> throw new IllegalArgumentException("no such server: " + server);
        };
    }

    private static int startHaft(Protocol protocol) throws HandleException {
        return HaftEcho.start(Haft.builder().loops(1).open(), protocol);
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
