package dev.haft.itests.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/** Others in the same framework use the library that is in our bundle, too: ours, or one of their own. */
class CborLibraryIT {
    private static final Path ORIGINALS = Path.of(System.getProperty("haft.originals"));
    private static final String LIBRARY = "com.upokecenter.cbor.CBORObject";
    private static final List<String> JARS = List.of("cbor.jar", "numbers.jar", "datautilities.jar");
    private static final String EMBEDDED = String.join(",", JARS);

    @TempDir
    private Path folder;

    private Felix felix;
    private Bundle ours;

    @BeforeEach
    void start() throws Exception {
        felix = Felix.start(folder.resolve("cache"));
        felix.install(BundleJars.named("haft-api"));
        ours = felix.install(BundleJars.named("haft-codec-cbor"));
    }

    @AfterEach
    void stop() throws Exception {
        felix.close();
    }

    /** A bundle without code of its own. */
    private Bundle bundle(String name, Map<String, String> headers) throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        manifest.getMainAttributes().putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        headers.forEach(manifest.getMainAttributes()::putValue);
        Path jar = folder.resolve(name + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            if (headers.containsKey(Constants.BUNDLE_CLASSPATH)) {
                for (String embedded : JARS) {
                    copy(embedded, entries);
                }
            }
        }
        Bundle bundle = felix.install(jar);
        bundle.start();
        return bundle;
    }

    private static void copy(String name, JarOutputStream entries) throws IOException {
        entries.putNextEntry(new JarEntry(name));
        Files.copy(ORIGINALS.resolve(name), entries);
        entries.closeEntry();
    }

    private static Class<?> library(Bundle bundle) throws Exception {
        return bundle.loadClass(LIBRARY);
    }

    private static void decodes(Bundle bundle) throws Exception {
        Object value = library(bundle)
                .getMethod("DecodeFromBytes", byte[].class)
                .invoke(null, (Object) new byte[] {(byte) 0x82, 1, 2});
        assertEquals("[1, 2]", value.toString());
    }

    @Test
    void whoEmbedsACopyHasItsOwn() throws Exception {
        Bundle theirs = bundle("com.example.embeds", Map.of(Constants.BUNDLE_CLASSPATH, EMBEDDED));
        ours.start();
        assertNotSame(library(ours), library(theirs));
        decodes(ours);
        decodes(theirs);
    }

    @Test
    void whoImportsBothHasOursThoughAnotherIsExported() throws Exception {
        Bundle exports = bundle(
                "com.example.exports",
                Map.of(
                        Constants.BUNDLE_CLASSPATH,
                        EMBEDDED,
                        Constants.EXPORT_PACKAGE,
                        "com.upokecenter.cbor;version=\"9\",com.upokecenter.numbers;version=\"9\""));
        Bundle uses = bundle(
                "com.example.uses",
                Map.of(
                        Constants.IMPORT_PACKAGE,
                        "com.upokecenter.cbor;version=\"[4.5,10)\",dev.haft.cbor",
                        Constants.REQUIRE_CAPABILITY,
                        "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version>=17))\""));
        Bundle others = bundle(
                "com.example.others", Map.of(Constants.IMPORT_PACKAGE, "com.upokecenter.cbor;version=\"[9,10)\""));
        ours.start();
        assertSame(library(ours), library(uses));
        assertSame(library(exports), library(others));
        assertNotSame(library(ours), library(others));
        for (Bundle each : new Bundle[] {ours, exports, uses, others}) {
            decodes(each);
        }
    }
}
