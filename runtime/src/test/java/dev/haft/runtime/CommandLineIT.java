package dev.haft.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineIT {
    @TempDir
    private Path folder;

    private HaftProcess.Result run(String... args) throws Exception {
        try (HaftProcess haft = HaftProcess.start(folder.resolve("plugins"), args)) {
            return haft.typeEnd().end();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "serve --help", "talk --help", "types --help", "-h"})
    void helps(String args) throws Exception {
        HaftProcess.Result result = run(args.split(" "));
        assertEquals(0, result.status(), result::toString);
        assertTrue(result.out().get(0).startsWith("Usage: haft"), result::toString);
        assertEquals(List.of(), result.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "talk --version"})
    void tellsItsVersion(String args) throws Exception {
        HaftProcess.Result result = run(args.split(" "));
        assertEquals(0, result.status());
        assertTrue(result.out().get(0).matches("haft \\d+\\.\\d+.*"), result::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nosuch",
                "--nosuch",
                "serve --listen echo",
                "serve --listen echo=nowhere",
                "serve --idle-timeout soon",
                "types more"
            })
    void refusesOtherArguments(String args) throws Exception {
        HaftProcess.Result result = run(args.isEmpty() ? new String[0] : args.split(" "));
        assertEquals(2, result.status(), result::toString);
        assertTrue(result.err().get(0).startsWith("haft: "), result::toString);
    }

    @Test
    void tellsHowServeIsLimitedAndSecured() throws Exception {
        String help = String.join("\n", run("serve", "--help").out());
        for (String option :
                List.of("--idle-timeout", "5m by default", "--client-auth", "--client-ca", "--key-password-file")) {
            assertTrue(help.contains(option), help);
        }
    }

    @Test
    void listsTypes() throws Exception {
        HaftProcess.Result result = run("types");
        assertEquals(0, result.status());
        assertEquals(List.of(), result.err());
        assertTrue(result.out().get(0).matches("KIND +NAME +ORIGIN"));
        for (String type : List.of("line", "chunk", "netstring", "raw", "json")) {
            for (String kind : List.of("read", "write")) {
                assertTrue(
                        result.out().stream().anyMatch(line -> line.matches(kind + " +" + type + " +\\S.*")),
                        kind + " " + type + ": " + result);
            }
        }
        assertTrue(result.out().stream().anyMatch(line -> line.matches("read +json +dev.haft.json.*")));
    }

    @Test
    void namesTheBundleThatDoesNotResolve() throws Exception {
        Path bundles = Files.createDirectory(folder.resolve("bundles"));
        for (String name : List.of("haft-runtime.jar", "haft-api.jar")) {
            Files.copy(HaftProcess.DIST.resolve("bundles").resolve(name), bundles.resolve(name));
        }
        try (HaftProcess haft = HaftProcess.start(bundles, List.of(), "types")) {
            HaftProcess.Result result = haft.end();
            assertEquals(1, result.status());
            assertTrue(
                    result.err().get(0).startsWith("haft: bundle dev.haft.runtime does not start"), result::toString);
            assertTrue(result.err().get(0).contains("osgi.wiring.package="), result::toString);
            assertEquals(1, result.err().size(), result::toString);
        }
    }
}
