package dev.haft.engine.handle;

import dev.haft.HandleCallback;
import dev.haft.HandleOptions;
import dev.haft.engine.handle.Timeout.Kind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The three timeouts of a handle that has any; made when first asked for. For the loop. */
final class Timeouts {
    private final HandleCore handle;
    private final Map<Kind, Timeout> known = new EnumMap<>(Kind.class);

    Timeouts(HandleCore handle) {
        this.handle = handle;
    }

    /** As the options say; null if they have none. */
    static @Nullable Timeouts of(HandleCore handle, HandleOptions options) {
        Timeouts timeouts = new Timeouts(handle);
        timeouts.set(Kind.BOTH, options.timeout(), options.onTimeout());
        timeouts.set(Kind.READ, options.readTimeout(), options.onReadTimeout());
        timeouts.set(Kind.WRITE, options.writeTimeout(), options.onWriteTimeout());
        return timeouts.known.isEmpty() ? null : timeouts;
    }

    private void set(Kind kind, Duration limit, @Nullable HandleCallback callback) {
        if (!limit.isZero() || callback != null) {
            Timeout timeout = of(kind);
            timeout.callback(callback);
            timeout.initialLimit(limit);
        }
    }

    Timeout of(Kind kind) {
        return known.computeIfAbsent(kind, k -> new Timeout(handle, k, handle.lastActivity(k)));
    }

    void activity(boolean reading, long now) {
        for (Timeout t : known.values()) {
            if (t.counts(reading)) {
                t.activity(now);
            }
        }
    }

    void checkAll() {
        known.values().forEach(Timeout::check);
    }

    void stop() {
        known.values().forEach(t -> handle.loop().disarm(t));
    }
}
