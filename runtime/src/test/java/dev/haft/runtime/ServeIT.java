package dev.haft.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeIT {
    private static final String ECHO = "echo=tcp://127.0.0.1:0";
    private static final String RPC = "rpc=tcp://127.0.0.1:0";
    private static final String RPC_CBOR = "rpc-cbor=tcp://127.0.0.1:0";

    @TempDir
    private Path folder;

    private HaftProcess serve(String... endpoints) throws Exception {
        String[] args = new String[1 + 2 * endpoints.length];
        args[0] = "serve";
        for (int i = 0; i < endpoints.length; i++) {
            args[1 + 2 * i] = "--listen";
            args[2 + 2 * i] = endpoints[i];
        }
        return HaftProcess.start(folder.resolve("plugins"), args);
    }

    private static int port(String line, String name) {
        assertTrue(line.startsWith(name + " 127.0.0.1:"), line);
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    }

    @Test
    void servesEchoAndRpcUntilItIsTerminated() throws Exception {
        try (HaftProcess haft = serve(ECHO, RPC, RPC_CBOR)) {
            int echo = port(haft.out(), "echo");
            int rpc = port(haft.out(), "rpc");
            port(haft.out(), "rpc-cbor");
            try (LineClient line = new LineClient(echo)) {
                assertEquals("hello", line.write("hello\n").read());
                assertEquals("wörld", line.write("wörld\r\n").read());
                line.write("one\ntwo\n").writeEnd();
                assertEquals("one", line.read());
                assertEquals("two", line.read());
                assertNull(line.read());
            }
            try (LineClient line = new LineClient(rpc)) {
                assertEquals("[\"ok\",5]", line.write("[\"add\",2,3]").read());
                line.write("[\"upper\",\"x\"] [\"no\"]\n").writeEnd();
                assertEquals("[\"ok\",\"X\"]", line.read());
                assertTrue(line.read().startsWith("[\"error\","));
                assertNull(line.read());
            }
            HaftProcess.Result result = haft.terminate();
            assertTrue(result.status() == 0 || result.status() == 143, result.toString());
            assertEquals(6, result.out().size());
        }
    }

    @Test
    void endsConnectionsThatSayNothing() throws Exception {
        try (HaftProcess haft = HaftProcess.start(
                folder.resolve("plugins"),
                "serve",
                "--listen",
                ECHO,
                "--listen",
                RPC,
                "--listen",
                RPC_CBOR,
                "--idle-timeout",
                "200ms")) {
            for (String protocol : List.of("echo", "rpc", "rpc-cbor")) {
                try (LineClient line = new LineClient(port(haft.out(), protocol))) {
                    assertNull(line.read(), protocol);
                }
            }
        }
    }

    @Test
    void servesAtAUnixSocket() throws Exception {
        Path socket = folder.resolve("echo.sock");
        try (HaftProcess haft = serve("echo=unix:" + socket, RPC)) {
            assertEquals("echo unix:" + socket, haft.out());
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(UnixDomainSocketAddress.of(socket));
                channel.write(ByteBuffer.wrap("hello\n".getBytes(StandardCharsets.US_ASCII)));
                ByteBuffer answer = ByteBuffer.allocate(6);
                while (answer.hasRemaining() && channel.read(answer) >= 0) {}
                assertEquals("hello\n", new String(answer.array(), StandardCharsets.US_ASCII));
            }
            haft.terminate();
            assertTrue(Files.notExists(socket));
        }
    }

    @Test
    void failsIfAChosenPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HaftProcess haft = serve("echo=tcp://127.0.0.1:" + taken.getLocalPort(), RPC)) {
            haft.err("haft: IO: echo at tcp://127.0.0.1:" + taken.getLocalPort());
            assertEquals(1, haft.end().status());
        }
    }

    @Test
    void goesElsewhereIfItsOwnPortIsTaken() throws Exception {
        // Both compete for the port of the bundle's own: whoever is second prints another one.
        try (HaftProcess first = serve(RPC);
                HaftProcess second = serve(RPC)) {
            int one = port(first.out(), "echo");
            int other = port(second.out(), "echo");
            assertTrue(one != other);
            for (int port : new int[] {one, other}) {
                try (LineClient line = new LineClient(port)) {
                    assertEquals("x", line.write("x\n").read());
                }
            }
        }
    }

    @Test
    void warnsOfAnEndpointForAProtocolThatIsNotThere() throws Exception {
        try (HaftProcess haft = serve(ECHO, RPC, "nosuch=tcp://127.0.0.1:0")) {
            assertTrue(haft.err("nosuch").contains("WARNING"));
            haft.out();
        }
    }

    @Test
    void leavesNothingBehind() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        List<String> options = List.of("-Djava.io.tmpdir=" + temporary, "-Dhaft.plugins=" + folder.resolve("plugins"));
        try (HaftProcess haft = HaftProcess.start(
                HaftProcess.DIST.resolve("bundles"), options, "serve", "--listen", ECHO, "--listen", RPC)) {
            haft.out();
            haft.terminate();
            assertEquals(0, temporary.toFile().list().length);
        }
    }
}
