package dev.haft.itests.osgi;

import static org.junit.Assert.assertThrows;

import dev.haft.itests.osgi.thirdparty.GuestActivator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;

/** What tests see of a bundle that uses Haft. */
final class Guest {
    private Guest() {}

    /** The service that it registers itself. */
    private static ServiceReference<?> service(Bundle guest) {
        return Arrays.stream(guest.getRegisteredServices())
                .filter(service -> service.getProperty(GuestActivator.PORT) != null)
                .findFirst()
                .orElseThrow();
    }

    /** Where it listens. */
    static int port(Bundle guest) {
        return (Integer) service(guest).getProperty(GuestActivator.PORT);
    }

    /** It calls {@code close()} of its Haft. */
    static void closeItsHaft(Bundle guest) {
        ServiceReference<?> service = service(guest);
        ((Runnable) guest.getBundleContext().getService(service)).run();
    }

    static void assertRefused(int port) {
        assertThrows(ConnectException.class, () -> connect(port));
    }

    private static void connect(int port) throws IOException {
        new LineClient(port).close();
    }

    static WeakReference<ClassLoader> loader(Bundle bundle) {
        return new WeakReference<>(
                Objects.requireNonNull(bundle.adapt(BundleWiring.class)).getClassLoader());
    }

    /** Collects garbage until it is gone, for some time; what is not leaves a heap dump that says who keeps it. */
    static boolean isCollected(WeakReference<?> reference) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(InFelix.SECONDS);
        ReferenceQueue<Object> gone = new ReferenceQueue<>();
        Reference<?> watched = watch(reference, gone);
        try {
            while (reference.get() != null && System.nanoTime() < end) {
                System.gc();
                // Not one collection after the other: on a busy machine nothing else would run, not even who lets it
                // go.
                gone.remove(100);
            }
        } finally {
            Reference.reachabilityFence(watched);
        }
        boolean collected = reference.get() == null;
        if (!collected) {
            Path dump = Files.createTempDirectory("haft-kept").resolve("kept.hprof");
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                            "dumpHeap",
                            new Object[] {dump.toString(), true},
                            new String[] {String.class.getName(), boolean.class.getName()});
            System.err.println("what is kept, and by whom: " + dump);
        }
        return collected;
    }

    private static Reference<?> watch(WeakReference<?> reference, ReferenceQueue<Object> gone) {
        return new WeakReference<>(reference.get(), gone);
    }
}
