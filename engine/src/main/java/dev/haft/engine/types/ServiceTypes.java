package dev.haft.engine.types;

import dev.haft.ReadType;
import dev.haft.WriteType;
import dev.haft.spi.HaftSettings;
import dev.haft.tls.TlsProvider;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Finds types outside of OSGi, with {@link ServiceLoader}. */
public final class ServiceTypes {
    private static final System.Logger LOG = System.getLogger(ServiceTypes.class.getName());

    private ServiceTypes() {}

    /** Adds all types that the loader, or layer, of the settings knows. One that cannot be made is logged and left out. */
    public static void addAll(LiveTypes types, HaftSettings settings) {
        each(services(ReadType.class, settings), (type, origin) -> types.add(type, 0, origin));
        each(services(WriteType.class, settings), (type, origin) -> types.add(type, 0, origin));
    }

    /** Adds all TLS providers that the loader, or layer, of the settings knows. */
    public static void addAll(TlsProviders tls, HaftSettings settings) {
        each(services(TlsProvider.class, settings), (provider, origin) -> tls.add(provider, 0, origin));
    }

    private static <T> ServiceLoader<T> services(Class<T> service, HaftSettings settings) {
        ModuleLayer layer = settings.layer();
        if (layer != null) {
            return ServiceLoader.load(layer, service);
        }
        ClassLoader loader = settings.classLoader();
        // Never the thread's context loader: who opens a Haft must not decide what is found.
        return ServiceLoader.load(service, loader == null ? ServiceTypes.class.getClassLoader() : loader);
    }

    private static <T> void each(ServiceLoader<T> services, BiConsumer<T, String> add) {
        Iterator<T> found = services.iterator();
        while (true) {
            T type = next(found);
            if (type == null) {
                return;
            }
            try {
                add.accept(type, origin(type.getClass()));
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "a type cannot be used: " + type.getClass(), e);
            }
        }
    }

    /** The next that can be made; null at the end. */
    private static <T> @Nullable T next(Iterator<T> found) {
        while (true) {
            try {
                return found.hasNext() ? found.next() : null;
            } catch (ServiceConfigurationError e) {
                LOG.log(System.Logger.Level.WARNING, "a type cannot be loaded", e);
            }
        }
    }

    private static String origin(Class<?> type) {
        String module = type.getModule().getName();
        return module == null ? type.getPackageName() : module;
    }
}
