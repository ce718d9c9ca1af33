package dev.haft.engine;

import dev.haft.EventLoop;
import dev.haft.Timer;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A loop as one Haft sees it: the timers that are set here end with that Haft. Thread-safe. */
record OwnedLoop(EventLoop loop, Set<Timer> timers) implements EventLoop {
    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Owned timer = new Owned(task, timers);
        timers.add(timer);
        timer.scheduled(loop.schedule(delay, timer));
        return timer;
    }

    @Override
    public boolean inLoop() {
        return loop.inLoop();
    }

    /** Lets its task go when it has run or is cancelled. */
    private static final class Owned implements Timer, Runnable {
        private final Set<Timer> timers;
        private volatile @Nullable Runnable task;
        private volatile @Nullable Timer timer;

        Owned(Runnable task, Set<Timer> timers) {
            this.task = Objects.requireNonNull(task, "task");
            this.timers = timers;
        }

        void scheduled(Timer at) {
            timer = at;
        }

        @Override
        public void run() {
            Runnable due = task;
            letGo();
            if (due != null) {
                due.run();
            }
        }

        @Override
        public void cancel() {
            letGo();
            Timer at = timer;
            if (at != null) {
                at.cancel();
            }
        }

        private void letGo() {
            timers.remove(this);
            task = null;
        }
    }
}
