package dev.haft.example.rpc.osgi;

import dev.haft.Haft;
import dev.haft.Protocol;
import dev.haft.Types;
import dev.haft.example.rpc.RpcProtocol;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/** Registers the protocol, once for JSON and once for CBOR, as long as the bundle is active and there is a Haft, whose types it speaks. */
public final class Activator implements BundleActivator {
    private @Nullable ServiceTracker<Haft, List<ServiceRegistration<Protocol>>> tracker;

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

    /** The registrations for each Haft. */
    private record Registrar(BundleContext context)
            implements ServiceTrackerCustomizer<Haft, List<ServiceRegistration<Protocol>>> {
        @Override
        public List<ServiceRegistration<Protocol>> addingService(ServiceReference<Haft> reference) {
            Types types = context.getService(reference).types();
            return List.of(
                    register("rpc", "tcp://127.0.0.1:7008", RpcProtocol.json(types)),
                    register("rpc-cbor", "tcp://127.0.0.1:7009", RpcProtocol.cbor(types)));
        }

        private ServiceRegistration<Protocol> register(String name, String endpoint, Protocol protocol) {
            Map<String, String> properties = Map.of(Protocol.NAME, name, Protocol.LISTEN, endpoint);
            return context.registerService(Protocol.class, protocol, FrameworkUtil.asDictionary(properties));
        }

        @Override
        public void modifiedService(
                ServiceReference<Haft> reference, List<ServiceRegistration<Protocol>> registrations) {}

        @Override
        public void removedService(
                ServiceReference<Haft> reference, List<ServiceRegistration<Protocol>> registrations) {
            registrations.forEach(ServiceRegistration::unregister);
            context.ungetService(reference);
        }
    }
}
