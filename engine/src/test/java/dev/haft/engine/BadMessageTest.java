package dev.haft.engine;

import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static dev.haft.Reads.netstring;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.haft.BadMessageException;
import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.HandleOptions;
import dev.haft.Read;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After BAD_MESSAGE and TOO_LONG the bytes are untouched and the read side stands, until the program says how to go on. */
class BadMessageTest {
    private final Events events = new Events();

    @ParameterizedTest
    @EnumSource
    void aBadMessageIsToldOnceAndNothingMoreIsServed(Link link) throws Exception {
        try (Pair pair = Pair.open(link, events.options())) {
            pair.handle.pushRead(netstring(), events.value()).pushRead(line(), events.value());
            pair.settle();
            pair.peer.send("bad\n");
            events.expect("BAD_MESSAGE");
            pair.peer.send("more\n");
            pair.settle();
            events.expectNoMore();
            assertFalse(pair.handle.isDestroyed());
            assertEquals(1, pair.handle.stats().queuedReads());
        }
    }

    @Test
    void startReadGoesOnWithWhatIsQueued() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.pushRead(netstring(), events.value()).pushRead(line(), events.value());
            pair.settle();
            pair.peer.send("bad\n");
            events.expect("BAD_MESSAGE");
            pair.handle.startRead();
            events.expect("bad");
        }
    }

    @Test
    void anUnshiftedReadSkipsTheBadMessage() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.pushRead(netstring(), events.value()).pushRead(netstring(), events.value());
            pair.settle();
            pair.peer.send("bad\n3:abc,");
            events.expect("BAD_MESSAGE");
            pair.handle.unshiftRead(line(), events.value());
            events.expect("bad", "abc");
        }
    }

    @Test
    void anUnshiftMadeInOnErrorGoesOnAtOnce() throws Exception {
        HandleOptions.Builder options = events.options().onError((h, error) -> {
            events.note(error);
            h.unshiftRead(line(), events.value());
            events.add("unshifted");
        });
        try (Pair pair = Pair.open(Link.TCP, options)) {
            pair.handle.pushRead(netstring(), events.value()).pushRead(netstring(), events.value());
            pair.settle();
            pair.peer.send("bad\n3:abc,");
            events.expect("BAD_MESSAGE", "unshifted", "bad", "abc");
        }
    }

    @Test
    void aPushMadeInOnErrorGoesOn() throws Exception {
        HandleOptions.Builder options = events.options().onError((h, error) -> {
            events.note(error);
            h.pushRead(chunk(1), events.value());
        });
        try (Pair pair = Pair.open(Link.TCP, options)) {
            pair.handle.pushRead(netstring(), events.value()).pushRead(line(), events.value());
            pair.settle();
            pair.peer.send("bad\nx");
            events.expect("BAD_MESSAGE", "bad", "x");
        }
    }

    @Test
    void aPushMadeElsewhereOnlyQueues() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.pushRead(netstring(), events.value());
            pair.settle();
            pair.peer.send("bad\n");
            events.expect("BAD_MESSAGE");
            pair.handle.pushRead(line(), events.value());
            CompletableFuture<byte[]> future = pair.handle.read(chunk(1));
            pair.onLoop(h -> h.pushRead(chunk(1), events.value()));
            pair.settle();
            events.expectNoMore();
            assertEquals(3, pair.handle.stats().queuedReads());
            pair.peer.send("xy");
            pair.handle.startRead();
            events.expect("bad", "y");
            assertEquals("x", Events.text(Pair.await(future)));
        }
    }

    @Test
    void nothingIsTakenFromTheSocketWhileTheReadSideStands() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.onEach(netstring(), events.value());
            pair.settle();
            pair.peer.send("bad");
            events.expect("BAD_MESSAGE");
            pair.settle();
            long before = pair.handle.stats().bytesRead();
            pair.peer.sendUntilFull();
            pair.settle();
            assertEquals(before, pair.handle.stats().bytesRead());
        }
    }

    @Test
    void aLineThatIsTooLongStaysWhereItIs() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.pushRead(line().limit(3), events.value());
            pair.settle();
            pair.peer.send("abcdef\n");
            events.expect("TOO_LONG");
            assertEquals("line is longer than 3 bytes", events.lastError().getMessage());
            pair.handle.unshiftRead(line(), events.value());
            events.expect("abcdef");
        }
    }

    @Test
    void aReadOfOnEachThatFailedIsNotAskedAgainOnTheSameBytes() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.onEach(netstring(), events.value());
            pair.settle();
            pair.peer.send("1:a,bad\n1:b,");
            events.expect("a", "BAD_MESSAGE");
            pair.handle.startRead();
            pair.peer.send("2:cc,");
            pair.settle();
            events.expectNoMore();
            pair.handle.unshiftRead(line(), events.value());
            events.expect("bad", "b", "cc");
        }
    }

    @Test
    void theEndOfTheStreamBehindAFailedMessageOfOnEachIsUnexpected() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.onEach(netstring(), events.value());
            pair.settle();
            pair.peer.send("bad\n");
            pair.peer.end();
            events.expect("BAD_MESSAGE");
            pair.settle();
            events.expectNoMore();
            pair.handle.startRead();
            events.expect("UNEXPECTED_END!");
        }
    }

    @Test
    void bytesConsumedInOnErrorCount() throws Exception {
        HandleOptions.Builder options = events.options().onError((h, error) -> {
            events.note(error);
            h.readBuffer().position(h.readBuffer().position() + 4);
            h.startRead();
        });
        try (Pair pair = Pair.open(Link.TCP, options)) {
            pair.handle.onEach(netstring(), events.value());
            pair.settle();
            pair.peer.send("bad\n1:a,");
            events.expect("BAD_MESSAGE", "a");
        }
    }

    /** Digits; any other byte is skipped by the decoder itself. */
    private static Read<Integer> digit() {
        return Read.of(() -> in -> {
            if (!in.hasRemaining()) {
                return null;
            }
            int octet = in.get();
            if (octet < '0' || octet > '9') {
                throw new BadMessageException("no digit: " + (char) octet).skipping(1);
            }
            return octet - '0';
        });
    }

    @Test
    void aDecoderThatSkipsStaysAndGoesOn() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.onEach(digit(), events.value());
            pair.settle();
            pair.peer.send("1x2");
            events.expect("1", "BAD_MESSAGE", "2");
            pair.handle.pushRead(digit(), (h, value) -> events.add("pushed " + value));
            pair.settle();
            pair.peer.send("yz3");
            events.expect("BAD_MESSAGE", "BAD_MESSAGE", "pushed 3");
        }
    }

    @Test
    void noMoreIsSkippedThanIsThere() throws Exception {
        Read<byte[]> greedy = Read.of(() -> in -> {
            if (!in.hasRemaining()) {
                return null;
            }
            if (in.get(in.position()) == 'x') {
                throw new BadMessageException("x").skipping(1000);
            }
            byte[] one = new byte[1];
            in.get(one);
            return one;
        });
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.onEach(greedy, events.value());
            pair.settle();
            pair.peer.send("x");
            events.expect("BAD_MESSAGE");
            pair.peer.send("a");
            events.expect("a");
        }
    }

    @Test
    void aFutureGetsItsOwnErrorAlone() throws Exception {
        // r.future
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            CompletableFuture<byte[]> bad = pair.handle.read(netstring());
            CompletableFuture<String> next = pair.handle.read(line());
            pair.settle();
            pair.peer.send("bad\n");
            HandleException error = (HandleException) Pair.failure(bad);
            assertEquals(ErrorCode.BAD_MESSAGE, error.code());
            assertFalse(error.fatal());
            pair.settle();
            events.expectNoMore();
            assertFalse(next.isDone());
            pair.handle.startRead();
            assertEquals("bad", Pair.await(next));
        }
    }

    @Test
    void aTypeThatIsNotThereIsAnErrorOfItsOwn() throws Exception {
        // r.custom
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            Read<Object> missing = pair.haft.types().read("no-such-type");
            pair.handle.pushRead(missing, events.value());
            pair.settle();
            events.expectNoMore();
            pair.settle();
            pair.peer.send("x\n");
            events.expect("TYPE_UNAVAILABLE");
            pair.handle.pushRead(pair.haft.types().read("line"), events.value()).startRead();
            events.expect("x");
            pair.handle.pushRead(pair.haft.types().read("chunk", "no"), events.value());
            pair.peer.send("y");
            events.expect("BAD_MESSAGE");
        }
    }

    /** One that fails, is passed, and then takes nothing is not asked for ever. */
    @Test
    void aReadOfOnEachThatHasFailedOnceMayTakeNothingLater() throws Exception {
        Read<String> read = Read.of(() -> in -> {
            if (in.get(in.position()) == 'b') {
                throw new BadMessageException("no");
            }
            return "nothing taken";
        });
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.onEach(read, events.value());
            pair.settle();
            pair.peer.send("bz");
            events.expect("BAD_MESSAGE");
            pair.handle.unshiftRead(chunk(1), events.value());
            events.expect("b", "nothing taken");
            pair.settle();
            events.expectNoMore();
            pair.peer.send("y");
            events.expect("nothing taken");
            pair.settle();
            events.expectNoMore();
        }
    }
}
