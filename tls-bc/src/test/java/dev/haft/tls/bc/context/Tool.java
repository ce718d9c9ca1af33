package dev.haft.tls.bc.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Runs a program of the system for a test; where it is missing the test is skipped with a message. */
final class Tool {
    private Tool() {}

    /** What it says on standard output; it must succeed. */
    static String run(Path directory, String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectError(directory.resolve("stderr.txt").toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue(false, command[0] + " is missing: " + e.getMessage());
            throw e;
        }
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(true, process.waitFor(60, TimeUnit.SECONDS), "in time: " + Arrays.toString(command));
        assertEquals(0, process.exitValue(), () -> Arrays.toString(command) + ": " + directory.resolve("stderr.txt"));
        return output;
    }

    /** The same for {@code openssl}, with the words of one line. */
    static String openssl(Path directory, String arguments) throws IOException, InterruptedException {
        return run(directory, ("openssl " + arguments).split(" ", -1));
    }
}
