package dev.haft.engine;

import static dev.haft.Reads.chunk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.haft.HandleOptions;
import dev.haft.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Inactivity timeouts, by a clock that the test moves. Parity opt.timeout, opt.timeout_idle. */
class TimeoutTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration NEARLY = Duration.ofMillis(999);
    private static final Duration MILLI = Duration.ofMillis(1);

    private final Events events = new Events();
    private final ManualClock clock = new ManualClock();

    private Pair open(HandleOptions.Builder options) throws Exception {
        Pair pair = Pair.open(Link.TCP, options, clock);
        pair.onLoop(h -> {});
        while (pair.handle.remoteAddress() == null) {
            pair.settle();
        }
        pair.settle();
        return pair;
    }

    private void advance(Pair pair, Duration by) {
        clock.advance(by);
        pair.settle();
    }

    @Test
    void withoutACallbackATimeoutIsAnErrorThatIsNotFatalAndComesAgain() throws Exception {
        try (Pair pair = open(events.options().timeout(SECOND))) {
            advance(pair, NEARLY);
            events.expectNoMore();
            advance(pair, MILLI);
            events.expect("TIMED_OUT");
            assertEquals(
                    "nothing was read or written for PT1S", events.lastError().getMessage());
            assertFalse(pair.handle.isDestroyed());
            advance(pair, NEARLY);
            events.expectNoMore();
            advance(pair, MILLI);
            events.expect("TIMED_OUT");
        }
    }

    @Test
    void eachTimeoutHasItsCallback() throws Exception {
        HandleOptions.Builder options = events.options()
                .timeout(SECOND.multipliedBy(3))
                .onTimeout(events.on("both"))
                .readTimeout(SECOND)
                .onReadTimeout(events.on("read"))
                .writeTimeout(SECOND.multipliedBy(2))
                .onWriteTimeout(events.on("write"));
        try (Pair pair = open(options)) {
            advance(pair, SECOND);
            events.expect("read");
            advance(pair, NEARLY);
            events.expectNoMore();
            pair.handle.onReadTimeout(null).readTimeout(Duration.ZERO);
            advance(pair, MILLI);
            events.expect("write");
            advance(pair, SECOND);
            events.expect("both");
            events.expectNoMore();
        }
    }

    @Test
    void readingCountsForTheReadTimeoutAndWritingForTheWriteTimeout() throws Exception {
        HandleOptions.Builder options = events.options()
                .readTimeout(SECOND)
                .onReadTimeout(events.on("read"))
                .writeTimeout(SECOND)
                .onWriteTimeout(events.on("write"));
        try (Pair pair = open(options)) {
            pair.handle.onEach(chunk(1), events.value());
            advance(pair, NEARLY);
            pair.peer.send("x");
            events.expect("x");
            advance(pair, MILLI);
            events.expect("write");
            events.expectNoMore();
            pair.handle.pushWrite("y");
            assertEquals("y", pair.peer.receive(1));
            advance(pair, NEARLY.minus(MILLI));
            events.expectNoMore();
            advance(pair, MILLI);
            events.expect("read");
            events.expectNoMore();
        }
    }

    @Test
    void eitherCountsForTheTimeoutOfBoth() throws Exception {
        try (Pair pair = open(events.options().timeout(SECOND).onTimeout(events.on("both")))) {
            pair.handle.onEach(chunk(1), events.value());
            advance(pair, NEARLY);
            pair.peer.send("x");
            events.expect("x");
            advance(pair, NEARLY);
            pair.handle.pushWrite("y");
            assertEquals("y", pair.peer.receive(1));
            pair.settle();
            advance(pair, NEARLY);
            events.expectNoMore();
            advance(pair, MILLI);
            events.expect("both");
        }
    }

    @Test
    void aResetCountsFromNow() throws Exception {
        HandleOptions.Builder options = events.options()
                .timeout(SECOND)
                .onTimeout(events.on("both"))
                .readTimeout(SECOND)
                .onReadTimeout(events.on("read"))
                .writeTimeout(SECOND)
                .onWriteTimeout(events.on("write"));
        try (Pair pair = open(options)) {
            advance(pair, NEARLY);
            pair.handle.timeoutReset().readTimeoutReset().writeTimeoutReset();
            pair.settle();
            advance(pair, NEARLY);
            events.expectNoMore();
            pair.handle.readTimeoutReset().writeTimeoutReset();
            pair.settle();
            advance(pair, MILLI);
            events.expect("both");
            events.expectNoMore();
        }
    }

    @Test
    void aShorterTimeoutSetLaterFiresAtOnceIfItIsOver() throws Exception {
        try (Pair pair = open(events.options().onTimeout(events.on("both")))) {
            advance(pair, SECOND.multipliedBy(2));
            events.expectNoMore();
            pair.handle.timeout(SECOND.multipliedBy(3));
            pair.settle();
            events.expectNoMore();
            pair.handle.timeout(SECOND);
            events.expect("both");
            pair.settle();
            events.expectNoMore();
        }
    }

    @Test
    void aLongerTimeoutSetLaterCountsFromTheLastActivity() throws Exception {
        try (Pair pair = open(events.options().timeout(SECOND).onTimeout(events.on("both")))) {
            advance(pair, NEARLY);
            pair.handle.timeout(SECOND.multipliedBy(2));
            pair.settle();
            advance(pair, SECOND);
            events.expectNoMore();
            advance(pair, MILLI);
            events.expect("both");
        }
    }

    @Test
    void zeroIsOff() throws Exception {
        try (Pair pair = open(events.options().timeout(SECOND))) {
            pair.handle.timeout(Duration.ZERO);
            pair.settle();
            advance(pair, SECOND.multipliedBy(100));
            events.expectNoMore();
        }
    }

    @Test
    void theTimeMayBeChangedInTheCallback() throws Exception {
        HandleOptions.Builder options = events.options().timeout(SECOND).onTimeout(h -> {
            events.add("both");
            h.timeout(SECOND.multipliedBy(2));
        });
        try (Pair pair = open(options)) {
            advance(pair, SECOND);
            events.expect("both");
            advance(pair, SECOND);
            events.expectNoMore();
            advance(pair, SECOND);
            events.expect("both");
            pair.handle.onTimeout(h -> {
                events.add("off");
                h.timeout(Duration.ZERO);
            });
            pair.settle();
            advance(pair, SECOND.multipliedBy(2));
            events.expect("off");
            advance(pair, SECOND.multipliedBy(100));
            events.expectNoMore();
        }
    }

    @Test
    void theReadTimeoutRestsWhileTheHandleRests() throws Exception {
        // opt.backpressure
        HandleOptions.Builder options = events.options().highWaterBytes(1).onHighWater(events.on("high"));
        try (Pair pair = open(options.readTimeout(SECOND).onReadTimeout(events.on("read")))) {
            pair.handle.pushWrite(new byte[8 << 20]);
            events.expect("high");
            pair.settle();
            advance(pair, SECOND.multipliedBy(5));
            events.expectNoMore();
            pair.peer.receive(8 << 20);
            while (!pair.handle.isWritable()) {
                pair.settle();
            }
            advance(pair, SECOND);
            events.expect("read");
        }
    }

    @Test
    void aTimeoutDoesNotStopReading() throws Exception {
        try (Pair pair = open(events.options().timeout(SECOND))) {
            pair.handle.pushRead(chunk(1), events.value());
            pair.settle();
            advance(pair, SECOND);
            events.expect("TIMED_OUT");
            pair.peer.send("x");
            events.expect("x");
        }
    }

    @Test
    void aVeryLongTimeoutIsNoTimeout() throws Exception {
        try (Pair pair = open(events.options().timeout(Duration.ofSeconds(Long.MAX_VALUE)))) {
            advance(pair, Duration.ofDays(1000));
            events.expectNoMore();
        }
    }
}
