package dev.haft.example.rpc.osgi;

import dev.haft.Haft;
import dev.haft.Protocol;
import dev.haft.example.rpc.RpcProtocol;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/** Registers the protocol as long as the bundle is active and there is a Haft, whose types it speaks. */
public final class Activator implements BundleActivator {
    private @Nullable ServiceTracker<Haft, ServiceRegistration<Protocol>> tracker;

    /** For the framework. */
    public Activator() {}

    @Override
    public void start(BundleContext context) {
        tracker = new ServiceTracker<>(context, Haft.class, new Registrar(context));
        tracker.open();
    }

    @Override
    public void stop(BundleContext context) {
        if (tracker != null) {
            tracker.close();
        }
    }

    /** One registration for each Haft. */
    private record Registrar(BundleContext context)
            implements ServiceTrackerCustomizer<Haft, ServiceRegistration<Protocol>> {
        @Override
        public ServiceRegistration<Protocol> addingService(ServiceReference<Haft> reference) {
            Map<String, String> properties = Map.of(Protocol.NAME, "rpc", Protocol.LISTEN, "tcp://127.0.0.1:7008");
            RpcProtocol rpc = new RpcProtocol(context.getService(reference).types());
            return context.registerService(Protocol.class, rpc, FrameworkUtil.asDictionary(properties));
        }

        @Override
        public void modifiedService(ServiceReference<Haft> reference, ServiceRegistration<Protocol> registration) {}

        @Override
        public void removedService(ServiceReference<Haft> reference, ServiceRegistration<Protocol> registration) {
            registration.unregister();
            context.ungetService(reference);
        }
    }
}
