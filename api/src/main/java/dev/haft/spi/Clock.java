package dev.haft.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What time the timers see. Thread-safe.
 *
 * <p>Tests own time with a clock of their own; {@link #SYSTEM} is {@link System#nanoTime()}.
 */
@ConsumerType
@FunctionalInterface
public interface Clock {
    /** The clock of the machine. */
    Clock SYSTEM = System::nanoTime;

    /**
     * Nanoseconds since some moment; never goes back.
     *
     * @return as of {@link System#nanoTime()}
     */
    long nanoTime();

    /**
     * A loop says whom to wake when this clock jumps: a clock that does not run by itself calls it after each step.
     *
     * @param wake quick and thread-safe
     * @return to stop that
     */
    default Runnable onJump(Runnable wake) {
        return () -> {};
    }
}
