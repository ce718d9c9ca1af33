package dev.haft.itests.conformance;

import dev.haft.EventLoop;
import dev.haft.Haft;
import dev.haft.Handle;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What all who play a scenario know: the scenario, the log, and the handle once it is known. For the handle's thread. */
final class Play {
    private final Scenario scenario;
    private final Haft haft;
    private final EventLoop loop;
    private final double slow;
    private final EventLog log = new EventLog();
    private @Nullable Handle handle;
    private @Nullable Runnable retry;
    private boolean destroyedNoticed;

    /**
     * Of one scenario.
     *
     * @param slow times are this many times as long
     */
    Play(Scenario scenario, Haft haft, double slow) {
        this.scenario = scenario;
        this.haft = haft;
        this.slow = slow;
        loop = haft.loop();
    }

    Scenario scenario() {
        return scenario;
    }

    Haft haft() {
        return haft;
    }

    EventLoop loop() {
        return loop;
    }

    EventLog log() {
        return log;
    }

    long millis(int recorded) {
        return Math.round(recorded * slow);
    }

    Duration seconds(double recorded) {
        return Duration.ofNanos(Math.round(recorded * slow * 1e9));
    }

    /** A callback may know the handle before its maker does. */
    void met(Handle known) {
        if (handle == null) {
            handle = known;
        }
    }

    /** The latest connection comes with a way to decline it. */
    void retry(Runnable latest) {
        retry = latest;
    }

    void retry() {
        Objects.requireNonNull(retry, "there was no connection").run();
    }

    boolean hasHandle() {
        return handle != null;
    }

    Handle handle() {
        return Objects.requireNonNull(handle, "there is no handle");
    }

    boolean isDestroyed() {
        return handle == null || handle.isDestroyed();
    }

    void noticeDestroyed() {
        if (!destroyedNoticed && handle != null && handle.isDestroyed()) {
            destroyedNoticed = true;
            log.add("destroyed");
        }
    }

    /** Nothing more happens. */
    void over() {
        if (handle != null) {
            handle.destroy();
        }
    }

    /** What the handle holds unread. */
    byte[] readBuffer(Handle of) {
        byte[][] found = {new byte[0]};
        of.execute(h -> found[0] = Bytes.copy(h.readBuffer()));
        return found[0];
    }
}
