package dev.haft.engine.loop;

/** The thread of a loop; a daemon, so that it does not keep a program alive. */
public final class LoopThread extends Thread {
    LoopThread(Runnable task, String name) {
        super(null, task, name, 0, false);
        setDaemon(true);
        // Who opened the first Haft must not be kept alive by its threads.
        setContextClassLoader(null);
    }

    /** Whether the caller is on a loop, of whichever Haft. */
    public static boolean isCurrent() {
        return Thread.currentThread() instanceof LoopThread;
    }

    /**
     * Waiting here would stop the very thread that could end the wait.
     *
     * @throws IllegalStateException if the caller is on a loop
     */
    public static void refuseToWait(String what) {
        if (isCurrent()) {
            throw new IllegalStateException("waiting for " + what + " on an event loop would block it for ever");
        }
    }
}
