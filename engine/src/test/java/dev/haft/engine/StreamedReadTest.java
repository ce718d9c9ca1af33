package dev.haft.engine;

import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static dev.haft.Reads.packed;
import static dev.haft.Reads.stream;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Decoder;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleOptions;
import dev.haft.LengthPrefix;
import dev.haft.Read;
import dev.haft.ReadCallback;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies that are handed on piece by piece. Parity r.chunk. */
class StreamedReadTest {
    private final Events events = new Events();
    private final ByteArrayOutputStream got = new ByteArrayOutputStream();

    /** Keeps what it gets. */
    private ReadCallback<ByteBuffer> sink() {
        return (handle, piece) -> {
            byte[] copy = new byte[piece.remaining()];
            piece.get(copy);
            got.writeBytes(copy);
        };
    }

    private Read<Long> message() {
        return chunk(1).flatMap(head -> stream(head[0] - '0', sink()));
    }

    @ParameterizedTest
    @EnumSource(Link.class)
    void aBodyLargerThanTheBufferGoesToAFile(Link link, @TempDir Path folder) throws Exception {
        byte[] body = new byte[5 << 20];
        new Random(1).nextBytes(body);
        Path file = folder.resolve("body");
        HandleOptions.Builder small = events.options().maxReadBufferBytes(1000);
        try (Pair pair = Pair.open(link, small);
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            CompletableFuture<Long> count = pair.handle.read(stream(body.length, channel));
            CompletableFuture<String> next = pair.handle.read(line());
            pair.peer.send(body);
            pair.peer.send("next\n");
            assertEquals(body.length, Pair.await(count));
            assertEquals("next", Pair.await(next));
            assertArrayEquals(body, Files.readAllBytes(file));
        }
    }

    @Test
    void aStreamOfNothingIsThereAtOnce() throws Exception {
        try (Pair pair = Pair.open(Link.PIPES, events.options())) {
            pair.onLoop(h -> h.pushRead(stream(0, sink()), events.value()));
            events.expect("0");
        }
    }

    @Test
    void aLengthAndThenTheBodyAreOneRead() throws Exception {
        try (Pair pair = Pair.open(Link.PIPES, events.options())) {
            pair.onLoop(h -> h.onEach(message().map(n -> n + " bytes").named("message"), events.value()));
            for (String piece : new String[] {"3", "a", "bc2d", "e0", "1f"}) {
                pair.peer.send(piece);
                pair.settle();
            }
            events.expect("3 bytes", "2 bytes", "0 bytes", "1 bytes");
            assertEquals("abcdef", got.toString(StandardCharsets.ISO_8859_1));
            pair.peer.end();
            events.expect("eof");
        }
    }

