package dev.haft.tls.bc;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A step of a handshake, on whichever thread; what fails waits for who asks. */
final class HandshakeTask implements Runnable {
    /** What is to be done. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    private final Step step;
    private final AtomicBoolean handed = new AtomicBoolean();
    private @Nullable Throwable error;
    private volatile boolean done;

    HandshakeTask(Step step) {
        this.step = step;
    }

    /** Whether this is the first to ask for it. */
    boolean hand() {
        return handed.compareAndSet(false, true);
    }

    @Override
    public void run() {
        try {
            step.run();
        } catch (Throwable t) {
            error = t;
        } finally {
            done = true;
        }
    }

    boolean isDone() {
        return done;
    }

    @Nullable Throwable error() {
        return error;
    }
}
