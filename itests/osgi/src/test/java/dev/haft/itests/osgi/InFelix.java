package dev.haft.itests.osgi;

import static org.junit.Assert.assertNotNull;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import dev.haft.Haft;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** Runs as a bundle in a framework where all bundles are. One framework for each class: it may do as it likes. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class InFelix {
    /** What takes longer has failed. */
    static final int SECONDS = 30;

    @Inject
    protected BundleContext context;

    @Configuration
    public Option[] configuration() {
        return options(
                composite(BundleJars.all().stream()
                        .map(jar -> bundle(jar.toUri().toString()))
                        .toArray(Option[]::new)),
                systemProperty("org.ops4j.pax.logging.DefaultServiceLog.level").value("WARN"),
                junitBundles());
    }

    /** What comes in time. */
    static <T> T soon(CompletableFuture<T> future) throws Exception {
        return future.get(SECONDS, TimeUnit.SECONDS);
    }

    /** What may fail. */
    interface Step {
        void run() throws Exception;
    }

    /** Does it on a thread of its own, to look on meanwhile. */
    static CompletableFuture<Void> aside(Step step) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Runnable all = () -> {
            try {
                step.run();
                done.complete(null);
            } catch (Throwable t) {
                done.completeExceptionally(t);
            }
        };
        new Thread(all, "aside").start();
        return done;
    }

    protected Bundle installed(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(b -> symbolicName.equals(b.getSymbolicName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no bundle " + symbolicName));
    }

    /** The Haft of this bundle, once there is one. */
    protected Haft haft() throws InterruptedException {
        ServiceTracker<Haft, Haft> tracker = new ServiceTracker<>(context, Haft.class, null);
        tracker.open();
        assertNotNull("no Haft", tracker.waitForService(TimeUnit.SECONDS.toMillis(SECONDS)));
        tracker.close();
        // The tracker gives its own back; this one is kept until the bundle, or the engine, stops.
        return context.getService(context.getServiceReference(Haft.class));
    }

    /** Threads of any engine. */
    static Set<Thread> haftThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("haft-"))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
