package dev.haft.itests.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleCapability;

/** What every jar is: a bundle, a module and a jar of the class path at once. */
class LibraryJarsIT {
    private static final String PACKAGE = "osgi.wiring.package";

    @TempDir
    private Path folder;

    private static List<Path> ours() {
        return BundleJars.ours();
    }

    /** Those that others are compiled against. */
    private static List<Path> libraries() {
        return ours().stream()
                .filter(jar -> !BundleJars.name(jar).startsWith("haft-example-"))
                .toList();
    }

    private static ModuleDescriptor module(Path jar) {
        return ModuleFinder.of(jar).findAll().stream()
                .map(ModuleReference::descriptor)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("ours")
    void isAModuleWithACompiledDescriptor(Path jar) throws Exception {
        assertFalse(module(jar).isAutomatic());
        assertFalse(module(jar).isOpen());
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            assertNotEquals(null, zip.getEntry("module-info.class"));
        }
    }

    @ParameterizedTest
    @MethodSource("ours")
    void isABundleOfTheSameName(Path jar) throws Exception {
        try (Felix felix = Felix.start(folder)) {
            assertEquals(module(jar).name(), felix.install(jar).getSymbolicName());
        }
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void exportsTheSameAsABundleEachPackageWithItsVersion(Path jar) throws Exception {
        try (Felix felix = Felix.start(folder)) {
            Bundle bundle = felix.install(jar);
            Set<String> ofModule = module(jar).exports().stream()
                    .filter(exports -> !exports.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toSet());
            assertEquals(
                    ofModule, Felix.exports(bundle).map(LibraryJarsIT::name).collect(Collectors.toSet()));
            for (BundleCapability exported : Felix.exports(bundle).toList()) {
                assertNotEquals(Version.emptyVersion, version(exported), name(exported));
            }
        }
    }

    private static String name(BundleCapability exported) {
        return (String) exported.getAttributes().get(PACKAGE);
    }

    private static Version version(BundleCapability exported) {
        return (Version) exported.getAttributes().get(Constants.VERSION_ATTRIBUTE);
    }

    @ParameterizedTest
    @MethodSource("ours")
    void offersTheSameServicesToModulesAndToTheClassPath(Path jar) throws Exception {
        Map<String, List<String>> ofModule = new TreeMap<>();
        module(jar).provides().forEach(provides -> ofModule.put(provides.service(), provides.providers()));
        Map<String, List<String>> ofClassPath = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                String service = entry.getName().replaceFirst("^META-INF/services/", "");
                if (!entry.isDirectory() && !service.equals(entry.getName())) {
                    String text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                    ofClassPath.put(
                            service,
                            text.lines()
                                    .map(line -> line.replaceFirst("#.*", "").strip())
                                    .filter(line -> !line.isEmpty())
                                    .toList());
                }
            }
        }
        assertEquals(ofModule, ofClassPath);
    }

    @Test
    void noPackageIsInTwoJars() throws Exception {
        Map<String, Path> homes = new TreeMap<>();
        Map<String, List<Path>> doubles = new TreeMap<>();
        for (Path jar : BundleJars.all()) {
            for (String name : module(jar).packages()) {
                Path other = homes.putIfAbsent(name, jar);
                if (other != null) {
                    doubles.put(name, List.of(other, jar));
                }
            }
        }
        assertEquals(Map.of(), doubles);
    }
}
