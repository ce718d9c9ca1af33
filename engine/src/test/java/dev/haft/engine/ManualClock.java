package dev.haft.engine;

import dev.haft.spi.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands until a test moves it. Thread-safe. */
final class ManualClock implements Clock {
    /** Not zero, and soon to wrap: who compares times instead of their difference fails. */
    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(100).toNanos());

    private final List<Runnable> wakes = new CopyOnWriteArrayList<>();

    @Override
    public long nanoTime() {
        return now.get();
    }

    @Override
    public Runnable onJump(Runnable wake) {
        wakes.add(wake);
        return () -> wakes.remove(wake);
    }

    void advance(Duration by) {
        now.addAndGet(by.toNanos());
        wakes.forEach(Runnable::run);
    }
}
