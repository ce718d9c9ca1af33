package dev.haft.itests.osgi.thirdparty;

import static dev.haft.Reads.line;

import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleException;
import dev.haft.Listener;
import dev.haft.ReadType;
import java.time.Duration;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;

/**
 * Uses all that a bundle may have of Haft, and never gives anything back: that is left to its end.
 *
 * <p>It listens at the port of its header {@code Guest-Port} and answers lines; its property {@code guest.port} says where.
 * If there is a header {@code Guest-Peer} it connects there and says hello. With a header {@code Guest-Timer} it has a timer
 * that is due in an hour.
 */
public final class GuestActivator implements BundleActivator {
    /** The property of the service of the guest. */
    public static final String PORT = "guest.port";

    @Override
    public void start(BundleContext context) throws HandleException {
        Haft haft = context.getService(context.getServiceReference(Haft.class));
        String port = context.getBundle().getHeaders().get("Guest-Port");
        Listener listener = haft.listen(
                Endpoint.tcp("127.0.0.1", port == null ? 0 : Integer.parseInt(port)), handle -> serve(handle, context));
        haft.types().register(new Tagged("guest.by.types", "guest"));
        haft.types().onChange(() -> changed(listener));
        context.registerService(ReadType.class, new Tagged("guest.by.service", "guest"), null);
        String peer = context.getBundle().getHeaders().get("Guest-Peer");
        if (peer != null) {
            Handle handle = haft.connect(Endpoint.parse(peer)).onEof(Handle::close);
            handle.timeout(Duration.ofHours(1)).onEach(line(), (h, line) -> h.attach(new Tagged(line, line)));
            handle.attach(new Tagged("attached", "attached")).pushWrite("hello\n");
        }
        if (context.getBundle().getHeaders().get("Guest-Timer") != null) {
            haft.loop().schedule(Duration.ofHours(1), () -> changed(listener));
        }
        context.registerService(Runnable.class, haft::close, FrameworkUtil.asDictionary(Map.of(PORT, listener.port())));
    }

    private static void serve(Handle handle, BundleContext context) {
        handle.onEof(Handle::close);
        handle.onEach(line(), (h, line) -> {
            if (line.equals("stop")) {
                context.getBundle().stop();
            } else {
                h.pushWrite("guest " + line + "\n");
            }
        });
    }

    private static void changed(Listener listener) {
        listener.resume();
    }

    @Override
    public void stop(BundleContext context) throws BundleException {}
}
