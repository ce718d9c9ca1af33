package dev.haft.engine.osgi;

import dev.haft.Haft;
import dev.haft.engine.Engine;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** Gives each bundle a Haft of its own over the shared engine; it ends when the bundle stops or lets it go. */
final class BundleHafts implements ServiceFactory<Haft> {
    private final Engine engine;

    BundleHafts(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Haft getService(Bundle bundle, ServiceRegistration<Haft> registration) {
        return new BundleHaft(engine, String.valueOf(bundle.getSymbolicName()));
    }

    @Override
    public void ungetService(Bundle bundle, ServiceRegistration<Haft> registration, Haft service) {
        ((BundleHaft) service).end();
    }
}
