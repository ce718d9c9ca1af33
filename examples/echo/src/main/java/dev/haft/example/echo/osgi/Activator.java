package dev.haft.example.echo.osgi;

import dev.haft.Protocol;
import dev.haft.example.echo.EchoProtocol;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Registers the protocol, once in clear text, once over TLS, once as the client likes, as long as the bundle is active; the framework takes it back. */
public final class Activator implements BundleActivator {
    /** For the framework. */
    public Activator() {}

    @Override
    public void start(BundleContext context) {
        register(context, "echo", "tcp://127.0.0.1:7007", "false");
        register(context, "echo-tls", "tcp://127.0.0.1:7010", "true");
        register(context, "echo-auto", "tcp://127.0.0.1:7011", "auto");
    }

    private static void register(BundleContext context, String name, String endpoint, String tls) {
        Map<String, String> properties = Map.of(Protocol.NAME, name, Protocol.LISTEN, endpoint, Protocol.TLS, tls);
        context.registerService(Protocol.class, new EchoProtocol(), FrameworkUtil.asDictionary(properties));
    }

    @Override
    public void stop(BundleContext context) {}
}
