package dev.haft.engine;

import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static dev.haft.Reads.netstring;
import static dev.haft.Reads.peek;
import static dev.haft.Reads.view;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.HandleException;
import dev.haft.HandleOptions;
import dev.haft.Read;
import dev.haft.testkit.ManualClock;
import java.time.Duration;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values for a subscriber. Parity r.future; the rules of Reactive Streams are checked by {@link ReactiveStreamsTest}. */
class PublisherTest {
    private final Events events = new Events();

    /** Notes its signals, and asks for what it is told to. */
    private class Noting<T> implements Flow.Subscriber<T> {
        private final long first;
        private final long afterEach;
        private volatile Flow.Subscription subscription;

        Noting(long first, long afterEach) {
            this.first = first;
            this.afterEach = afterEach;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            if (first > 0) {
                given.request(first);
            }
        }

        @Override
        public void onNext(T value) {
            events.add(Events.text(value));
            if (afterEach > 0) {
                subscription.request(afterEach);
            }
        }

        @Override
        public void onError(Throwable error) {
            events.add(
                    error instanceof HandleException e
                            ? "onError " + e.code()
                            : "onError " + error.getClass().getSimpleName());
        }

        @Override
        public void onComplete() {
            events.add("complete");
        }
    }

    private static <T> Noting<T> subscribe(Pair pair, Read<T> read, Noting<T> subscriber) {
        pair.handle.publisher(read).subscribe(subscriber);
        pair.onLoopIfAlive(h -> {});
        return subscriber;
    }

    @ParameterizedTest
    @EnumSource(Link.class)
    void aStreamThatEndsBetweenTwoValuesIsComplete(Link link) throws Exception {
        try (Pair pair = Pair.open(link, HandleOptions.builder().onError(events.error()))) {
            subscribe(pair, line(), new Noting<>(1, 1));
            pair.peer.send("a\nb");
            pair.peer.send("\n");
            pair.peer.end();
            events.expect("a", "b", "complete");
            assertFalse(pair.handle.isDestroyed());
            pair.handle.pushWrite("still there");
            assertEquals("still there", pair.peer.receive(11));
        }
    }

    @Test
    void theEndIsAlsoToldToOnEof() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            subscribe(pair, line(), new Noting<>(5, 0));
            pair.peer.end();
            events.expect("complete", "eof");
        }
    }

    @Test
    void aStreamThatEndsWithinAValueIsAnError() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            subscribe(pair, line(), new Noting<>(5, 0));
            pair.peer.send("a\nb");
            pair.peer.end();
            events.expect("a", "UNEXPECTED_END!", "onError UNEXPECTED_END");
        }
    }

    @Test
    void nothingIsReadThatWasNotAskedFor() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            Noting<byte[]> slow = subscribe(pair, chunk(1 << 16), new Noting<>(0, 0));
            long sent = pair.peer.sendUntilFull();
            pair.settle();
            assertEquals(0, pair.handle.stats().bytesRead());
            slow.subscription.request(1);
            assertEquals(1 << 16, events.next().length());
            pair.settle();
            events.expectNoMore();
            assertTrue(pair.handle.stats().bytesRead() <= 3 << 16, "little more was read than was asked for");
            assertTrue(sent > 3 << 16, "there was more: " + sent);
        }
    }

    @Test
    void cancelLeavesTheBytesToTheNextRead() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            Noting<String> subscriber = subscribe(pair, line(), new Noting<>(2, 0));
            pair.onLoop(h -> h.pushRead(line(), events.value()));
            pair.peer.send("a\nb\nc\n");
            events.expect("a", "b");
            pair.settle();
            events.expectNoMore();
            subscriber.subscription.cancel();
            events.expect("c");
            subscriber.subscription.request(1);
            subscriber.subscription.cancel();
            pair.peer.send("d\n");
            assertEquals("d", Pair.await(pair.handle.read(line())));
            events.expectNoMore();
        }
    }

    @Test
    void cancelWithinOnNextIsAtOnce() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            subscribe(pair, line(), new Noting<>(9, 0) {
                @Override
                public void onNext(String value) {
                    super.onNext(value);
                    super.subscription.cancel();
                }
            });
            pair.onLoop(h -> h.pushRead(line(), (handle, text) -> events.add("next " + text)));
            pair.peer.send("a\nb\n");
            events.expect("a", "next b");
        }
    }

    @Test
    void itWaitsForReadsThatWereQueuedBefore() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.onLoop(h -> h.pushRead(chunk(2), events.value()));
            subscribe(pair, line(), new Noting<>(9, 0));
            pair.peer.send("xyz\n");
            events.expect("xy", "z");
        }
    }

    @Test
    void anErrorOfTheReadGoesToTheSubscriberAloneAndLeavesItsBytes() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            subscribe(pair, netstring(), new Noting<>(9, 0));
            pair.peer.send("1:a,x\n");
            events.expect("a", "onError BAD_MESSAGE");
            pair.onLoop(h -> h.pushRead(line(), events.value()).startRead());
            events.expect("x");
        }
    }

    @Test
    void aReadMayHaveATimeForEachValue() throws Exception {
        ManualClock clock = new ManualClock();
        try (Pair pair = Pair.open(Link.PIPES, events.options(), clock)) {
            subscribe(pair, line().within(Duration.ofSeconds(1)), new Noting<>(9, 0));
            pair.peer.send("a\n");
            events.expect("a");
            pair.settle();
            clock.advance(Duration.ofSeconds(1));
            events.expect("onError TIMED_OUT");
        }
    }

    @Test
    void destroyAndCloseAndClearReadsAreErrors() throws Exception {
        for (boolean clear : new boolean[] {false, true}) {
            try (Pair pair = Pair.open(Link.TCP, events.options())) {
                subscribe(pair, line(), new Noting<>(0, 0));
                pair.onLoop(h -> {
                    if (clear) {
                        h.clearReads();
                    } else {
                        h.destroy();
                    }
                });
                events.expect("onError DESTROYED");
            }
        }
    }

    @Test
    void aHandleThatHasEndedIsAnErrorAfterTheSubscription() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.destroy();
            subscribe(pair, line(), new Noting<>(1, 0));
            events.expect("onError DESTROYED");
        }
    }

    @Test
    void whatTakesNoBytesOrWouldOutliveItsCallbackIsRefused() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            subscribe(pair, peek(1), new Noting<>(Long.MAX_VALUE, 0));
            pair.peer.send("a\n");
            events.expect("a", "onError BAD_MESSAGE");
            subscribe(pair, view(1), new Noting<>(1, 0));
            events.expect("onError BAD_MESSAGE");
        }
    }

    @Test
    void aSecondSubscriberIsRefused() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            Flow.Publisher<String> publisher = pair.handle.publisher(line());
            publisher.subscribe(new Noting<>(1, 0));
            publisher.subscribe(new Noting<>(1, 0));
            events.expect("onError IllegalStateException");
            pair.peer.send("a\n");
            events.expect("a");
        }
    }

    @Test
    void aSubscriberThatThrowsFailsTheHandle() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            subscribe(pair, line(), new Noting<>(9, 0) {
                @Override
                public void onNext(String value) {
                    throw new IllegalStateException("not today");
                }
            });
            pair.peer.send("a\nb\n");
            events.expect("CALLBACK_FAILED!");
            pair.settle();
            events.expectNoMore();
        }
    }
}
