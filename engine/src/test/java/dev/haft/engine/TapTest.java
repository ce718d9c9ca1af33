package dev.haft.engine;

import static dev.haft.Reads.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Tap;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A tap sees every byte in and out. Parity life.tap. */
class TapTest {
    private final Events events = new Events();

    /** What it has seen; for the loop, and for the test when the loop has settled. */
    private static final class Seen implements Tap {
        private final StringBuilder in = new StringBuilder();
        private final StringBuilder out = new StringBuilder();

        @Override
        public void passed(dev.haft.Handle handle, Direction direction, ByteBuffer bytes) {
            assertTrue(bytes.isReadOnly());
            (direction == Direction.IN ? in : out).append(StandardCharsets.ISO_8859_1.decode(bytes));
        }
    }

    @ParameterizedTest
    @EnumSource
    void itSeesEveryByteBothWaysAndChangesNothing(Link link, @TempDir Path folder) throws Exception {
        Seen seen = new Seen();
        Path path = Files.writeString(folder.resolve("f"), "a file");
        String much = "0123456789".repeat(50_000) + "\n";
        try (FileChannel file = FileChannel.open(path);
                Pair pair = Pair.open(link, events.options().tap(seen))) {
            pair.handle.onEach(line().limit(1 << 20), (h, text) -> h.pushWrite(text.length() + "\n"));
            pair.peer.send("hello\n" + much);
            assertEquals("5\n500000\n", pair.peer.receive(9));
            pair.handle.pushFile(file, 0, 6);
            assertEquals("a file", pair.peer.receive(6));
            pair.settle();
            assertEquals("hello\n" + much, seen.in.toString());
            assertEquals("5\n500000\na file", seen.out.toString());
            events.expectNoMore();
        }
    }

    @Test
    void itCanBeSetAndTakenAwayAtAnyTime() throws Exception {
        Seen first = new Seen();
        Seen second = new Seen();
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.onEach(line(), (h, text) -> h.pushWrite(text.toUpperCase(java.util.Locale.ROOT)));
            pair.peer.send("a\n");
            assertEquals("A", pair.peer.receive(1));
            pair.onLoop(h -> h.tap(first));
            pair.peer.send("b\n");
            assertEquals("B", pair.peer.receive(1));
            pair.onLoop(h -> h.tap(second));
            pair.peer.send("c\n");
            assertEquals("C", pair.peer.receive(1));
            pair.onLoop(h -> h.tap(null));
            pair.peer.send("d\n");
            assertEquals("D", pair.peer.receive(1));
            pair.settle();
            assertEquals("b\n B", first.in + " " + first.out);
            assertEquals("c\n C", second.in + " " + second.out);
        }
    }

    @Test
    void itSeesWhatLeavesWhileCloseIsCalledAndNothingAfterwards() throws Exception {
        Seen seen = new Seen();
        try (Pair pair = Pair.open(Link.TCP, events.options().tap(seen))) {
            pair.onLoop(h -> {
                h.pushWrite("QUIT\n");
                h.close();
                assertEquals("QUIT\n", seen.out.toString());
            });
            pair.peer.send("bye\n");
            pair.peer.end();
            assertEquals("QUIT\n", pair.peer.receiveText());
            Pair.await(pair.handle.closed());
            assertEquals("", seen.in.toString());
        }
    }

    @Test
    void oneThatThrowsIsAFatalErrorAndNoByteIsLostOrDoubled() throws Exception {
        Tap throwing = (h, direction, bytes) -> {
            throw new IllegalStateException("no more paper");
        };
        try (Pair pair = Pair.open(Link.TCP, events.options().tap(throwing))) {
            pair.handle.pushWrite("x".repeat(1000));
            events.expect("CALLBACK_FAILED!");
            assertEquals("x".repeat(1000), pair.peer.receiveText());
            assertEquals("no more paper", events.lastError().getCause().getMessage());
        }
    }

    @Test
    void itMayEndTheHandle() throws Exception {
        Tap destroying = (h, direction, bytes) -> h.destroy();
        try (Pair pair = Pair.open(Link.TCP, events.options().tap(destroying))) {
            pair.handle.onEach(line(), events.value());
            pair.settle();
            pair.peer.send("a\nb\n");
            Pair.await(pair.handle.closed());
            events.expectNoMore();
        }
    }

    @Test
    void itSeesWhatIsWrittenWhileConnecting() throws Exception {
        Seen seen = new Seen();
        try (java.net.ServerSocket server = new java.net.ServerSocket(0);
                dev.haft.Haft haft = Pair.haft()) {
            dev.haft.Handle handle = haft.connect(
                    dev.haft.Endpoint.tcp("127.0.0.1", server.getLocalPort()),
                    events.options().tap(seen).build());
            handle.pushWrite("hello");
            try (java.net.Socket peer = server.accept()) {
                assertEquals("hello", new String(peer.getInputStream().readNBytes(5), StandardCharsets.US_ASCII));
            }
            Pair.settle(handle.loop());
            assertEquals("hello", seen.out.toString());
        }
    }

    @Test
    void itMayEndTheHandleWhileBytesLeave() throws Exception {
        Tap destroying = (h, direction, bytes) -> h.destroy();
        try (Pair pair = Pair.open(Link.TCP, events.options().tap(destroying))) {
            byte[] much = new byte[1 << 20];
            new java.util.Random(1).nextBytes(much);
            pair.handle.pushWrite(much);
            org.junit.jupiter.api.Assertions.assertArrayEquals(much, pair.peer.receiveAll());
            pair.peer.end();
            Pair.await(pair.handle.closed());
            events.expectNoMore();
        }
    }
}
