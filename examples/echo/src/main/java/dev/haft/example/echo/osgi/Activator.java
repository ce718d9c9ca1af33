package dev.haft.example.echo.osgi;

import dev.haft.Protocol;
import dev.haft.example.echo.EchoProtocol;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Registers the protocol as long as the bundle is active; the framework takes it back. */
public final class Activator implements BundleActivator {
    /** For the framework. */
    public Activator() {}

    @Override
    public void start(BundleContext context) {
        Map<String, String> properties = Map.of(Protocol.NAME, "echo", Protocol.LISTEN, "tcp://127.0.0.1:7007");
        context.registerService(Protocol.class, new EchoProtocol(), FrameworkUtil.asDictionary(properties));
    }

    @Override
    public void stop(BundleContext context) {}
}
