package dev.haft.itests.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Each bundle in a framework with nothing but what its manifest says. */
class ResolvesAloneIT {
    private static final Set<String> BOUNCY_CASTLE =
            Set.of("bctls-jdk18on", "bcpkix-jdk18on", "bcprov-jdk18on", "bcutil-jdk18on");
    private static final Set<String> JACKSON = Set.of("jackson-annotations", "jackson-core", "jackson-databind");

    /** What each may need of others. A new bundle says it here. */
    private static final Map<String, Set<String>> NEEDS = new TreeMap<>(Map.of(
            "haft-api", Set.of(),
            "haft-engine", Set.of("haft-api"),
            "haft-testkit", Set.of("haft-api"),
            "haft-codec-cbor", Set.of("haft-api"),
            "haft-codec-json", and(JACKSON, "haft-api"),
            "haft-tls-bc", and(BOUNCY_CASTLE, "haft-api"),
            "haft-example-echo", Set.of("haft-api"),
            "haft-example-rpc", Set.of("haft-api"),
            "haft-example-smtp", Set.of("haft-api")));

    @TempDir
    private Path folder;

    private static Set<String> and(Set<String> some, String more) {
        Set<String> all = new TreeSet<>(some);
        all.add(more);
        return all;
    }

    private static List<String> ours() {
        return BundleJars.ours().stream().map(BundleJars::name).toList();
    }

    @Test
    void theBundlesAreThoseThatAreExpected() {
        assertEquals(NEEDS.keySet(), Set.copyOf(ours()));
    }

    private SortedSet<String> declaredBy(String bundle) throws Exception {
        try (Felix felix = Felix.start(folder.resolve("all"))) {
            felix.installAll(BundleJars.all());
            return felix.declaredBy(bundle);
        }
    }

    @ParameterizedTest
    @MethodSource("ours")
    void declaresWhatItMayNeedAndNoMore(String bundle) throws Exception {
        assertEquals(NEEDS.get(bundle), declaredBy(bundle));
    }

    @ParameterizedTest
    @MethodSource("ours")
    void startsWithWhatItDeclares(String name) throws Exception {
        Set<String> declared = declaredBy(name);
        try (Felix felix = Felix.start(folder.resolve("few"))) {
            for (String needed : declared) {
                felix.install(BundleJars.named(needed));
            }
            Bundle bundle = felix.install(BundleJars.named(name));
            // Its message names the requirement that is missing.
            bundle.start();
            assertEquals(Bundle.ACTIVE, bundle.getState());
            for (String type : classes(bundle)) {
                loadsWithAllThatItNames(bundle, type);
            }
        }
    }

    private static List<String> classes(Bundle bundle) {
        return Collections.list(bundle.findEntries("/", "*.class", true)).stream()
                .map(url -> url.getPath().substring(1))
                .filter(path -> !path.endsWith("-info.class"))
                .map(path ->
                        path.substring(0, path.length() - ".class".length()).replace('/', '.'))
                .toList();
    }

    /** What is imported is not all: what is used must be. */
    private static void loadsWithAllThatItNames(Bundle bundle, String name) throws ClassNotFoundException {
        Class<?> type = bundle.loadClass(name);
        int members = type.getDeclaredMethods().length
                + type.getDeclaredConstructors().length
                + type.getDeclaredFields().length;
        assertTrue(members >= 0, name);
    }

    @Test
    void whatIsNotThereIsNamed() throws Exception {
        try (Felix felix = Felix.start(folder.resolve("cache"))) {
            felix.install(BundleJars.named("haft-api"));
            Bundle json = felix.install(BundleJars.named("haft-codec-json"));
            String message = assertThrows(BundleException.class, json::start).getMessage();
            assertTrue(message.contains("com.fasterxml.jackson"), message);
            assertEquals(Bundle.INSTALLED, json.getState());
        }
    }
}
