package dev.haft.engine;

import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.BadMessageException;
import dev.haft.Decoder;
import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.HandleOptions;
import dev.haft.Read;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the end of the stream is: clean, or within something. Parity cb.on_eof, cb.eof_pending. */
class EndOfStreamTest {
    private final Events events = new Events();

    @ParameterizedTest
    @EnumSource
    void aCleanEndIsToldOnce(Link link) throws Exception {
        try (Pair pair = Pair.open(link, events.options())) {
            pair.handle.onEach(line(), events.value());
            pair.peer.send("a\n");
            pair.peer.end();
            events.expect("a", "eof");
            pair.handle.startRead().onEach(line(), events.value());
            pair.settle();
            events.expectNoMore();
            assertFalse(pair.handle.isDestroyed());
            pair.handle.pushWrite("bye");
            assertEquals("bye", pair.peer.receive(3));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theEndIsFatalWithoutOnEof(Link link) throws Exception {
        try (Pair pair = Pair.open(link, events.options().onEof(null))) {
            pair.handle.onEach(line(), events.value());
            pair.peer.end();
            events.expect("END_OF_STREAM!");
            assertEquals("Unexpected end-of-file", events.lastError().getMessage());
            Pair.await(pair.handle.closed());
            assertTrue(pair.handle.isDestroyed());
        }
    }

    @Test
    void nobodyHearsOfTheEndWhoDoesNotRead() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.peer.end();
            pair.settle();
            events.expectNoMore();
            pair.handle.onRead(events.on("read"));
            events.expect("eof");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReadThatStillWaitsIsAnUnexpectedEnd(Link link) throws Exception {
        try (Pair pair = Pair.open(link, events.options())) {
            pair.handle.pushRead(line(), events.value()).pushRead(line(), events.value());
            pair.peer.send("a\nb");
            pair.peer.end();
            events.expect("a", "UNEXPECTED_END!");
            assertEquals(
                    "the stream ended while line was waiting for more",
                    events.lastError().getMessage());
        }
    }

    @Test
    void aReadThatWaitsForItsFirstByteIsAnUnexpectedEndToo() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.pushRead(chunk(1), events.value());
            pair.peer.end();
            events.expect("UNEXPECTED_END!");
        }
    }

    @Test
    void anEndWithinAMessageOfOnEachIsUnexpected() throws Exception {
        // r.loop
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.onEach(line(), events.value());
            pair.peer.send("a\nb");
            pair.peer.end();
            events.expect("a", "UNEXPECTED_END!");
        }
    }

    @Test
    void bytesThatOnReadLeavesAreAnUnexpectedEndAndCanStillBeRead() throws Exception {
        HandleOptions.Builder options = events.options().onError((h, error) -> {
            events.note(error);
            byte[] rest = new byte[h.readBuffer().remaining()];
            h.readBuffer().get(rest);
            events.add(Events.text(rest));
        });
        try (Pair pair = Pair.open(Link.TCP, options)) {
            pair.handle.onRead(h -> {});
            pair.peer.send("left");
            pair.peer.end();
            events.expect("UNEXPECTED_END!", "left");
        }
    }

    @Test
    void bytesThatNobodyWantsDoNotMakeTheEndUnexpected() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.pushRead(chunk(1), (h, value) -> {
                events.add(Events.text(value));
                // Reading goes on only as long as somebody wants to.
                h.pushRead(chunk(1), events.value());
            });
            pair.peer.send("abc");
            events.expect("a", "b");
            pair.peer.end();
            pair.settle();
            events.expectNoMore();
        }
    }

    @Test
    void aReadPushedInOnEofIsAnUnexpectedEnd() throws Exception {
        HandleOptions.Builder options = events.options().onEof(h -> {
            events.add("eof");
            h.pushRead(line(), events.value());
            events.add("pushed");
        });
        try (Pair pair = Pair.open(Link.TCP, options)) {
            pair.handle.onRead(h -> {});
            pair.peer.end();
            events.expect("eof", "pushed", "UNEXPECTED_END!");
        }
    }

    @Test
    void aReadPushedAfterOnEofIsAnUnexpectedEnd() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.onRead(h -> {});
            pair.peer.end();
            events.expect("eof");
            CompletableFuture<String> future = pair.handle.read(line());
            HandleException error = (HandleException) Pair.failure(future);
            assertEquals(ErrorCode.UNEXPECTED_END, error.code());
            events.expect("UNEXPECTED_END!");
        }
    }

    @Test
    void closingInOnEofIsTheEndOfTheHandle() throws Exception {
        HandleOptions.Builder options = events.options().onEof(h -> {
            h.pushWrite("bye");
            h.close();
        });
        try (Pair pair = Pair.open(Link.TCP, options)) {
            pair.handle.onRead(h -> {});
            pair.peer.end();
            assertEquals("bye", pair.peer.receiveText());
            Pair.await(pair.handle.closed());
            events.expectNoMore();
        }
    }

    @Test
    void stopReadHoldsTheEndBack() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.onEach(line(), (h, text) -> {
                events.add(text);
                h.stopRead();
            });
            pair.peer.send("a\n");
            pair.peer.end();
            events.expect("a");
            pair.settle();
            events.expectNoMore();
            pair.handle.startRead();
            events.expect("eof");
        }
    }

    /** Words with commas between them; at the end of the stream a comma may be missing, and spaces do not count. */
    private static Read<String> word() {
        return Read.of(() -> new Decoder<>() {
            @Override
            public @Nullable String decode(ByteBuffer in) {
                for (int i = in.position(); i < in.limit(); i++) {
                    if (in.get(i) == ',') {
                        return take(in, i - in.position(), 1);
                    }
                }
                return null;
            }

            @Override
            public @Nullable String atEnd(ByteBuffer in) throws BadMessageException {
                int length = in.remaining();
                if (length > 0 && in.get(in.position()) == '!') {
                    throw new BadMessageException("no word");
                }
                if (length > 0 && in.get(in.position()) == ' ') {
                    in.position(in.limit());
                    return null;
                }
                return length == 0 ? null : take(in, length, 0);
            }

            private String take(ByteBuffer in, int length, int marker) {
                byte[] word = new byte[length];
                in.get(word).position(in.position() + marker);
                return Events.text(word);
            }
        });
    }

    @Test
    void theEndIsTheLastChanceOfADecoder() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.onEach(word(), events.value());
            pair.peer.send("a,b");
            pair.peer.end();
            events.expect("a", "b", "eof");
        }
    }

    @Test
    void whatADecoderPassesAtTheEndMayBeIgnored() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.onEach(word(), events.value());
            pair.peer.send("a,  ");
            pair.peer.end();
            events.expect("a", "eof");
        }
    }

    @Test
    void aPushedReadThatOnlyIgnoresTheRestIsStillUnsatisfied() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.pushRead(word(), events.value());
            pair.peer.send("  ");
            pair.peer.end();
            events.expect("UNEXPECTED_END!");
        }
    }

    @Test
    void aDecoderMayFindTheRestBad() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.pushRead(word(), events.value());
            pair.peer.send("!");
            pair.peer.end();
            events.expect("BAD_MESSAGE");
            pair.handle.unshiftRead(chunk(1), events.value()).onRead(h -> {});
            events.expect("!", "eof");
        }
    }

    @Test
    void aResetIsAnErrorOfItsOwn() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.pushRead(line(), events.value());
            pair.settle();
            pair.peer.reset();
            events.expect("CONNECTION_RESET!");
        }
    }
}
