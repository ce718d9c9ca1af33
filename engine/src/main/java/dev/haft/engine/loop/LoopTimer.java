package dev.haft.engine.loop;

/** A timer of a loop, armed and disarmed on it by {@link SelectorLoop#arm} and {@link SelectorLoop#disarm}. */
public abstract class LoopTimer {
    /** When, in the clock's nanoseconds. */
    long due;

    /** Where it is in the heap of {@link TimerQueue}; -1 while it is not armed. */
    int index = -1;

    /** It is due. Runs on the loop; may arm itself again. */
    protected abstract void fire();
}
