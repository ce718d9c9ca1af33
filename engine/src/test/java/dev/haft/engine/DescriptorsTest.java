package dev.haft.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Haft;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A listener whose process has no descriptors left, in a process of its own. Parity open.listen. */
class DescriptorsTest {
    private static final String WARNING = "cannot accept for now";

    /** USER_HZ is 100 on all that Java runs on. */
    private static final int MILLIS_A_TICK = 10;

    @Test
    @EnabledOnOs(OS.LINUX)
    void itBacksOffReportsOnceAndRecoversByItself(@TempDir Path directory) throws Exception {
        Path errors = directory.resolve("errors");
        Process process = start(errors);
        try (PrintWriter orders = new PrintWriter(process.getOutputStream(), true, StandardCharsets.US_ASCII);
                BufferedReader answers = process.inputReader(StandardCharsets.US_ASCII)) {
            assertEquals("exhausted", answers.readLine(), () -> read(errors));
            awaitWarning(errors, process);

            // Failing takes next to no CPU; a loop that spins takes all of one.
            Duration before = cpuOfLoops(process);
            assertFalse(process.waitFor(1, TimeUnit.SECONDS), () -> read(errors));
            Duration used = cpuOfLoops(process).minus(before);
            assertTrue(used.toMillis() < 300, () -> used + " of CPU in a second");

            order("free", "freed", orders, answers);
            order("talk", "talked", orders, answers);
            order("again", "exhausted", orders, answers);
            order("free", "freed", orders, answers);
            order("talk", "talked", orders, answers);
            orders.println("end");
            assertEquals(0, process.waitFor(), () -> read(errors));
            List<String> warnings =
                    read(errors).lines().filter(l -> l.contains(WARNING)).collect(Collectors.toList());
            assertEquals(1, warnings.size(), () -> read(errors));
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(Path errors) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = List.of(FewDescriptors.class, EngineProvider.class, Haft.class).stream()
                .map(c -> c.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .collect(Collectors.joining(":"));
        return new ProcessBuilder(
                        "bash",
                        "-c",
                        "ulimit -n 200; exec \"$0\" -Xshare:auto -cp \"$1\" \"$2\"",
                        java,
                        classPath,
                        FewDescriptors.class.getName())
                .redirectError(errors.toFile())
                .start();
    }

    private static void order(String order, String answer, PrintWriter orders, BufferedReader answers)
            throws IOException {
        orders.println(order);
        assertEquals(answer, answers.readLine());
    }

    /** What the loops of a process have used by now: its compilers and collectors do not count. */
    private static Duration cpuOfLoops(Process process) throws IOException {
        long ticks = 0;
        int loops = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/task"))) {
            for (Path thread : threads) {
                if (Files.readString(thread.resolve("comm")).startsWith("haft-")) {
                    loops++;
                    ticks += cpuTicks(Files.readString(thread.resolve("stat")));
                }
            }
        }
        assertEquals(1, loops);
        return Duration.ofMillis(ticks * MILLIS_A_TICK);
    }

    /** User and system time are fields 14 and 15 of proc(5); the name before them may have blanks in it. */
    private static long cpuTicks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private static void awaitWarning(Path errors, Process process) throws InterruptedException {
        while (!read(errors).contains(WARNING)) {
            assertTrue(!process.waitFor(20, TimeUnit.MILLISECONDS), () -> "it ended: " + read(errors));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
