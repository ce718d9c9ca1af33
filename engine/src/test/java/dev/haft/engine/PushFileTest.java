package dev.haft.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.HandleOptions;
import dev.haft.Reads;
import dev.haft.Writes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Parts of files leave in their turn. Parity w.file. */
class PushFileTest {
    private static final int SIZE = 8 << 20;

    private final Events events = new Events();
    private final byte[] content = new byte[SIZE];

    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void write() throws IOException {
        new Random(1).nextBytes(content);
        path = Files.write(folder.resolve("file"), content);
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @EnumSource
    void aFileKeepsItsPlaceAmongOtherWrites(Link link) throws Exception {
        try (FileChannel file = FileChannel.open(path);
                Pair pair = Pair.open(link, events.options())) {
            pair.onLoop(h -> h.pushWrite("before ")
                    .pushFile(file, 5, SIZE - 5)
                    .pushWrite(" between ")
                    .pushFile(file, 0, 10)
                    .pushFile(file, 7, 0)
                    .pushWrite(" after"));
            pair.handle.pushShutdown();
            String expected = "before " + latin1(Arrays.copyOfRange(content, 5, SIZE)) + " between "
                    + latin1(Arrays.copyOf(content, 10)) + " after";
            assertTrue(expected.equals(pair.peer.receiveText()), "what arrived is what was pushed");
            assertEquals(0, file.position());
            assertEquals(expected.length(), pair.handle.stats().bytesWritten());
            events.expectNoMore();
        }
    }

    @Test
    void aFilePushedByAnotherThreadKeepsItsPlaceToo() throws Exception {
        try (FileChannel file = FileChannel.open(path);
                Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.pushWrite("<").pushFile(file, 0, 100).pushWrite(">").pushShutdown();
            assertEquals("<" + latin1(Arrays.copyOf(content, 100)) + ">", pair.peer.receiveText());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWriteBehindItTellsWhenItsBytesHaveLeft(Link link) throws Exception {
        FileChannel file = FileChannel.open(path);
        try (Pair pair = Pair.open(link, events.options())) {
            pair.handle.pushFile(file, 0, SIZE);
            CompletableFuture<Void> left = pair.handle.write(Writes.bytes(), new byte[0]);
            pair.settle();
            assertFalse(left.isDone(), "the peer has read nothing");
            CompletableFuture<String> received = CompletableFuture.supplyAsync(() -> {
                try {
                    return pair.peer.receive(SIZE);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            Pair.await(left);
            file.close();
            assertArrayEquals(content, Pair.await(received).getBytes(StandardCharsets.ISO_8859_1));
            events.expectNoMore();
        } finally {
            file.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatEndsTooEarlyIsAClearError(Link link) throws Exception {
        try (FileChannel file = FileChannel.open(path);
                Pair pair = Pair.open(link, events.options())) {
            pair.handle.pushFile(file, SIZE - 10, 30).pushWrite("never");
            events.expect("IO!");
            assertEquals(
                    "the file has ended 20 bytes too early", events.lastError().getMessage());
            assertEquals(latin1(Arrays.copyOfRange(content, SIZE - 10, SIZE)), pair.peer.receiveText());
        }
    }

    @Test
    void aFileThatIsClosedTooEarlyIsAClearError() throws Exception {
        FileChannel file = FileChannel.open(path);
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            file.close();
            pair.handle.pushFile(file, 0, 10);
            events.expect("IO!");
            assertEquals(
                    "the file was closed with 10 bytes of it not yet written",
                    events.lastError().getMessage());
        } finally {
            file.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatCannotBeReadIsAnError(Link link) throws Exception {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE);
                Pair pair = Pair.open(link, events.options())) {
            pair.handle.pushFile(file, 0, 10);
            events.expect("IO!");
        }
    }

    @Test
    void aPartBeforeTheFileIsRefused() throws Exception {
        try (FileChannel file = FileChannel.open(path);
                Pair pair = Pair.open(Link.TCP, events.options())) {
            assertThrows(IllegalArgumentException.class, () -> pair.handle.pushFile(file, -1, 1));
            assertThrows(IllegalArgumentException.class, () -> pair.handle.pushFile(file, 0, -1));
        }
    }

    @Test
    void afterPushShutdownAFileIsFatal() throws Exception {
        try (FileChannel file = FileChannel.open(path);
                Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.pushShutdown().pushFile(file, 0, 1);
            events.expect("WRITE_CLOSED!");
        }
    }

    @Test
    void aFileTakesNoMemoryButCountsForTheWaterMarks() throws Exception {
        HandleOptions.Builder options =
                events.options().maxWriteBufferBytes(10).highWaterBytes(100_000).onHighWater(events.on("high"));
        try (FileChannel file = FileChannel.open(path);
                Pair pair = Pair.open(Link.TCP, options)) {
            pair.onLoop(h -> h.onEach(Reads.line(), events.value()).pushFile(file, 0, SIZE));
            events.expect("high");
            assertFalse(pair.handle.isWritable());
            assertTrue(pair.handle.pendingWriteBytes() > 100_000);
            pair.peer.send("request\n");
            pair.settle();
            events.expectNoMore();
            pair.handle.onDrain(events.on("drained"));
            assertEquals(SIZE, pair.peer.receive(SIZE).length());
            events.expect("drained", "request");
            assertEquals(0, pair.handle.pendingWriteBytes());
        }
    }

    @ParameterizedTest
    @EnumSource
    void closeAndDestroyLetItGoOut(Link link) throws Exception {
        for (boolean orderly : new boolean[] {true, false}) {
            try (FileChannel file = FileChannel.open(path);
                    Pair pair = Pair.open(link, events.options().linger(Duration.ofSeconds(20)))) {
                pair.handle.pushWrite("x").pushFile(file, 0, SIZE);
                if (orderly) {
                    pair.handle.close();
                } else {
                    pair.handle.destroy();
                }
                byte[] all = pair.peer.receiveAll();
                assertEquals(SIZE + 1, all.length);
                assertArrayEquals(content, Arrays.copyOfRange(all, 1, all.length));
                pair.peer.end();
                Pair.await(pair.handle.closed());
                events.expectNoMore();
            }
        }
    }

    @Test
    void aFilePushedWhileConnectingLeavesWhenThereIsAConnection() throws Exception {
        try (java.net.ServerSocket server = new java.net.ServerSocket(0);
                dev.haft.Haft haft = Pair.haft();
                FileChannel file = FileChannel.open(path)) {
            dev.haft.Handle handle = haft.connect(
                    dev.haft.Endpoint.tcp("127.0.0.1", server.getLocalPort()),
                    events.options().build());
            handle.pushFile(file, 0, 1000).pushShutdown();
            try (java.net.Socket peer = server.accept()) {
                assertArrayEquals(
                        Arrays.copyOf(content, 1000), peer.getInputStream().readAllBytes());
            }
            events.expectNoMore();
        }
    }
}
