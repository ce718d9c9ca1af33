package dev.haft.tls.bc.osgi;

import dev.haft.tls.TlsProvider;
import dev.haft.tls.bc.BcTlsProvider;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Registers the provider as a service; the framework takes it back when the bundle stops. */
public final class Activator implements BundleActivator {
    /** For the framework. */
    public Activator() {}

    @Override
    public void start(BundleContext context) {
        context.registerService(TlsProvider.class, new BcTlsProvider(), null);
    }

    @Override
    public void stop(BundleContext context) {}
}
