package dev.haft.cbor.osgi;

import dev.haft.ReadType;
import dev.haft.WriteType;
import dev.haft.cbor.CborReadType;
import dev.haft.cbor.CborTextReadType;
import dev.haft.cbor.CborTextWriteType;
import dev.haft.cbor.CborWriteType;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Registers the types as services; the framework takes them back when the bundle stops. */
public final class Activator implements BundleActivator {
    /** For the framework. */
    public Activator() {}

    @Override
    public void start(BundleContext context) {
        context.registerService(ReadType.class, new CborReadType(), null);
        context.registerService(ReadType.class, new CborTextReadType(), null);
        context.registerService(WriteType.class, new CborWriteType(), null);
        context.registerService(WriteType.class, new CborTextWriteType(), null);
    }

    @Override
    public void stop(BundleContext context) {}
}
