package dev.haft.engine;

import static dev.haft.Reads.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Connections come and go without leaving anything behind. */
class ManyConnectionsTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int CHUNK = 250;
    private static final int CHUNKS = 40;

    private static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            return all.count();
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("haft-loop"))
                .count();
    }

    @Test
    void tenThousandConnectionsLeaveNothingBehind() throws Exception {
        assumeTrue(Files.isDirectory(DESCRIPTORS), "descriptors can be counted on Linux only");
        try (Haft haft = Haft.builder().loops(2).open();
                Listener listener = haft.listen(
                        Endpoint.tcp("127.0.0.1", 0),
                        h -> h.onEach(line(), (x, text) -> x.pushWrite(text + "\n"))
                                .onEof(Handle::close))) {
            chunk(haft, listener);
            settle(haft, listener);
            long before = descriptors();
            long threadsBefore = threads();
            for (int i = 0; i < CHUNKS; i++) {
                chunk(haft, listener);
            }
            settle(haft, listener);
            assertTrue(haft.handles().isEmpty(), () -> "left: " + haft.handles());
            assertEquals(0, listener.connections());
            assertEquals(threadsBefore, threads());
            // Other things of this process may open one or two.
            long after = descriptors();
            assertTrue(after <= before + 10, before + " descriptors became " + after);
        }
    }

    private static void chunk(Haft haft, Listener listener) {
        List<CompletableFuture<Void>> closed = new ArrayList<>();
        List<CompletableFuture<String>> echoed = new ArrayList<>();
        List<Handle> open = new ArrayList<>();
        for (int i = 0; i < CHUNK; i++) {
            Handle handle = haft.connect(listener.endpoint()).pushWrite("hello\n");
            echoed.add(handle.read(line()));
            open.add(handle);
        }
        echoed.forEach(e -> assertEquals("hello", Pair.await(e)));
        for (Handle handle : open) {
            handle.close();
            closed.add(handle.closed());
        }
        closed.forEach(Pair::await);
    }

    /** The accepted ends may take a little longer, and descriptors go when their selector selects the next time. */
    private static void settle(Haft haft, Listener listener) {
        for (int turn = 0;
                turn < 10_000 && (listener.connections() > 0 || !haft.handles().isEmpty());
                turn++) {
            Pair.settle(haft.loop());
        }
        for (int loop = 0; loop < 4; loop++) {
            Pair.settle(haft.loop());
        }
    }
}
