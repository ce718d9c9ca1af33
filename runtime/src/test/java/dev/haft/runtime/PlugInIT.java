package dev.haft.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlugInIT {
    @TempDir
    private Path folder;

    private Path plugins;

    @BeforeEach
    void choose() {
        plugins = folder.resolve("plugins");
    }

    private HaftProcess serve() throws Exception {
        HaftProcess haft = HaftProcess.start(
                plugins, "serve", "--listen", "echo=tcp://127.0.0.1:0", "--listen", "rpc=tcp://127.0.0.1:0");
        assertTrue(haft.out().startsWith("echo "));
        return haft;
    }

    /** The line of a protocol; those of others may come before it. */
    private static String line(HaftProcess haft, String protocol) {
        String line = haft.out();
        while (!line.startsWith(protocol + " ")) {
            line = haft.out();
        }
        return line;
    }

    private static int port(String line) {
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    }

    @Test
    void comesChangesAndGoesWhileOthersAreServed() throws Exception {
        try (HaftProcess haft = serve()) {
            int rpc = port(line(haft, "rpc"));
            try (LineClient caller = new LineClient(rpc)) {
                assertTrue(!caller.write("[\"types\"]").read().contains("shout"));

                PlugInJar.activated("shout").drop(plugins, "third.jar");
                String line = line(haft, "shout");
                assertTrue(line.startsWith("shout 127.0.0.1:"), line);
                assertTrue(caller.write("[\"types\"]").read().contains("\"shout\""));
                try (LineClient client = new LineClient(port(line))) {
                    assertEquals("HELLO", client.write("hello\n").read());

                    PlugInJar.activated("louder").drop(plugins, "third.jar");
                    haft.err("shout is no longer served");
                    assertNull(client.read(), "a connection ends with its bundle");
                }
                assertThrows(ConnectException.class, () -> new LineClient(port(line)).close());
                String louder = line(haft, "louder");
                assertTrue(louder.startsWith("louder 127.0.0.1:"), louder);
                String types = caller.write("[\"types\"]").read();
                assertTrue(types.contains("\"louder\"") && !types.contains("\"shout\""), types);

                Files.delete(plugins.resolve("third.jar"));
                haft.err("removed thirdparty.activated");
                assertTrue(!caller.write("[\"types\"]").read().contains("louder"));
            }
            HaftProcess.Result result = haft.terminate();
            assertTrue(result.err().stream().noneMatch(line -> line.startsWith("\tat ")), result::toString);
        }
    }

    @Test
    void isThereBeforeACommandRuns() throws Exception {
        PlugInJar.activated("shout").drop(plugins, "third.jar");
        try (HaftProcess haft = HaftProcess.start(plugins, "types")) {
            HaftProcess.Result result = haft.end();
            assertEquals(0, result.status());
            assertTrue(
                    result.out().stream().anyMatch(line -> line.matches("read +shout +thirdparty.activated.*")),
                    result::toString);
        }
    }

    @Test
    void mayRegisterAsAComponentOrByServiceLoader() throws Exception {
        PlugInJar.component().drop(plugins, "component.jar");
        PlugInJar.provider().drop(plugins, "provider.jar");
        try (HaftProcess haft = HaftProcess.start(folder.resolve("other"), "types", "--plugins", plugins.toString())) {
            List<String> out = haft.end().out();
            assertTrue(
                    out.stream().anyMatch(line -> line.matches("read +shout +thirdparty.component.*")), out::toString);
            assertTrue(
                    out.stream().anyMatch(line -> line.matches("read +shout +thirdparty.provider.*")), out::toString);
        }
    }

    @Test
    void isNamedIfItDoesNotResolve() throws Exception {
        PlugInJar.unresolvable().drop(plugins, "bad.jar");
        Files.writeString(plugins.resolve("broken.jar"), "no jar at all");
        PlugInJar.activated("shout").drop(plugins, "good.jar");
        try (HaftProcess haft = HaftProcess.start(plugins, "types")) {
            HaftProcess.Result result = haft.end();
            assertEquals(0, result.status());
            assertTrue(
                    result.err().stream().anyMatch(line -> line.contains("bad.jar") && line.contains("no.such.thing")),
                    result::toString);
            assertTrue(result.err().stream().anyMatch(line -> line.contains("broken.jar")), result::toString);
            assertTrue(result.err().stream().noneMatch(line -> line.startsWith("\tat ")), result::toString);
            assertTrue(result.out().stream().anyMatch(line -> line.startsWith("read   shout")), result::toString);
        }
    }

    @Test
    void readsForTalk() throws Exception {
        PlugInJar.activated("shout").drop(plugins, "third.jar");
        try (HaftProcess server = serve();
                HaftProcess haft = HaftProcess.start(
                        plugins, "talk", "tcp://127.0.0.1:" + port(line(server, "rpc")), "--read", "shout")) {
            haft.type("[\"upper\",\"a\"]\n").typeEnd();
            assertEquals(List.of("[\"OK\",\"A\"]"), haft.end().out());
        }
    }
}
