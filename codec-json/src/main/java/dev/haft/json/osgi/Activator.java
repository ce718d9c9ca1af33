package dev.haft.json.osgi;

import dev.haft.ReadType;
import dev.haft.WriteType;
import dev.haft.json.JsonReadType;
import dev.haft.json.JsonWriteType;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Registers the types as services; the framework takes them back when the bundle stops. */
public final class Activator implements BundleActivator {
    /** For the framework. */
    public Activator() {}

    @Override
    public void start(BundleContext context) {
        context.registerService(ReadType.class, new JsonReadType(), null);
        context.registerService(WriteType.class, new JsonWriteType(), null);
    }

    @Override
    public void stop(BundleContext context) {}
}
