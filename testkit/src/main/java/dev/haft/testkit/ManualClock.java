package dev.haft.testkit;

import dev.haft.spi.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands until a test moves it: timeouts without waiting. Thread-safe.
 *
 * <pre>{@code
 * ManualClock clock = new ManualClock();
 * Haft haft = Haft.builder().clock(clock).open();
 * …
 * clock.advance(Duration.ofSeconds(30));    // the timers that are due by then fire on their loops
 * }</pre>
 */
public final class ManualClock implements Clock {
    /** Not zero, and soon to wrap: who compares times instead of their difference fails. */
    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(100).toNanos());

    private final List<Runnable> wakes = new CopyOnWriteArrayList<>();

    /** A clock that stands. */
    public ManualClock() {}

    @Override
    public long nanoTime() {
        return now.get();
    }

    @Override
    public Runnable onJump(Runnable wake) {
        wakes.add(wake);
        return () -> wakes.remove(wake);
    }

    /**
     * Moves it. Timers fire on their loops, thus soon, but perhaps after this has returned.
     *
     * @param by how far
     * @throws IllegalArgumentException if it is to go back
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("by: " + by + ", must not be negative");
        }
        now.addAndGet(by.toNanos());
        wakes.forEach(Runnable::run);
    }
}
