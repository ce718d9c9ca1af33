package dev.haft;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One thread that serves many handles: their callbacks run here, one at a time.
 *
 * <p>A task that blocks stops every handle of the loop: let blocking work be done elsewhere.
 *
 * <p><b>Thread safety</b>: thread-safe.
 *
 * <p><b>Errors</b>: an exception of a task is logged; the loop goes on.
 */
@ProviderType
public interface EventLoop extends Executor {
    /**
     * Runs a task on the loop, soon, and never within this call. Tasks of one thread run in the order given.
     *
     * @param task what
     * @throws java.util.concurrent.RejectedExecutionException if the loop has ended
     */
    @Override
    void execute(Runnable task);

    /**
     * Runs a task on the loop, later.
     *
     * @param delay from now; zero or less: as soon as can be
     * @param task what
     * @return to take it back
     * @throws java.util.concurrent.RejectedExecutionException if the loop has ended
     */
    Timer schedule(Duration delay, Runnable task);

    /**
     * Whether the caller is this loop's thread.
     *
     * @return true in callbacks of its handles, and in its tasks
     */
    boolean inLoop();
}
