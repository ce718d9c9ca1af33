package dev.haft.engine;

import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.Read;
import dev.haft.testkit.ManualClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A read's own time, by a clock that the test moves. Parity r.deadline. */
class DeadlineTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration NEARLY = Duration.ofMillis(999);
    private static final Duration MILLI = Duration.ofMillis(1);

    private final Events events = new Events();
    private final ManualClock clock = new ManualClock();

    private Pair open() throws Exception {
        Pair pair = Pair.open(Link.PIPES, events.options(), clock);
        pair.settle();
        return pair;
    }

    private void advance(Pair pair, Duration by) {
        clock.advance(by);
        pair.settle();
    }

    /** Until all of it has been read, and what follows from that has been done. */
    private static void send(Pair pair, String text) throws Exception {
        long before = pair.handle.stats().bytesRead();
        pair.peer.send(text);
        while (pair.handle.stats().bytesRead() < before + text.length()) {
            pair.settle();
        }
        pair.settle();
    }

    @Test
    void aReadWhoseTimeIsOverLeavesItsBytesAndTheReadSideStands() throws Exception {
        try (Pair pair = open()) {
            pair.onLoop(h -> h.pushRead(line().within(SECOND), events.value()).pushRead(chunk(2), events.value()));
            send(pair, "abc");
            advance(pair, NEARLY);
            events.expectNoMore();
            advance(pair, MILLI);
            events.expect("TIMED_OUT");
            assertEquals(
                    "line.within(PT1S) was not there in time",
                    events.lastError().getMessage());
            assertFalse(pair.handle.isDestroyed());
            pair.peer.send("d");
            pair.settle();
            events.expectNoMore();
            pair.onLoop(h -> h.startRead());
            events.expect("ab");
        }
    }

    @Test
    void aReadThatIsThereInTimeIsNotDisturbed() throws Exception {
        try (Pair pair = open()) {
            pair.onLoop(h -> h.pushRead(line().within(SECOND), events.value()).pushRead(line(), events.value()));
            advance(pair, NEARLY);
            send(pair, "a\n");
            events.expect("a");
            advance(pair, SECOND.multipliedBy(9));
            events.expectNoMore();
            send(pair, "b\n");
            events.expect("b");
        }
    }

    @Test
    void theTimeCountsFromWhenTheReadIsFirst() throws Exception {
        try (Pair pair = open()) {
            pair.onLoop(h -> h.pushRead(line(), events.value()).pushRead(line().within(SECOND), events.value()));
            advance(pair, SECOND.multipliedBy(5));
            events.expectNoMore();
            send(pair, "a\n");
            events.expect("a");
            advance(pair, NEARLY);
            events.expectNoMore();
            advance(pair, MILLI);
            events.expect("TIMED_OUT");
        }
    }

    @Test
    void theTimeRunsOnWhileAnotherReadIsPutBeforeIt() throws Exception {
        try (Pair pair = open()) {
            pair.onLoop(h -> h.pushRead(line().within(SECOND), events.value()));
            advance(pair, NEARLY);
            pair.onLoop(h -> h.unshiftRead(chunk(2), events.value()));
            send(pair, "a");
            advance(pair, MILLI);
            events.expect("TIMED_OUT");
            pair.onLoop(h -> h.startRead());
            send(pair, "b");
            events.expect("ab");
        }
    }

    @Test
    void aReadOfOnEachHasItsTimeFromItsFirstByte() throws Exception {
        try (Pair pair = open()) {
            pair.onLoop(h -> h.onEach(line().within(SECOND), events.value()));
            advance(pair, SECOND.multipliedBy(5));
            send(pair, "a\nb");
            events.expect("a");
            advance(pair, NEARLY);
            events.expectNoMore();
            advance(pair, MILLI);
            events.expect("TIMED_OUT");
            pair.onLoop(h -> h.startRead());
            send(pair, "c\n");
            events.expect("bc");
            advance(pair, SECOND);
            events.expectNoMore();
        }
    }

    @Test
    void aFutureHearsOfItAlone() throws Exception {
        try (Pair pair = open()) {
            CompletableFuture<String> future = pair.handle.read(line().within(SECOND));
            pair.onLoop(h -> {});
            advance(pair, SECOND);
            HandleException error = (HandleException) Pair.failure(future);
            assertEquals(ErrorCode.TIMED_OUT, error.code());
            assertFalse(error.fatal());
            events.expectNoMore();
        }
    }

    @Test
    void onErrorMayGoOnAtOnce() throws Exception {
        try (Pair pair = open()) {
            pair.onLoop(h -> h.onError((handle, error) -> {
                        events.note(error);
                        handle.unshiftRead(chunk(1), events.value());
                    })
                    .pushRead(line().within(SECOND), events.value())
                    .pushRead(chunk(1), events.value()));
            send(pair, "xy");
            advance(pair, SECOND);
            events.expect("TIMED_OUT", "x", "y");
        }
    }

    @Test
    void eachPartOfTwoHasItsOwnTime() throws Exception {
        Read<byte[]> read =
                chunk(1).within(SECOND).flatMap(head -> chunk(head[0] - '0').within(SECOND.multipliedBy(3)));
        try (Pair pair = open()) {
            pair.onLoop(h -> h.pushRead(read, events.value()).pushRead(read, events.value()));
            advance(pair, NEARLY);
            send(pair, "2a");
            advance(pair, SECOND.multipliedBy(2));
            events.expectNoMore();
            send(pair, "b2a");
            events.expect("ab");
            advance(pair, SECOND.multipliedBy(3));
            events.expect("TIMED_OUT");
            pair.onLoop(h -> h.pushRead(chunk(2), events.value()).startRead());
            events.expect("2a");
        }
    }

    @Test
    void aDroppedOrCancelledReadHasNoTimeAnyMore() throws Exception {
        try (Pair pair = open()) {
            CompletableFuture<String> future = pair.handle.read(line().within(SECOND));
            pair.onLoop(h -> future.cancel(false));
            pair.onLoop(h -> h.pushRead(line().within(SECOND), events.value()).clearReads());
            pair.onLoop(h -> h.onEach(line().within(SECOND), events.value()));
            send(pair, "x");
            pair.onLoop(h -> h.onRead(null));
            advance(pair, SECOND);
            pair.onLoop(h -> h.pushRead(line().within(SECOND), events.value()));
            pair.onLoop(h -> h.destroy());
            advance(pair, SECOND);
            events.expectNoMore();
        }
    }

    @Test
    void onlyTimesOverZeroAreTaken() {
        assertThrows(IllegalArgumentException.class, () -> line().within(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> line().within(Duration.ofNanos(-1)));
        assertThrows(NullPointerException.class, () -> line().within(null));
    }
}