    @Test
    void aFutureThatIsCancelledByItsLastPieceDoesNotGiveTheBodyBack() throws Exception {
        try (Pair pair = Pair.open(Link.PIPES, events.options())) {
            AtomicReference<CompletableFuture<Long>> body = new AtomicReference<>();
            pair.onLoop(h -> {
                body.set(h.read(chunk(1).flatMap(head -> stream(2, (handle, piece) -> {
                    sink().accept(handle, piece);
                    body.get().cancel(false);
                }))));
                h.pushRead(line(), events.value());
            });
            pair.peer.send("2abcd\n");
            events.expect("cd");
            assertTrue(body.get().isCancelled());
            assertEquals("ab", got.toString(StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void theEndOfTheStreamWithinABodyIsUnexpected() throws Exception {
        for (boolean each : new boolean[] {false, true}) {
            try (Pair pair = Pair.open(Link.PIPES, events.options())) {
                pair.onLoop(h -> {
                    if (each) {
                        h.onEach(message(), events.value());
                    } else {
                        h.pushRead(message(), events.value());
                    }
                });
                pair.peer.send("3ab");
                pair.peer.end();
                events.expect("UNEXPECTED_END!");
            }
        }
    }

    @Test
    void aReadThatIsPushedWithinABodyOfOnEachWaitsForItsEnd() throws Exception {
        try (Pair pair = Pair.open(Link.PIPES, events.options())) {
            pair.onLoop(h -> h.onEach(
                    chunk(1).flatMap(head -> stream(head[0] - '0', (handle, piece) -> {
                        if (got.size() == 0) {
                            handle.pushRead(chunk(2), events.value());
                        }
                        sink().accept(handle, piece);
                    })),
                    events.value()));
            pair.peer.send("3a");
            pair.settle();
            pair.peer.send("bcXY");
            events.expect("3", "XY");
            assertEquals("abc", got.toString(StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void aReadThatIsPutBeforeABodyTakesFromItsMiddleAndTheBodyGoesOn() throws Exception {
        try (Pair pair = Pair.open(Link.PIPES, events.options())) {
            pair.onLoop(h -> h.pushRead(stream(4, sink()), events.value()));
            pair.peer.send("ab");
            while (pair.handle.stats().bytesRead() < 2) {
                pair.settle();
            }
            pair.onLoop(h -> h.unshiftRead(chunk(1), events.value()));
            pair.peer.send("Xcd");
            events.expect("X", "4");
            assertEquals("abcd", got.toString(StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void stopReadInTheSinkHoldsTheNextPieceBack() throws Exception {
        byte[] body = new byte[4 << 20];
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.onLoop(h -> h.pushRead(
                    stream(body.length, (handle, piece) -> {
                        sink().accept(handle, piece);
                        handle.stopRead();
                    }),
                    events.value()));
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    pair.peer.send(body);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            while (got.size() == 0) {
                pair.settle();
            }
            pair.settle();
            int first = got.size();
            pair.settle();
            assertEquals(first, got.size());
            assertTrue(first <= 128 << 10, "no more than a piece: " + first);
            while (got.size() < body.length) {
                pair.onLoop(h -> h.startRead());
            }
            pair.onLoop(h -> h.startRead());
            events.expect(String.valueOf(body.length));
            Pair.await(sent);
        }
    }

    @Test
    void oneHandleIsFedFromAnotherThatWaitsForIt() throws Exception {
        HandleOptions.Builder small = events.options().highWaterBytes(1 << 16).maxWriteBufferBytes(1 << 19);
        try (Haft haft = Pair.haft();
                Pair from = Link.TCP.connect(haft, events.options().build());
                Pair to = Link.TCP.connect(haft, small.build())) {
            byte[] body = new byte[8 << 20];
            new Random(7).nextBytes(body);
            Handle out = to.handle;
            CompletableFuture<Long> forwarded = from.handle.read(stream(body.length, (in, piece) -> {
                out.pushWrite(piece);
                if (!out.isWritable()) {
                    in.stopRead();
                }
            }));
            out.onDrain(drained -> from.handle.startRead());
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    from.peer.send(body);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            byte[] received = to.peer.receive(body.length).getBytes(StandardCharsets.ISO_8859_1);
            assertArrayEquals(body, received);
            Pair.await(sent);
            assertEquals(body.length, Pair.await(forwarded));
            events.expectNoMore();
        }
    }

    @Test
    void aDecoderThatStreamsBeyondItsBytesIsTold() throws Exception {
        Read<String> wild = Read.of(() -> new Decoder<>() {
            @Override
            public @Nullable String decode(ByteBuffer in) {
                if (!in.hasRemaining()) {
                    return null;
                }
                in.clear().position(in.capacity());
                return "never";
            }

            @Override
            public boolean isStreaming() {
                return true;
            }
        });
        try (Pair pair = Pair.open(Link.PIPES, events.options())) {
            pair.onLoop(h -> h.pushRead(wild.named("wild"), events.value()));
            pair.peer.send("ab");
            events.expect("CALLBACK_FAILED!");
            String message = events.lastError().getMessage();
            assertTrue(message.contains("wild moved out of its buffer"), message);
        }
    }

    @Test
    void anExceptionOfTheSinkIsFatalAndIsTheCause() throws Exception {
        IOException full = new IOException("no space");
        try (Pair pair = Pair.open(Link.PIPES, events.options())) {
            pair.onLoop(h -> h.pushRead(
                    stream(4, (handle, piece) -> {
                        throw full;
                    }),
                    events.value()));
            pair.peer.send("ab");
            events.expect("CALLBACK_FAILED!");
            assertEquals(full, events.lastError().getCause().getCause());
        }
    }

    @Test
    void aChannelThatTakesNothingIsAnError() throws Exception {
        WritableByteChannel stuck = new WritableByteChannel() {
            @Override
            public int write(ByteBuffer bytes) {
                return 0;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
        try (Pair pair = Pair.open(Link.PIPES, events.options())) {
            pair.onLoop(h -> h.pushRead(stream(4, stuck), events.value()));
            pair.peer.send("ab");
            events.expect("CALLBACK_FAILED!");
        }
    }

    @Test
    void theSinkMayEndTheHandle() throws Exception {
        try (Pair pair = Pair.open(Link.PIPES, events.options())) {
            pair.onLoop(h -> h.pushRead(
                    stream(4, (handle, piece) -> {
                        events.add("piece");
                        handle.destroy();
                    }),
                    events.value()));
            pair.peer.send("ab");
            events.expect("piece");
            Pair.await(pair.handle.closed());
            events.expectNoMore();
        }
    }

    @Test
    void aBodyOverItsLimitIsRefusedBeforeItsFirstByte() throws Exception {
        Read<Long> read =
                packed(LengthPrefix.U8).flatMap(h -> stream(h.length, sink()).limit(2));
        try (Pair pair = Pair.open(Link.PIPES, events.options())) {
            pair.onLoop(h -> h.pushRead(read, events.value()));
            pair.peer.send("\3abcdef");
            events.expect("TOO_LONG");
            assertEquals(0, got.size());
            pair.onLoop(h -> h.pushRead(chunk(7), events.value()).startRead());
            events.expect("\3abcdef");
        }
    }

    @Test
    void aLimitAroundABodyCountsAllThatWasTaken() throws Exception {
        try (Pair pair = Pair.open(Link.PIPES, events.options())) {
            pair.onLoop(h -> h.pushRead(message().limit(4), events.value())
                    .pushRead(message().limit(4), events.value()));
            for (String piece : new String[] {"3", "a", "bc", "4", "de", "f", "g"}) {
                pair.peer.send(piece);
                pair.settle();
            }
            events.expect("3", "TOO_LONG");
            assertEquals("abcdef", got.toString(StandardCharsets.ISO_8859_1));
            pair.onLoop(h -> h.pushRead(chunk(1), events.value()).startRead());
            events.expect("g");
        }
    }

    @Test
    void aBodyCannotBeTheFirstOfTwo() throws Exception {
        try (Pair pair = Pair.open(Link.PIPES, events.options())) {
            pair.onLoop(h -> h.pushRead(stream(1, sink()).flatMap(n -> chunk(1)), events.value()));
            events.expect("CALLBACK_FAILED!");
            assertEquals(0, got.size());
        }
        assertThrows(IllegalArgumentException.class, () -> stream(-1, sink()));
    }
}
