package dev.haft.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of others against ours, each where it is installed. */
class PeersIT {
    private static final List<String> ANSWERS = List.of("[\"ok\",5]", "[\"ok\",\"A\"]");
    private static final String CALLS = "[\"add\",2,3]\n[\"upper\",\"a\"]\n";

    @TempDir
    private static Path plugins;

    private static HaftProcess server;
    private static String rpc;

    @BeforeAll
    static void serve() throws Exception {
        server = HaftProcess.start(
                plugins, "serve", "--listen", "echo=tcp://127.0.0.1:0", "--listen", "rpc=tcp://127.0.0.1:0");
        server.out();
        String line = server.out();
        rpc = line.substring(line.lastIndexOf(':') + 1);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void assertAnswers(String... command) throws Exception {
        Installed.assume(command[0]);
        try (HaftProcess peer = HaftProcess.start(new ProcessBuilder(command))) {
            HaftProcess.Result result = peer.type(CALLS).typeEnd().end();
            assertEquals(new HaftProcess.Result(0, ANSWERS, List.of()), result);
        }
    }

    @Test
    void socatCalls() throws Exception {
        assertAnswers("socat", "-t60", "-", "TCP4:127.0.0.1:" + rpc);
    }

    @Test
    void netcatCalls() throws Exception {
        assertAnswers("nc", "-N", "127.0.0.1", rpc);
    }

    @Test
    void pythonCalls() throws Exception {
        assertAnswers(
                "python3",
                "-c",
                String.join(
                        "\n",
                        "import json, socket, sys",
                        "s = socket.create_connection(('127.0.0.1', " + rpc + "))",
                        "lines = s.makefile('r')",
                        "for call in sys.stdin:",
                        "    s.sendall(json.dumps(json.loads(call)).encode())",
                        "    print(json.dumps(json.loads(lines.readline()), separators=(',', ':')))"));
    }
}
