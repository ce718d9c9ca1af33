package dev.haft;

import dev.haft.spi.Clock;
import dev.haft.spi.HaftProvider;
import dev.haft.spi.HaftSettings;
import dev.haft.spi.Resolver;
import java.time.Duration;
import java.util.Objects;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Haft}; see {@link Haft#builder()}. Not thread-safe. */
public final class HaftBuilder {
    private int loops = Runtime.getRuntime().availableProcessors();
    private @Nullable ClassLoader classLoader;
    private @Nullable ModuleLayer layer;
    private Clock clock = Clock.SYSTEM;
    private @Nullable Resolver resolver;
    private HandleOptions options = HandleOptions.standard();
    private Duration closeTimeout = Duration.ofSeconds(10);

    HaftBuilder() {}

    /**
     * How many event loops; the default is one a core.
     *
     * @param count at least 1
     * @return this
     */
    public HaftBuilder loops(int count) {
        loops = count;
        return this;
    }

    /**
     * Where to look for types with {@link ServiceLoader}; the default is the class loader that has Haft itself.
     *
     * @param loader also used to find the engine
     * @return this
     */
    public HaftBuilder classLoader(ClassLoader loader) {
        classLoader = Objects.requireNonNull(loader, "loader");
        return this;
    }

    /**
     * A module layer to look for types in, and for the engine.
     *
     * @param modules the layer
     * @return this
     */
    public HaftBuilder layer(ModuleLayer modules) {
        layer = Objects.requireNonNull(modules, "modules");
        return this;
    }

    /**
     * What time timers see; the default is the machine's.
     *
     * @param source the clock
     * @return this
     */
    public HaftBuilder clock(Clock source) {
        clock = Objects.requireNonNull(source, "source");
        return this;
    }

    /**
     * What finds hosts and services; the default asks the JDK (parity {@code open.resolver}).
     *
     * @param names called on threads of its own, never on a loop
     * @return this
     */
    public HaftBuilder resolver(Resolver names) {
        resolver = Objects.requireNonNull(names, "names");
        return this;
    }

    /**
     * What a handle gets that is opened without options.
     *
     * @param defaults the options
     * @return this
     */
    public HaftBuilder options(HandleOptions defaults) {
        options = Objects.requireNonNull(defaults, "defaults");
        return this;
    }

    /**
     * How long {@link Haft#close()} waits for its handles to end in order; the default is 10 s.
     *
     * @param timeout zero: not at all
     * @return this
     */
    public HaftBuilder closeTimeout(Duration timeout) {
        closeTimeout = Objects.requireNonNull(timeout, "timeout");
        return this;
    }

    /**
     * Opens it.
     *
     * @return a new Haft with loops of its own
     * @throws IllegalArgumentException if an option is out of bounds
     * @throws IllegalStateException if no engine is found
     */
    public Haft open() {
        HaftSettings settings = new HaftSettings(loops, classLoader, layer, clock, resolver, options, closeTimeout);
        return providers()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no Haft engine found: add dev.haft:haft-engine to the"
                        + " class path or module path; in an OSGi container inject the service dev.haft.Haft"))
                .open(settings);
    }

    private ServiceLoader<HaftProvider> providers() {
        if (layer != null) {
            return ServiceLoader.load(layer, HaftProvider.class);
        }
        // Never the thread's context loader: who calls must not decide what is found.
        return ServiceLoader.load(
                HaftProvider.class, classLoader != null ? classLoader : HaftBuilder.class.getClassLoader());
    }
}
