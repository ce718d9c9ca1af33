package dev.haft.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.EventLoop;
import dev.haft.Haft;
import dev.haft.Timer;
import dev.haft.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tasks and timers of a loop. */
class EventLoopTest {
    private final Events events = new Events();
    private final ManualClock clock = new ManualClock();

    private Haft haft() {
        return Haft.builder().loops(1).clock(clock).open();
    }

    @Test
    void tasksOfAThreadRunInOrderAndOnTheLoop() {
        try (Haft haft = haft()) {
            EventLoop loop = haft.loop();
            assertFalse(loop.inLoop());
            for (int i = 0; i < 10_000; i++) {
                int n = i;
                loop.execute(() -> events.add(n + " " + loop.inLoop()));
            }
            for (int i = 0; i < 10_000; i++) {
                events.expect(i + " true");
            }
        }
    }

    @Test
    void aTaskGivenOnTheLoopDoesNotRunWithinTheCall() {
        try (Haft haft = haft()) {
            EventLoop loop = haft.loop();
            loop.execute(() -> {
                loop.execute(() -> events.add("inner"));
                events.add("outer");
            });
            events.expect("outer", "inner");
        }
    }

    @Test
    void aTimerFiresWhenItsTimeHasComeAndNotBefore() {
        try (Haft haft = haft()) {
            EventLoop loop = haft.loop();
            loop.schedule(Duration.ofSeconds(60), () -> events.add("minute"));
            Pair.settle(loop);
            clock.advance(Duration.ofMillis(59_999));
            Pair.settle(loop);
            events.expectNoMore();
            clock.advance(Duration.ofMillis(1));
            events.expect("minute");
        }
    }

    @Test
    void timersFireInTheOrderOfTheirTimes() {
        try (Haft haft = haft()) {
            EventLoop loop = haft.loop();
            List<Integer> delays = new ArrayList<>();
            for (int i = 1; i <= 2000; i++) {
                delays.add(i);
            }
            Collections.shuffle(delays, new Random(7));
            List<Timer> cancelled = new ArrayList<>();
            for (int delay : delays) {
                Timer timer = loop.schedule(Duration.ofMillis(delay), () -> events.add(delay + " ms"));
                if (delay % 3 == 0) {
                    cancelled.add(timer);
                }
            }
            Pair.settle(loop);
            cancelled.forEach(Timer::cancel);
            Pair.settle(loop);
            clock.advance(Duration.ofSeconds(2));
            for (int delay = 1; delay <= 2000; delay++) {
                if (delay % 3 != 0) {
                    events.expect(delay + " ms");
                }
            }
            events.expectNoMore();
        }
    }

    @Test
    void aTimerThatIsCancelledDoesNotFire() {
        try (Haft haft = haft()) {
            EventLoop loop = haft.loop();
            Timer timer = loop.schedule(Duration.ofSeconds(1), () -> events.add("fired"));
            timer.cancel();
            CompletableFuture<Void> done = new CompletableFuture<>();
            loop.execute(() -> {
                Timer onLoop = loop.schedule(Duration.ofSeconds(1), () -> events.add("fired"));
                onLoop.cancel();
                onLoop.cancel();
                done.complete(null);
            });
            Pair.await(done);
            clock.advance(Duration.ofSeconds(2));
            Pair.settle(loop);
            events.expectNoMore();
            timer.cancel();
        }
    }

    @Test
    void aDelayOfZeroOrLessIsSoon() {
        try (Haft haft = haft()) {
            haft.loop().schedule(Duration.ZERO, () -> events.add("zero"));
            events.expect("zero");
            haft.loop().schedule(Duration.ofSeconds(-5), () -> events.add("negative"));
            events.expect("negative");
            haft.loop().schedule(Duration.ofSeconds(Long.MIN_VALUE), () -> events.add("long ago"));
            events.expect("long ago");
        }
    }

    @Test
    void aTimerThatStartsItselfAnewForAtOnceDoesNotStarveTasks() {
        try (Haft haft = haft()) {
            EventLoop loop = haft.loop();
            CompletableFuture<Void> stop = new CompletableFuture<>();
            again(loop, stop);
            Pair.settle(loop);
            loop.execute(() -> stop.complete(null));
            Pair.await(stop);
        }
    }

    private static void again(EventLoop loop, CompletableFuture<Void> stop) {
        if (!stop.isDone()) {
            loop.schedule(Duration.ZERO, () -> again(loop, stop));
        }
    }

    @Test
    void anExceptionOfATimerIsLoggedAndTheLoopGoesOn() throws Exception {
        try (LogCapture log = LogCapture.of(dev.haft.engine.loop.SelectorLoop.class);
                Haft haft = haft()) {
            haft.loop().schedule(Duration.ZERO, () -> {
                throw new IllegalStateException("boom");
            });
            assertTrue(log.next().contains("failed"));
            haft.loop().execute(() -> events.add("alive"));
            events.expect("alive");
        }
    }

    @Test
    void anEndedLoopTakesNothing() {
        Haft haft = haft();
        EventLoop loop = haft.loop();
        Timer timer = loop.schedule(Duration.ofSeconds(1), () -> {});
        haft.close();
        assertThrows(RejectedExecutionException.class, () -> loop.execute(() -> {}));
        assertThrows(RejectedExecutionException.class, () -> loop.schedule(Duration.ZERO, () -> {}));
        timer.cancel();
    }

    @Test
    void everyTaskThatWasTakenRunsAlsoAtTheEnd() throws Exception {
        Haft haft = haft();
        EventLoop loop = haft.loop();
        CompletableFuture<Void> go = new CompletableFuture<>();
        loop.execute(() -> Pair.await(go));
        Thread closing = new Thread(haft::close);
        closing.start();
        while (closing.getState() != Thread.State.TIMED_WAITING && closing.isAlive()) {
            Thread.onSpinWait();
        }
        AtomicInteger run = new AtomicInteger();
        for (int i = 0; i < 20_000; i++) {
            loop.execute(run::incrementAndGet);
        }
        go.complete(null);
        closing.join(20_000);
        assertEquals(20_000, run.get());
    }

    @Test
    void loopIsTheCurrentOneOnALoop() {
        try (Haft haft = Haft.builder().loops(3).open()) {
            for (int i = 0; i < 3; i++) {
                EventLoop loop = haft.loop();
                CompletableFuture<EventLoop> seen = new CompletableFuture<>();
                loop.execute(() -> seen.complete(haft.loop()));
                assertEquals(loop, Pair.await(seen));
            }
        }
    }
}
