package dev.haft.engine.osgi;

import dev.haft.ReadType;
import dev.haft.Types.Registration;
import dev.haft.WriteType;
import dev.haft.engine.types.LiveTypes;
import dev.haft.engine.types.TlsProviders;
import dev.haft.tls.TlsProvider;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** Adds the services of one kind of types as they come, and takes them out as they go; follows their ranking. */
final class TypeTracker<T> extends ServiceTracker<T, TypeTracker.Tracked<T>> {
    private static final System.Logger LOG = System.getLogger(TypeTracker.class.getName());

    private final Adder<T> adder;

    /** How a type gets into the registry. */
    @FunctionalInterface
    private interface Adder<T> {
        Registration add(T type, int ranking, String origin);
    }

    /** A service and its place in the registry. */
    static final class Tracked<T> {
        private final T type;
        private int ranking;
        private Registration registration;

        private Tracked(T type, int ranking, Registration registration) {
            this.type = type;
            this.ranking = ranking;
            this.registration = registration;
        }
    }

    private TypeTracker(BundleContext context, Class<T> service, Adder<T> adder) {
        super(context, service, null);
        this.adder = adder;
    }

    static TypeTracker<ReadType> ofReads(BundleContext context, LiveTypes types) {
        return new TypeTracker<>(context, ReadType.class, types::add);
    }

    static TypeTracker<WriteType> ofWrites(BundleContext context, LiveTypes types) {
        return new TypeTracker<>(context, WriteType.class, types::add);
    }

    static TypeTracker<TlsProvider> ofTls(BundleContext context, TlsProviders tls) {
        return new TypeTracker<>(context, TlsProvider.class, tls::add);
    }

    @Override
    public @Nullable Tracked<T> addingService(ServiceReference<T> reference) {
        T type = context.getService(reference);
        if (type == null) {
            return null;
        }
        try {
            int ranking = ranking(reference);
            return new Tracked<>(type, ranking, adder.add(type, ranking, origin(reference)));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a type cannot be used: " + reference, e);
            context.ungetService(reference);
            return null;
        }
    }

    @Override
    public void modifiedService(ServiceReference<T> reference, Tracked<T> tracked) {
        int ranking = ranking(reference);
        if (ranking != tracked.ranking) {
            Registration before = tracked.registration;
            tracked.registration = adder.add(tracked.type, ranking, origin(reference));
            tracked.ranking = ranking;
            before.close();
        }
    }

    @Override
    public void removedService(ServiceReference<T> reference, Tracked<T> tracked) {
        tracked.registration.close();
        context.ungetService(reference);
    }

    private static int ranking(ServiceReference<?> reference) {
        return reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
    }

    private static String origin(ServiceReference<?> reference) {
        return reference.getBundle() == null ? "?" : reference.getBundle().getSymbolicName();
    }
}
