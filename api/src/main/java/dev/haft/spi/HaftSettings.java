package dev.haft.spi;

import dev.haft.HandleOptions;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@link dev.haft.HaftBuilder} has gathered.
 *
 * @param loops how many event loops, at least 1
 * @param classLoader where to look for types; null: where the engine's own loader looks
 * @param layer the module layer to look for types in, or null
 * @param clock for timers
 * @param resolver of names; null: the engine's own
 * @param options what a handle gets that is opened without options
 * @param closeTimeout how long {@code Haft.close()} waits for its handles
 */
public record HaftSettings(
        int loops,
        @Nullable ClassLoader classLoader,
        @Nullable ModuleLayer layer,
        Clock clock,
        @Nullable Resolver resolver,
        HandleOptions options,
        Duration closeTimeout) {
    /**
     * Checks the bounds.
     *
     * @param loops at least 1
     * @param classLoader or null
     * @param layer or null
     * @param clock not null
     * @param resolver or null
     * @param options not null
     * @param closeTimeout not negative
     */
    public HaftSettings {
        if (loops < 1) {
            throw new IllegalArgumentException("loops: " + loops + ", must be at least 1");
        }
        if (closeTimeout.isNegative()) {
            throw new IllegalArgumentException("closeTimeout: " + closeTimeout + ", must not be negative");
        }
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(options, "options");
    }
}
