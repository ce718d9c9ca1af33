package dev.haft.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptIT {
    private static final Path SCRIPT =
            Path.of(System.getProperty("haft.root"), "haft").toAbsolutePath();

    @TempDir
    private Path folder;

    private HaftProcess script(Path script, String... args) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString());
        builder.command().addAll(List.of(args));
        builder.directory(folder.toFile());
        // The build that runs this test is the one that it would start.
        builder.environment().put("HAFT_BUILD", "never");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return HaftProcess.start(builder);
    }

    @Test
    void runsFromAnyFolderAndThroughLinks() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("one"), SCRIPT);
        Path relative = Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));
        for (Path script : List.of(SCRIPT, link, relative)) {
            try (HaftProcess haft = script(script, "--version")) {
                HaftProcess.Result result = haft.end();
                assertEquals(0, result.status(), result::toString);
                assertEquals(List.of(), result.err());
            }
        }
    }

    @Test
    void leavesStandardInputToTheCommand() throws Exception {
        Path plugins = folder.resolve("plugins");
        try (HaftProcess server = HaftProcess.start(
                plugins, "serve", "--listen", "echo=tcp://127.0.0.1:0", "--listen", "rpc=tcp://127.0.0.1:0")) {
            String echo = "tcp://" + server.out().substring("echo ".length());
            try (HaftProcess haft = script(SCRIPT, "talk", echo, "--plugins", plugins.toString())) {
                assertEquals(
                        List.of("hello"), haft.type("hello\n").typeEnd().end().out());
            }
        }
    }

    @Test
    void refusesAnOldJava() throws Exception {
        Path home = Files.createDirectories(folder.resolve("old"));
        Path java = Files.createFile(Files.createDirectory(home.resolve("bin")).resolve("java"));
        assertTrue(java.toFile().setExecutable(true));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        ProcessBuilder builder = new ProcessBuilder("bash", SCRIPT.toString(), "--version");
        builder.environment().put("JAVA_HOME", home.toString());
        try (HaftProcess haft = HaftProcess.start(builder)) {
            HaftProcess.Result result = haft.end();
            assertEquals(1, result.status());
            assertTrue(result.err().get(0).contains("17 or newer"), result::toString);
        }
    }
}
