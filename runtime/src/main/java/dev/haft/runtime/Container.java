package dev.haft.runtime;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.FrameworkWiring;

/** The framework with the bundles of the distribution, and the folder that it keeps its own files in. */
final class Container implements AutoCloseable {
    /** Started by the commands that have plug-ins: it needs to know their folder first. */
    private static final String WATCHER = "org.apache.felix.fileinstall";

    private static final long STOP_MILLIS = 30_000;

    private final Path cache;
    private final Framework framework;
    private boolean closed;

    private Container(Path cache, Framework framework) {
        this.cache = cache;
        this.framework = framework;
    }

    static Container create() throws IOException, BootException {
        FrameworkFactory factory = ServiceLoader.load(FrameworkFactory.class, Container.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new BootException("no OSGi framework on the class path"));
        Path cache = Files.createTempDirectory("haft-");
        return new Container(cache, factory.newFramework(settings(cache)));
    }

    private static Map<String, String> settings(Path cache) {
        Map<String, String> settings = new HashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, cache.resolve("bundles").toString());
        settings.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        // It would print to standard output, which belongs to the commands; see report().
        settings.put("felix.log.level", "0");
        // Nobody else uses this folder, and no bundle of ours brings protocols for URLs.
        settings.put("felix.cache.locking", "false");
        settings.put("felix.service.urlhandlers", "false");
        settings.put("felix.fileinstall.poll", "500");
        settings.put("felix.fileinstall.noInitialDelay", "true");
        settings.put("felix.fileinstall.filter", ".*\\.jar");
        settings.put("felix.fileinstall.subdir.mode", "skip");
        settings.put("felix.fileinstall.disableNio2", "true");
        settings.put("felix.fileinstall.enableConfigSave", "false");
        settings.put("felix.fileinstall.tmpdir", cache.resolve("plugins").toString());
        settings.put("felix.fileinstall.log.default", "jul");
        settings.put("felix.fileinstall.log.level", "2");
        return settings;
    }

    /** Installs and starts all; what does not resolve is an error that says why. */
    void start(Path folder) throws BootException, IOException {
        try {
            framework.init();
            framework.getBundleContext().addFrameworkListener(Container::report);
            List<Bundle> bundles = install(folder);
            framework.start();
            framework.adapt(FrameworkWiring.class).resolveBundles(bundles);
            for (Bundle bundle : bundles) {
                start(bundle);
            }
        } catch (BundleException e) {
            throw new BootException("the OSGi framework does not start", e);
        }
    }

    private List<Bundle> install(Path folder) throws BootException, IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(folder)) {
            jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
        if (jars.isEmpty()) {
            throw new BootException("no bundles in " + folder);
        }
        BundleContext context = framework.getBundleContext();
        List<Bundle> bundles = new ArrayList<>();
        for (Path jar : jars) {
            try {
                // By reference: the jar is used where it is, not copied.
                bundles.add(context.installBundle("reference:" + jar.toUri()));
            } catch (BundleException e) {
                throw new BootException(jar + " cannot be installed", e);
            }
        }
        return bundles;
    }

    private static void start(Bundle bundle) throws BootException {
        try {
            boolean fragment = bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
            if (fragment || WATCHER.equals(bundle.getSymbolicName())) {
                if (bundle.getState() == Bundle.INSTALLED) {
                    throw new BootException("bundle " + bundle.getSymbolicName() + " does not resolve");
                }
            } else {
                bundle.start();
            }
        } catch (BundleException e) {
            throw new BootException("bundle " + bundle.getSymbolicName() + " does not start", e);
        }
    }

    private static void report(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR || event.getType() == FrameworkEvent.WARNING) {
            Level level = event.getType() == FrameworkEvent.ERROR ? Level.ERROR : Level.WARNING;
            log(level, "bundle " + event.getBundle().getSymbolicName(), event.getThrowable());
        }
    }

    /** The commands: from arguments to exit status. */
    @SuppressWarnings("unchecked") // the bundle and this class share the JDK's types only
    ToIntFunction<String[]> command() throws BootException {
        BundleContext context = framework.getBundleContext();
        try {
            for (ServiceReference<?> reference : found(context)) {
                return (ToIntFunction<String[]>) context.getService(reference);
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        throw new BootException("no bundle has the commands");
    }

    @SuppressWarnings("rawtypes") // as the framework types it
    private static Collection<ServiceReference<ToIntFunction>> found(BundleContext context)
            throws InvalidSyntaxException {
        return context.getServiceReferences(ToIntFunction.class, "(haft.command=true)");
    }

    /** Stops all bundles in order; whoever comes second waits until it is done. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            framework.stop();
            framework.waitForStop(STOP_MILLIS);
        } catch (BundleException e) {
            log(Level.WARNING, "the framework does not stop in order", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(cache)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            log(Level.DEBUG, "left behind: " + cache, e);
        }
    }

    /** Not a constant: to begin logging takes time, and most commands do not. */
    private static void log(Level level, String message, @Nullable Throwable thrown) {
        System.getLogger("haft.framework").log(level, message, thrown);
    }
}
