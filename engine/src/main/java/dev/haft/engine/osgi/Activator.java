package dev.haft.engine.osgi;

import dev.haft.Haft;
import dev.haft.HandleOptions;
import dev.haft.engine.Engine;
import dev.haft.spi.Clock;
import dev.haft.spi.HaftSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Starts an engine with the bundle, gives each bundle a Haft over it, and follows the services of types. */
public final class Activator implements BundleActivator {
    private @Nullable Engine engine;
    private @Nullable TypeTracker<?> reads;
    private @Nullable TypeTracker<?> writes;
    private @Nullable TypeTracker<?> tls;
    private @Nullable BundleHafts hafts;
    private @Nullable ServiceRegistration<?> registration;

    /** Made by the framework. */
    public Activator() {}

    @Override
    public void start(BundleContext context) {
        HaftSettings settings = new HaftSettings(
                Runtime.getRuntime().availableProcessors(),
                null,
                null,
                Clock.SYSTEM,
                null,
                HandleOptions.standard(),
                Duration.ofSeconds(10));
        Engine started = new Engine(settings);
        engine = started;
        reads = TypeTracker.ofReads(context, started.types());
        writes = TypeTracker.ofWrites(context, started.types());
        tls = TypeTracker.ofTls(context, started.tls());
        reads.open();
        writes.open();
        tls.open();
        hafts = new BundleHafts(started);
        registration = context.registerService(Haft.class, hafts, null);
    }

    @Override
    public void stop(BundleContext context) {
        if (hafts != null) {
            hafts.endAll();
        }
        if (registration != null) {
            registration.unregister();
        }
        if (reads != null) {
            reads.close();
        }
        if (writes != null) {
            writes.close();
        }
        if (tls != null) {
            tls.close();
        }
        if (engine != null) {
            engine.close();
        }
    }
}
