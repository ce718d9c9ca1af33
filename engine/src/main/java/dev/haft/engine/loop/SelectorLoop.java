package dev.haft.engine.loop;

import dev.haft.EventLoop;
import dev.haft.Timer;
import dev.haft.engine.buffer.LoopBuffers;
import dev.haft.spi.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One thread that waits for channels, runs tasks, fires timers, and lets writes out at the end of each turn.
 *
 * <p>Thread-safe where {@link EventLoop} is; everything else is for the loop's own thread.
 */
public final class SelectorLoop implements EventLoop {
    private static final System.Logger LOG = System.getLogger(SelectorLoop.class.getName());
    private static final long LONGEST_NANOS = Long.MAX_VALUE / 4;
    private static final int TASKS_A_TURN = 4096;

    private final Selector selector;
    private final Clock clock;
    private final LoopThread thread;
    private final LoopBuffers buffers = new LoopBuffers();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Runnable> turnEnd = new ArrayDeque<>();
    private final TimerQueue timers = new TimerQueue();
    private final Consumer<SelectionKey> dispatch = this::dispatch;
    private final Runnable stopWatching;

    /** Set while the thread is, or is about to be, in select: who adds a task then wakes it, and only the first who does. */
    private final AtomicBoolean asleep = new AtomicBoolean();

    private boolean stopping;
    private volatile boolean ended;
    private long turnNanos;
    private boolean turnStarted;

    private SelectorLoop(String name, Clock clock) throws IOException {
        this.clock = clock;
        selector = Selector.open();
        thread = new LoopThread(this::run, name);
        stopWatching = clock.onJump(selector::wakeup);
        turnNanos = clock.nanoTime();
    }

    /** Starts a loop on a new daemon thread. */
    public static SelectorLoop start(String name, Clock clock) {
        try {
            SelectorLoop loop = new SelectorLoop(name, clock);
            loop.thread.start();
            return loop;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open a selector", e);
        }
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void execute(Runnable task) {
        if (!offer(task)) {
            throw new RejectedExecutionException("the loop has ended");
        }
    }

    /** Like {@link #execute}; false if the loop has ended. */
    public boolean offer(Runnable task) {
        Objects.requireNonNull(task, "task");
        if (!ended) {
            tasks.add(task);
            if (!ended || !tasks.remove(task)) {
                if (asleep.get() && asleep.compareAndSet(true, false)) {
                    selector.wakeup();
                }
                return true;
            }
        }
        return false;
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Task timer = new Task(this, task);
        long nanos = nanos(delay);
        if (inLoop()) {
            arm(timer, nanos);
        } else {
            long asked = clock.nanoTime();
            execute(() -> timer.armUnlessCancelled(nanos - (clock.nanoTime() - asked)));
        }
        return timer;
    }

    /** Runs a task when all that is ready in this turn has been served; on the loop only. */
    public void atTurnEnd(Runnable task) {
        turnEnd.add(task);
    }

    /** Fires a timer after so many nanoseconds, instead of when it was armed for; on the loop only. */
    public void arm(LoopTimer timer, long nanos) {
        timers.remove(timer);
        timer.due = clock.nanoTime() + Math.min(Math.max(nanos, 0), LONGEST_NANOS);
        timers.add(timer);
    }

    /** Takes a timer back; on the loop only. */
    public void disarm(LoopTimer timer) {
        timers.remove(timer);
    }

    /** The time now. */
    public long nanoTime() {
        return clock.nanoTime();
    }

    /** The time at which this turn began: cheap, for what need not be exact. */
    public long turnNanos() {
        return turnNanos;
    }

    /** What handles of this loop share; on the loop only. */
    public LoopBuffers buffers() {
        return buffers;
    }

    /** Watches a channel; on the loop only. */
    public SelectionKey register(SelectableChannel channel, int ops, Ready ready) throws IOException {
        return channel.register(selector, ops, ready);
    }

    /** Nanoseconds, at most some centuries. */
    public static long nanos(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        return duration.compareTo(Duration.ofNanos(LONGEST_NANOS)) >= 0 ? LONGEST_NANOS : duration.toNanos();
    }

    /** Ends the loop after the tasks that wait, and lets its thread, selector and buffers go. */
    public void stop() {
        offer(() -> stopping = true);
    }

    /** Waits until the thread has ended; not on the loop itself. */
    public void awaitEnd(Duration limit) throws InterruptedException {
        thread.join(Math.max(1, limit.toMillis()));
    }

    private void run() {
        try {
            while (!stopping) {
                select();
                turn();
                runTasks();
                fireTimers();
                runTurnEnd();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "the selector failed; its loop ends", e);
        } finally {
            end();
        }
    }

    private void end() {
        ended = true;
        stopWatching.run();
        while (!tasks.isEmpty()) {
            runTasks();
        }
        runTurnEnd();
        try {
            selector.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "closing a selector", e);
        }
    }

