package dev.haft.example.smtp.osgi;

import dev.haft.Protocol;
import dev.haft.example.smtp.SmtpProtocol;
import dev.haft.tls.TlsContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.util.tracker.ServiceTracker;

/** Registers the protocol as long as the bundle is active; its TLS is that of a service, as long as there is one. */
public final class Activator implements BundleActivator {
    private @Nullable ServiceTracker<TlsContext, TlsContext> contexts;

    /** For the framework. */
    public Activator() {}

    @Override
    public void start(BundleContext context) {
        ServiceTracker<TlsContext, TlsContext> tracker = new ServiceTracker<>(context, TlsContext.class, null);
        tracker.open();
        contexts = tracker;
        Map<String, String> properties = Map.of(Protocol.NAME, "smtp", Protocol.LISTEN, "tcp://127.0.0.1:7012");
        context.registerService(
                Protocol.class, new SmtpProtocol(tracker::getService), FrameworkUtil.asDictionary(properties));
    }

    @Override
    public void stop(BundleContext context) {
        if (contexts != null) {
            contexts.close();
        }
    }
}
