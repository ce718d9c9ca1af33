package dev.haft.runtime.command;

import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.HandleException;
import dev.haft.ListenOptions;
import dev.haft.Listener;
import dev.haft.Protocol;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsRole;
import java.io.PrintWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * A listener for each protocol service, as long as it is registered. It is opened by the Haft of the protocol's own bundle,
 * so that all its connections end with that bundle.
 */
final class ServedProtocols implements ServiceTrackerCustomizer<Protocol, Listener>, AutoCloseable {
    private static final Logger LOG = System.getLogger("haft.serve");

    private final BundleContext context;
    private final Map<String, Endpoint> chosen;
    private final ListenOptions options;
    private final TlsContext tls;
    private final PrintWriter out;
    private final ServiceTracker<Protocol, Listener> tracker;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    /** What is told when all that were there are served, as they ask for endpoints; after that null, and each is told at once. */
    private @Nullable SortedMap<String, String> together = new TreeMap<>();

    /** The first endpoint that the user chose and that could not be had. */
    private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();

    ServedProtocols(
            BundleContext context,
            Map<String, Endpoint> chosen,
            ListenOptions options,
            TlsContext tls,
            PrintWriter out) {
        this.context = context;
        this.chosen = chosen;
        this.options = options;
        this.tls = tls;
        this.out = out;
        this.tracker = new ServiceTracker<>(context, Protocol.class, this);
    }

    /** Listens for all that are there, and from now on for those that come. */
    void open() throws Failure {
        tracker.open();
        tellTogether();
        Failure first = failure.get();
        if (first != null) {
            throw first;
        }
        for (String name : chosen.keySet()) {
            if (!seen.contains(name)) {
                LOG.log(Level.WARNING, "no protocol {0} so far; there are {1}", name, seen);
            }
        }
    }

    @Override
    public @Nullable Listener addingService(ServiceReference<Protocol> reference) {
        String name = name(reference);
        seen.add(name);
        try {
            ListenAddress address = address(name, reference);
            return address == null ? null : listen(name, address, reference);
        } catch (IllegalArgumentException e) {
            LOG.log(Level.ERROR, "{0} is not served: {1}", name, e.getMessage());
        } catch (HandleException e) {
            LOG.log(Level.ERROR, "{0} is not served: {1}", name, e);
        } catch (Failure e) {
            LOG.log(Level.DEBUG, "{0} is not served: {1}", name, e);
            if (!failure.compareAndSet(null, e)) {
                LOG.log(Level.ERROR, "{0} is not served: {1}", name, e.getMessage());
            }
        }
        return null;
    }

    private static String name(ServiceReference<Protocol> reference) {
        Object name = reference.getProperty(Protocol.NAME);
        return name != null ? name.toString() : reference.getBundle().getSymbolicName();
    }

    private @Nullable ListenAddress address(String name, ServiceReference<Protocol> reference) {
        Endpoint choice = chosen.get(name);
        Object own = reference.getProperty(Protocol.LISTEN);
        if (choice != null || own == null) {
            return choice == null ? null : new ListenAddress(choice, true);
        }
        ListenAddress address = new ListenAddress(Endpoint.parse(own.toString()), false);
        if (!address.isTooOpen()) {
            return address;
        }
        LOG.log(
                Level.WARNING,
                "{0} asks for {1}: only this machine is served, unless --listen {0}={1} says otherwise",
                name,
                own);
        return address.onLoopback();
    }

    private @Nullable Listener listen(String name, ListenAddress address, ServiceReference<Protocol> reference)
            throws Failure, HandleException {
        BundleContext owner = reference.getBundle().getBundleContext();
        ServiceReference<Haft> engine = owner == null ? null : owner.getServiceReference(Haft.class);
        // Not given back when the protocol goes: what it has accepted lives on, until its bundle stops.
        Haft haft = engine == null ? null : owner.getService(engine);
        Protocol protocol = context.getService(reference);
        if (haft == null || protocol == null) {
            return null;
        }
        Listener listener = listen(name, address, haft, secured(protocol, reference));
        String line = name + " " + place(listener);
        tell(order(line, reference), line);
        return listener;
    }

    /** In the order of the endpoints that they ask for; those that take any port are last, by name. */
    private static String order(String line, ServiceReference<Protocol> reference) {
        Object own = reference.getProperty(Protocol.LISTEN);
        boolean any = own == null || own.toString().endsWith(":0");
        return any ? "~ " + line : own + " " + line;
    }

    /** The protocol over TLS, if it asks for that. */
    private Protocol secured(Protocol protocol, ServiceReference<Protocol> reference) {
        Object wanted = reference.getProperty(Protocol.TLS);
        return switch (wanted == null ? "false" : wanted.toString()) {
            case "false" -> protocol;
            case "true" -> handle -> protocol.accept(handle.startTls(TlsRole.SERVER, tls));
            case "auto" -> handle -> protocol.accept(handle.tlsAutostart(tls));
            default ->
                throw new IllegalArgumentException(Protocol.TLS + ": " + wanted + ", must be true, auto or false");
        };
    }

    private synchronized void tell(String order, String line) {
        if (together != null) {
            together.put(order, line);
        } else {
            out.println(line);
            out.flush();
        }
    }

    private synchronized void tellTogether() {
        SortedMap<String, String> lines = Objects.requireNonNull(together, "opened once");
        together = null;
        lines.forEach(this::tell);
    }

    private Listener listen(String name, ListenAddress address, Haft haft, Protocol protocol)
            throws Failure, HandleException {
        try {
            return haft.listen(address.endpoint(), options, protocol);
        } catch (HandleException e) {
            if (address.explicit()) {
                throw new Failure(name + " at " + address.endpoint(), e);
            }
            if (!(e.getCause() instanceof BindException)) {
                throw e;
            }
            LOG.log(Level.WARNING, "{0}: {1} is taken, listening elsewhere", name, address.endpoint());
            return haft.listen(address.onAnyPort().endpoint(), options, protocol);
        }
    }

    private static String place(Listener listener) {
        String endpoint = listener.endpoint().toString();
        return endpoint.startsWith("tcp://") ? endpoint.substring("tcp://".length()) : endpoint;
    }

    @Override
    public void modifiedService(ServiceReference<Protocol> reference, Listener listener) {}

    @Override
    public void removedService(ServiceReference<Protocol> reference, Listener listener) {
        String place = place(listener);
        // The service itself need not be given back: the framework has it when it goes, or when this bundle stops.
        listener.close();
        LOG.log(Level.INFO, "{0} is no longer served at {1}", name(reference), place);
    }

    /** Listens no longer. */
    @Override
    public void close() {
        tracker.close();
    }
}
