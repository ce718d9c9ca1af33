package dev.haft.engine.net;

import dev.haft.engine.handle.Transport;
import dev.haft.engine.loop.SelectorLoop;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Standard input and output, for one handle at a time. What was read ahead when a handle ends is for the next one, so there
 * is one pump for the whole process, as there is one standard input: its thread cannot be stopped while it waits in a read.
 */
public final class Stdio {
    private static final InputPump INPUT = new InputPump(new FileInputStream(FileDescriptor.in), false);
    private static final AtomicBoolean TAKEN = new AtomicBoolean();

    private Stdio() {}

    /**
     * Takes them; {@link #release} when the handle has ended.
     *
     * @throws IllegalStateException if somebody has them
     */
    public static Transport take(SelectorLoop loop) {
        if (!TAKEN.compareAndSet(false, true)) {
            throw new IllegalStateException("there is a handle on standard input already");
        }
        return new StreamPump(loop, INPUT, new OutputPump(new FileOutputStream(FileDescriptor.out), false));
    }

    /** Lets another handle have them. */
    public static void release() {
        TAKEN.set(false);
    }
}
