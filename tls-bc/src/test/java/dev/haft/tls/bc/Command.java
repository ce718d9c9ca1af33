package dev.haft.tls.bc;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A command that runs: its output line by line, waited for in bounded time; ended with the test. Where the program is missing the
 * test is skipped with a message.
 */
final class Command implements AutoCloseable {
    private static final int SECONDS = 30;

    /** No line: there are no more. */
    private static final String END = "\n";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringBuffer all = new StringBuffer();
    private final Thread reader;

    Command(List<String> command) throws IOException {
        process = start(command);
        reader = new Thread(this::read, command.get(0));
        reader.setDaemon(true);
        reader.start();
    }

    private static Process start(List<String> command) throws IOException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            assumeTrue(false, command.get(0) + " is missing: " + e.getMessage());
            throw e;
        }
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                all.append(line).append('\n');
                lines.add(line);
            }
        } catch (IOException e) {
            all.append(e);
        } finally {
            lines.add(END);
        }
    }

    void write(String text) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write(text.getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** The next line that is wanted. */
    String await(Predicate<String> wanted) throws InterruptedException {
        while (true) {
            String line = lines.poll(SECONDS, TimeUnit.SECONDS);
            if (line == null || line.equals(END)) {
                return fail("it did not come; all output:\n" + all);
            }
            if (wanted.test(line)) {
                return line;
            }
        }
    }

    /** All output, once it has ended. */
    String end() throws InterruptedException {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            fail("it did not end; all output:\n" + all);
        }
        reader.join(TimeUnit.SECONDS.toMillis(SECONDS));
        return all.toString();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
