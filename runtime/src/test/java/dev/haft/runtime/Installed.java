package dev.haft.runtime;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Programs of others. */
final class Installed {
    private Installed() {}

    /** Skips the test where there is no such program. */
    static void assume(String program) {
        assumeTrue(is(program), program + " is not installed");
    }

    /** The first of these that is there; skips the test where there is none. */
    static String assumeAny(String... programs) {
        for (String program : programs) {
            if (is(program)) {
                return program;
            }
        }
        return abort("none is installed of " + String.join(", ", programs));
    }

    private static boolean is(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
