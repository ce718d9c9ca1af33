package dev.haft.itests.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed program with its modules, as a process of its own. */
class StartsIT {
    private static final Path JDK = Path.of(System.getProperty("java.home"), "bin");
    private static final Path MODULES = Path.of(System.getProperty("haft.modules"));
    private static final Path ORIGINALS = Path.of(System.getProperty("haft.originals"));
    private static final String MAIN = "dev.haft.itests.app.Main";
    private static final String MODULE = "dev.haft.itests.app/" + MAIN;
    private static final List<String> TYPES = List.of("json", "cbor", "terminated");
    private static final List<String> AS_MODULES = List.of(
            "program in dev.haft.itests.app",
            "json of dev.haft.json reads com.fasterxml.jackson.databind/ArrayNode [\"a\",1]",
            "cbor of dev.haft.cbor reads dev.haft.cbor/CBORObject [\"a\", 1]",
            "terminated of com.example.terminated reads com.example.terminated/Text [a, 1]");
    private static final List<String> SHAKEN = List.of("program in dev.haft.itests.app", "TLSv1.3 there and back");

    @TempDir
    private Path folder;

    @Test
    void onTheModulePath() throws Exception {
        assertEquals(AS_MODULES, run(TYPES, java(JDK), "--module-path", MODULES.toString(), "--module", MODULE));
    }

    @Test
    void handsAreShakenOnTheModulePathAndOnTheClassPath() throws Exception {
        String file = keyFile();
        assertEquals(SHAKEN, run(List.of(file), java(JDK), "--module-path", MODULES.toString(), "--module", MODULE));
        assertEquals(
                List.of("program in no module", SHAKEN.get(1)),
                run(
                        List.of(file),
                        java(JDK),
                        "--class-path",
                        MODULES.resolve("*").toString(),
                        MAIN));
    }

    /** The argument for a handshake. RSA: an image with the modules that are required has no elliptic curves of the JDK's. */
    private String keyFile() throws Exception {
        Path file = folder.resolve("keys.p12");
        run(
                List.of(),
                JDK.resolve("keytool").toString(),
                "-genkeypair",
                "-alias",
                "test",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                "changeit");
        return "tls=" + file;
    }

    @Test
    void onTheClassPath() throws Exception {
        assertEquals(
                List.of(
                        "program in no module",
                        "json of dev.haft.json reads no module/ArrayNode [\"a\",1]",
                        "cbor of dev.haft.cbor reads no module/CBORObject [\"a\", 1]",
                        "terminated of com.example.terminated reads no module/Text [a, 1]"),
                run(TYPES, java(JDK), "--class-path", MODULES.resolve("*").toString(), MAIN));
    }

    @Test
    void asAnImage() throws Exception {
        Path image = folder.resolve("image");
        run(
                List.of(),
                JDK.resolve("jlink").toString(),
                // BouncyCastle's jars are signed
                "--ignore-signing-information",
                "--module-path",
                MODULES.toString(),
                "--add-modules",
                "dev.haft.itests.app,dev.haft.engine,dev.haft.json,dev.haft.cbor,dev.haft.tls.bc,com.example.terminated",
                "--output",
                image.toString());
        assertEquals(AS_MODULES, run(TYPES, java(image.resolve("bin")), "--module", MODULE));
        assertEquals(SHAKEN, run(List.of(keyFile()), java(image.resolve("bin")), "--module", MODULE));
        assertTrue(run(List.of(), java(image.resolve("bin")), "--list-modules").stream()
                .anyMatch(line -> line.startsWith("dev.haft.json@")));
    }

    @Test
    void withoutAPlugInItsTypeIsUnavailable() throws Exception {
        String fewer;
        try (Stream<Path> jars = Files.list(MODULES)) {
            fewer = jars.map(Path::toString)
                    .filter(jar -> !jar.endsWith("-plugin.jar"))
                    .collect(Collectors.joining(File.pathSeparator));
        }
        assertEquals(
                List.of(AS_MODULES.get(0), AS_MODULES.get(1), AS_MODULES.get(2), "terminated TYPE_UNAVAILABLE"),
                run(TYPES, java(JDK), "--module-path", fewer, "--module", MODULE));
    }

    /** As an automatic module, which has two packages that ours has. Nobody requires it, so that it is left alone. */
    @Test
    void besideTheOriginalCborLibraryThatNobodyRequires() throws Exception {
        assertEquals(AS_MODULES, run(TYPES, java(JDK), "--module-path", withOriginals(), "--module", MODULE));
        assertEquals(
                "cbor of dev.haft.cbor reads no module/CBORObject [\"a\", 1]",
                run(
                                TYPES,
                                java(JDK),
                                "--class-path",
                                MODULES.resolve("*") + File.pathSeparator + ORIGINALS.resolve("*"),
                                MAIN)
                        .get(2));
    }

    @Test
    void theOriginalCborLibraryAndOursCannotBothBeRequired() throws Exception {
        AssertionError refused = assertThrows(
                AssertionError.class,
                () -> run(
                        TYPES,
                        java(JDK),
                        "--module-path",
                        withOriginals(),
                        "--add-modules",
                        "cbor",
                        "--module",
                        MODULE));
        assertTrue(refused.getMessage().contains("com.upokecenter."), refused.getMessage());
        assertTrue(refused.getMessage().contains("boot layer"), refused.getMessage());
    }

    private static String withOriginals() {
        return MODULES + File.pathSeparator + ORIGINALS;
    }

    private static String java(Path bin) {
        return bin.resolve("java").toString();
    }

    /** What it prints. */
    private List<String> run(List<String> arguments, String... start) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(start));
        command.addAll(arguments);
        Path out = Files.createTempFile(folder, "out", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertTrue(process.waitFor(180, TimeUnit.SECONDS), () -> "it does not end: " + command);
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(out, StandardCharsets.UTF_8);
        assertEquals(0, process.exitValue(), () -> String.join("\n", lines));
        return lines;
    }
}