    /** Notes the time, once a turn: when the first channel is served, or else after select. */
    private void turn() {
        if (!turnStarted) {
            turnStarted = true;
            turnNanos = clock.nanoTime();
        }
    }

    private void select() throws IOException {
        turnStarted = false;
        long wait = nanosToNextTimer();
        if (wait > 0 && tasks.isEmpty() && turnEnd.isEmpty()) {
            asleep.set(true);
            // Who added a task before it could see that we sleep does not wake us: look once more.
            if (tasks.isEmpty()) {
                selector.select(dispatch, wait == Long.MAX_VALUE ? 0 : (wait + 999_999) / 1_000_000);
                asleep.set(false);
                return;
            }
            asleep.set(false);
        }
        selector.selectNow(dispatch);
    }

    private long nanosToNextTimer() {
        LoopTimer first = timers.first();
        return first == null ? Long.MAX_VALUE : first.due - clock.nanoTime();
    }

    private void dispatch(SelectionKey key) {
        turn();
        if (key.isValid() && key.attachment() instanceof Ready ready) {
            try {
                ready.ready(key);
            } catch (Throwable t) {
                // What was not served would be ready again at once, and for ever.
                if (!(key.channel() instanceof ServerSocketChannel)) {
                    key.cancel();
                }
                failed(t);
            }
        }
    }

    private void runTasks() {
        for (int i = 0; i < TASKS_A_TURN; i++) {
            Runnable task = tasks.poll();
            if (task == null) {
                return;
            }
            run(task);
        }
    }

    private void fireTimers() {
        LoopTimer first = timers.first();
        // One that arms itself anew for at once waits for the next turn.
        for (int n = timers.size(); n > 0 && first != null && first.due - turnNanos <= 0; n--) {
            timers.remove(first);
            try {
                first.fire();
            } catch (Throwable t) {
                failed(t);
            }
            first = timers.first();
        }
    }

    private void runTurnEnd() {
        for (int n = turnEnd.size(); n > 0; n--) {
            run(turnEnd.remove());
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable t) {
            failed(t);
        }
    }

    /** One task's failure must not end the loop for all handles. */
    private static void failed(Throwable t) {
        try {
            LOG.log(System.Logger.Level.ERROR, "a task of an event loop failed", t);
        } catch (Throwable broken) {
            // Nor must a logger that fails, for want of descriptors say.
            System.err.println("a task of an event loop failed: " + t + ", and could not be logged: " + broken);
        }
    }

    @Override
    public String toString() {
        return thread.getName();
    }

    /** What {@link #schedule} gives. */
    private static final class Task extends LoopTimer implements Timer {
        private final SelectorLoop loop;
        private final Runnable task;
        private volatile boolean cancelled;

        Task(SelectorLoop loop, Runnable task) {
            this.loop = loop;
            this.task = Objects.requireNonNull(task, "task");
        }

        void armUnlessCancelled(long nanos) {
            if (!cancelled) {
                loop.arm(this, nanos);
            }
        }

        @Override
        protected void fire() {
            if (!cancelled) {
                task.run();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (loop.inLoop()) {
                loop.disarm(this);
            } else if (!loop.ended) {
                loop.execute(() -> loop.disarm(this));
            }
        }
    }
}
