package dev.haft.runtime.thirdparty;

import dev.haft.Protocol;
import dev.haft.Read;
import dev.haft.ReadType;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Registers the type under the name that the bundle's header says, and a protocol that speaks it. */
public final class ShoutActivator implements BundleActivator {
    /** For the framework. */
    public ShoutActivator() {}

    @Override
    public void start(BundleContext context) {
        String name = context.getBundle().getHeaders().get("Shout-Name");
        Shout type = new Shout(name);
        context.registerService(ReadType.class, type, null);
        Map<String, String> properties = Map.of(Protocol.NAME, name, Protocol.LISTEN, "tcp://127.0.0.1:0");
        Read<Object> read = type.read();
        Protocol protocol = handle -> handle.onEach(read, (h, line) -> h.pushWrite(line + "\n"));
        context.registerService(Protocol.class, protocol, FrameworkUtil.asDictionary(properties));
    }

    @Override
    public void stop(BundleContext context) {}
}
