package dev.haft.itests.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** A framework of its own, empty at first. */
final class Felix implements AutoCloseable {
    private final Framework framework;
    private final Map<String, Bundle> bundles = new LinkedHashMap<>();

    private Felix(Framework framework) {
        this.framework = framework;
    }

    static Felix start(Path cache) throws BundleException {
        FrameworkFactory factory =
                ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow();
        Framework framework = factory.newFramework(Map.of(Constants.FRAMEWORK_STORAGE, cache.toString()));
        framework.start();
        return new Felix(framework);
    }

    Bundle install(Path jar) throws BundleException {
        Bundle bundle = framework.getBundleContext().installBundle(jar.toUri().toString());
        bundles.put(BundleJars.name(jar), bundle);
        return bundle;
    }

    void installAll(Iterable<Path> jars) throws BundleException {
        for (Path jar : jars) {
            install(jar);
        }
    }

    /** Those that were installed. */
    List<Bundle> bundles() {
        return List.copyOf(bundles.values());
    }

    Bundle bundle(String name) {
        return bundles.get(name);
    }

    /**
     * The bundles that one declares to need, and that these declare, and so on. What the framework itself provides needs no
     * bundle. What nobody provides is left to the resolver to complain about.
     */
    SortedSet<String> declaredBy(String name) {
        SortedSet<String> needed = new TreeSet<>();
        List<String> open = new ArrayList<>(List.of(name));
        while (!open.isEmpty()) {
            for (String provider : providersOf(open.remove(open.size() - 1))) {
                if (!provider.equals(name) && needed.add(provider)) {
                    open.add(provider);
                }
            }
        }
        return needed;
    }

    private List<String> providersOf(String name) {
        return revision(bundle(name)).getDeclaredRequirements(null).stream()
                .filter(Felix::isMandatory)
                .filter(need -> !isMet(need, framework))
                .flatMap(need -> providerOf(need).stream())
                .toList();
    }

    private static boolean isMandatory(BundleRequirement need) {
        return !Constants.RESOLUTION_OPTIONAL.equals(need.getDirectives().get(Constants.RESOLUTION_DIRECTIVE));
    }

    private List<String> providerOf(BundleRequirement need) {
        return bundles.entrySet().stream()
                .filter(e -> isMet(need, e.getValue()))
                .map(Map.Entry::getKey)
                .limit(1)
                .toList();
    }

    private static boolean isMet(BundleRequirement need, Bundle by) {
        return revision(by).getDeclaredCapabilities(need.getNamespace()).stream()
                .anyMatch(need::matches);
    }

    /** What a bundle exports. */
    static Stream<BundleCapability> exports(Bundle bundle) {
        return revision(bundle).getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream();
    }

    private static BundleRevision revision(Bundle bundle) {
        return bundle.adapt(BundleRevision.class);
    }

    @Override
    public void close() throws BundleException, IOException {
        framework.stop();
        try {
            if (framework.waitForStop(TimeUnit.SECONDS.toMillis(60)).getType() != FrameworkEvent.STOPPED) {
                throw new IOException("the framework does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
