package dev.haft.engine.handle;

import dev.haft.ErrorCode;
import dev.haft.HandleCallback;
import dev.haft.HandleException;
import dev.haft.HandleOptions;
import dev.haft.engine.loop.LoopTimer;
import dev.haft.engine.loop.SelectorLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One inactivity timeout of a handle. Lazy: activity only notes the time; the timer, when it is due, looks at it and arms
 * itself anew. For the loop.
 */
final class Timeout extends LoopTimer {
    /** What counts as activity. */
    enum Kind {
        BOTH("read or written"),
        READ("read"),
        WRITE("written");

        private final String what;

        Kind(String what) {
            this.what = what;
        }

        Duration limit(HandleOptions options) {
            return switch (this) {
                case BOTH -> options.timeout();
                case READ -> options.readTimeout();
                case WRITE -> options.writeTimeout();
            };
        }

        @Nullable HandleCallback callback(HandleOptions options) {
            return switch (this) {
                case BOTH -> options.onTimeout();
                case READ -> options.onReadTimeout();
                case WRITE -> options.onWriteTimeout();
            };
        }
    }

    private final HandleCore handle;
    private final Kind kind;
    private long lastActivity;

    Timeout(HandleCore handle, Kind kind, long lastActivity) {
        this.handle = handle;
        this.kind = kind;
        this.lastActivity = lastActivity;
    }

    /** Whether reading, or else writing, is activity for it. */
    boolean counts(boolean reading) {
        return kind == Kind.BOTH || (kind == Kind.READ) == reading;
    }

    void activity(long now) {
        lastActivity = now;
    }

    /** Looks whether it is over, and arms itself anew; does nothing before the handle is connected. */
    void check() {
        SelectorLoop loop = handle.loop();
        loop.disarm(this);
        if (!isOn()) {
            return;
        }
        long left = lastActivity + limitNanos() - loop.nanoTime();
        if (left <= 0) {
            lastActivity = loop.nanoTime();
            // A handle that rests does not read by its own decision: that is not the peer's fault.
            if (kind != Kind.READ || !handle.writes().isResting()) {
                tell();
            }
            left = limitNanos();
        }
        if (isOn()) {
            loop.arm(this, left);
        }
    }

    private long limitNanos() {
        return SelectorLoop.nanos(kind.limit(handle.options()));
    }

    private boolean isOn() {
        return limitNanos() > 0 && handle.isServing() && handle.isConnected();
    }

    private void tell() {
        HandleCallback callback = kind.callback(handle.options());
        if (callback != null) {
            handle.call(callback);
        } else {
            handle.fail(new HandleException(
                    ErrorCode.TIMED_OUT, "nothing was " + kind.what + " for " + kind.limit(handle.options())));
        }
    }

    @Override
    protected void fire() {
        handle.pass(this::check);
    }
}
