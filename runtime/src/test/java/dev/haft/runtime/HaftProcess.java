package dev.haft.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A running haft command: its lines as they come, waited for in bounded time. */
final class HaftProcess implements AutoCloseable {
    static final Path DIST = Path.of(System.getProperty("haft.dist"));
    private static final int SECONDS = 60;

    private final Process process;
    private final Lines out;
    private final Lines err;

    private HaftProcess(Process process) {
        this.process = process;
        this.out = new Lines(process.getInputStream());
        this.err = new Lines(process.getErrorStream());
    }

    /** Starts {@code haft args...} as the script does. */
    static HaftProcess start(Path plugins, String... args) throws IOException {
        return start(DIST.resolve("bundles"), List.of("-Dhaft.plugins=" + plugins), args);
    }

    /** Starts it with other bundles, or with more for the virtual machine. */
    static HaftProcess start(Path bundles, List<String> options, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dhaft.bundles=" + bundles));
        if (Runtime.version().feature() >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(options);
        String framework = DIST.resolve("framework/*").toString();
        String launcher = DIST.resolve("bundles/haft-runtime.jar").toString();
        command.addAll(List.of("-cp", framework + File.pathSeparator + launcher, "dev.haft.runtime.Launcher"));
        command.addAll(List.of(args));
        return start(new ProcessBuilder(command));
    }

    static HaftProcess start(ProcessBuilder builder) throws IOException {
        return new HaftProcess(builder.start());
    }

    /** Writes to its standard input, which stays open. */
    HaftProcess type(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return this;
    }

    /** Ends its standard input. */
    HaftProcess typeEnd() throws IOException {
        process.getOutputStream().close();
        return this;
    }

    /** The next line of standard output. */
    String out() {
        return out.await(line -> true, this);
    }

    /** The next line of standard output that contains this. */
    String out(String part) {
        return out.await(line -> line.contains(part), this);
    }

    /** The next line of standard error that contains this. */
    String err(String part) {
        return err.await(line -> line.contains(part), this);
    }

    /** Waits for its end. */
    Result end() throws InterruptedException {
        assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), () -> "it does not end: " + this);
        out.join();
        err.join();
        return new Result(process.exitValue(), List.copyOf(out.all), List.copyOf(err.all));
    }

    /** As a user who presses the interrupt key, or a service manager. */
    Result terminate() throws InterruptedException {
        process.destroy();
        return end();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return "standard output " + out.all + ", standard error " + err.all;
    }

    /** How it ended. */
    record Result(int status, List<String> out, List<String> err) {}

    /** The lines of one stream. */
    private static final class Lines {
        private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> all = new LinkedBlockingQueue<>();
        private final Thread reader;

        Lines(InputStream in) {
            reader = new Thread(() -> read(in), "lines");
            reader.setDaemon(true);
            reader.start();
        }

        private void read(InputStream in) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    all.add(line);
                    waiting.add(line);
                }
            } catch (IOException e) {
                all.add(e.toString());
            }
        }

        String await(Predicate<String> wanted, HaftProcess process) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            try {
                while (true) {
                    String line = waiting.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                    if (line == null) {
                        return fail("no such line: " + process);
                    }
                    if (wanted.test(line)) {
                        return line;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return fail(e);
            }
        }

        void join() throws InterruptedException {
            reader.join(TimeUnit.SECONDS.toMillis(SECONDS));
        }
    }
}
