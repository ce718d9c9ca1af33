package dev.haft.engine.handle;

import dev.haft.HandleOptions;
import dev.haft.engine.handle.Timeout.Kind;
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

    /** As the handle's options say; null if they have none. */
    static @Nullable Timeouts of(HandleCore handle) {
        HandleOptions options = handle.options();
        if (options.timeout().isZero()
                && options.readTimeout().isZero()
                && options.writeTimeout().isZero()) {
            return null;
        }
        Timeouts timeouts = new Timeouts(handle);
        for (Kind kind : Kind.values()) {
            if (!kind.limit(options).isZero()) {
                timeouts.of(kind);
            }
        }
        return timeouts;
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
