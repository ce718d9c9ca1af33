package dev.haft.engine.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What asks the JDK. Parity open.resolver. */
class SystemResolverTest {
    /** What the other process runs. */
    static final class Main {
        private Main() {}

        public static void main(String... arguments) throws IOException {
            System.out.print(new SystemResolver("dns://127.0.0.1:1").services("_imap._tcp.example.test"));
        }
    }

    @Test
    void whereTheModuleOfJndiIsMissingThereAreNoServices() throws Exception {
        String classPath = Stream.of(Main.class, SystemResolver.class, dev.haft.Haft.class)
                .map(c -> c.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .collect(Collectors.joining(":"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--limit-modules",
                        "java.base",
                        "-cp",
                        classPath,
                        Main.class.getName())
                .redirectErrorStream(true)
                .start();
        assertEquals("[]", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, process.waitFor());
    }

    @Test
    void whereNobodyAnswersThatIsAnError() {
        // Nobody listens on that port: the system says so at once.
        assertThrows(
                IOException.class, () -> new SystemResolver("dns://127.0.0.1:1").services("_imap._tcp.example.test"));
    }
}
