package dev.haft.example.echo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.Listener;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EchoProtocolTest {
    private Haft haft;
    private Listener listener;

    @BeforeEach
    void listen() throws Exception {
        haft = Haft.open();
        listener = haft.listen(Endpoint.tcp("127.0.0.1", 0), new EchoProtocol());
    }

    @AfterEach
    void close() {
        haft.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    /** What comes back for all of this, sent at once and then ended. */
    private byte[] echo(byte[] sent) throws Exception {
        try (Socket socket = connect()) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    socket.getOutputStream().write(sent);
                    socket.shutdownOutput();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            byte[] received = socket.getInputStream().readAllBytes();
            sending.get(30, TimeUnit.SECONDS);
            return received;
        }
    }

    private String echo(String sent) throws Exception {
        return new String(echo(sent.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @Test
    void sendsEachLineBack() throws Exception {
        assertEquals("hello\n\nwörld\n", echo("hello\n\nwörld\r\n"));
        assertEquals("", echo(""));
    }

    @Test
    void answersALineBeforeTheNextOneComes() throws Exception {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            for (String line : new String[] {"one\n", "two\n"}) {
                out.write(line.getBytes(StandardCharsets.US_ASCII));
                assertEquals(line, new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII));
            }
        }
    }

    @Test
    void leavesBytesAloneThatAreNoText() throws Exception {
        byte[] line = {(byte) 0xff, 0, (byte) 0xc3, '\n'};
        assertArrayEquals(line, echo(line));
    }

    @Test
    void sendsAllOfMuchToAPeerThatHasEnded() throws Exception {
        String lines = ("x".repeat(1000) + "\n").repeat(10_000);
        assertEquals(lines, echo(lines));
    }

    @Test
    void endsTheConnectionAfterALineThatIsTooLong() throws Exception {
        assertEquals("short\n", echo("short\n" + "x".repeat(1 << 17) + "\nnext\n"));
    }

    @Test
    void ignoresALineThatTheStreamEndsIn() throws Exception {
        assertEquals("whole\n", echo("whole\npart"));
    }
}
