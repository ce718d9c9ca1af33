package dev.haft.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TalkIT {
    @TempDir
    private static Path plugins;

    private static HaftProcess server;
    private static String echo;
    private static String rpc;
    private static String rpcCbor;

    @BeforeAll
    static void serve() throws IOException {
        server = HaftProcess.start(
                plugins,
                "serve",
                "--listen",
                "echo=tcp://127.0.0.1:0",
                "--listen",
                "rpc=tcp://127.0.0.1:0",
                "--listen",
                "rpc-cbor=tcp://127.0.0.1:0");
        echo = "tcp://" + server.out().substring("echo ".length());
        rpc = "tcp://" + server.out().substring("rpc ".length());
        rpcCbor = "tcp://" + server.out().substring("rpc-cbor ".length());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HaftProcess.Result talk(String input, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of("talk"));
        command.addAll(List.of(args));
        try (HaftProcess haft = HaftProcess.start(plugins, command.toArray(String[]::new))) {
            return haft.type(input).typeEnd().end();
        }
    }

    private static void assertTalk(List<String> out, HaftProcess.Result result) {
        assertEquals(new HaftProcess.Result(0, out, List.of()), result);
    }

    private static void assertFails(int status, String start, HaftProcess.Result result) {
        assertEquals(status, result.status(), result::toString);
        assertTrue(result.err().get(0).startsWith("haft: " + start), result::toString);
        assertTrue(result.err().stream().noneMatch(line -> line.startsWith("\tat ")), result::toString);
    }

    /** A peer that is sent something, does something, and closes. */
    private static CompletableFuture<String> peer(ServerSocket listener, String answer) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket socket = listener.accept()) {
                byte[] sent = socket.getInputStream().readAllBytes();
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                return new String(sent, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static ServerSocket listener() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static String endpoint(ServerSocket listener) {
        return "tcp://127.0.0.1:" + listener.getLocalPort();
    }

    @Test
    void callsOverJson() throws Exception {
        assertTalk(List.of("[\"ok\",5]"), talk("[\"add\",2,3]\n", rpc, "--write", "json", "--read", "json"));
        assertTalk(
                List.of("[\"ok\",3]", "[\"ok\",\"A\"]"),
                talk("[\"add\",\n  1,\n  2]\n\n[\"upper\",\"a\"]", rpc, "--write", "json", "--read", "json"));
    }

    @Test
    void callsOverCborInDiagnosticNotation() throws Exception {
        assertTalk(
                List.of("[\"ok\", 5]", "[\"ok\", [h'00ff', {1: null}, 1.5, 1000(\"ä\")]]"),
                talk(
                        "[\"add\", 2, 3]\n[\"echo\", h'00 ff', {1: null}, 1.5, 1000(\"ä\")]",
                        rpcCbor,
                        "--write",
                        "cbor",
                        "--read",
                        "cbor"));
        assertFails(1, "BAD_MESSAGE: standard input: ", talk("[1}", rpcCbor, "--write", "cbor", "--read", "cbor"));
    }

    @Test
    void talksInLines() throws Exception {
        assertTalk(List.of("one", "", "zwölf"), talk("one\n\nzwölf", echo));
        assertTalk(List.of(), talk("", echo));
    }

    @Test
    void sendsAndReceivesBytes() throws Exception {
        assertTalk(List.of("abc", "d"), talk("abc\nd\n", echo, "--write", "raw", "--read", "raw"));
        assertTalk(List.of("abc", "", "def", ""), talk("abc\ndef\n", echo, "--write", "chunk:4", "--read", "chunk:4"));
    }

    @Test
    void cutsStandardInputForAChunkAndIgnoresALineFeedAtTheEnd() throws Exception {
        try (ServerSocket listener = listener()) {
            CompletableFuture<String> sent = peer(listener, "12345678");
            assertTalk(
                    List.of("1234", "5678"),
                    talk("abcdefgh\n", endpoint(listener), "--write", "chunk:4", "--read", "chunk:4"));
            assertEquals("abcdefgh", sent.get(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void writesEachLineAsANetstring() throws Exception {
        try (ServerSocket listener = listener()) {
            CompletableFuture<String> sent = peer(listener, "5:hello,0:,");
            assertTalk(
                    List.of("hello", ""),
                    talk("a\nbc\n", endpoint(listener), "--write", "netstring", "--read", "netstring"));
            assertEquals("1:a,2:bc,", sent.get(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void showsEachValueWhenItIsThere() throws Exception {
        try (HaftProcess haft = HaftProcess.start(plugins, "talk", echo)) {
            assertEquals("one", haft.type("one\n").out());
            assertEquals("two", haft.type("two\n").out());
            assertEquals(0, haft.typeEnd().end().status());
        }
    }

    @Test
    void carriesMuchInBothDirections() throws Exception {
        String line = "x".repeat(1000);
        int lines = 20_000;
        try (HaftProcess haft = HaftProcess.start(plugins, "talk", echo)) {
            CompletableFuture<Void> typed = CompletableFuture.runAsync(() -> {
                try {
                    haft.type((line + "\n").repeat(lines)).typeEnd();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            HaftProcess.Result result = haft.end();
            typed.get(60, TimeUnit.SECONDS);
            assertEquals(0, result.status());
            assertEquals(lines, result.out().size());
            assertTrue(result.out().stream().allMatch(line::equals));
        }
    }

    @Test
    void saysWhyItCannotConnect() throws Exception {
        String closed;
        try (ServerSocket listener = listener()) {
            closed = endpoint(listener);
        }
        assertFails(1, "CONNECTION_REFUSED: ", talk("", closed));
        assertFails(1, "UNKNOWN_HOST: ", talk("", "tcp://nosuch.invalid:7007"));
    }

    @Test
    void failsIfNothingComesForTooLong() throws Exception {
        try (HaftProcess haft = HaftProcess.start(plugins, "talk", echo, "--timeout", "200ms")) {
            assertFails(1, "TIMED_OUT: ", haft.end());
        }
    }

    @Test
    void failsIfThePeerEndsWithinAMessage() throws Exception {
        try (ServerSocket listener = listener()) {
            CompletableFuture<String> sent = peer(listener, "whole\npart");
            HaftProcess.Result result = talk("", endpoint(listener));
            assertFails(1, "UNEXPECTED_END: ", result);
            assertEquals(List.of("whole"), result.out());
            sent.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void failsIfThePeerSendsWhatTheTypeDoesNotAllow() throws Exception {
        try (ServerSocket listener = listener()) {
            CompletableFuture<String> sent = peer(listener, "[1] nonsense\n");
            HaftProcess.Result result = talk("", endpoint(listener), "--read", "json");
            assertFails(1, "BAD_MESSAGE: ", result);
            assertEquals(List.of("[1]"), result.out());
            sent.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void failsIfStandardInputIsNoJsonButPrintsTheAnswersToWhatCameBefore() throws Exception {
        HaftProcess.Result result = talk("[\"add\",1,1] nonsense\n", rpc, "--write", "json", "--read", "json");
        assertFails(1, "BAD_MESSAGE: standard input: ", result);
        assertEquals(List.of("[\"ok\",2]"), result.out());
        assertFails(1, "UNEXPECTED_END: standard input: ", talk("[\"add\",", rpc, "--write", "json", "--read", "json"));
    }

    @Test
    void knowsItsTypesBeforeItConnects() throws Exception {
        HaftProcess.Result result = talk("", "tcp://nosuch.invalid:1", "--read", "nosuch");
        assertFails(1, "TYPE_UNAVAILABLE: ", result);
        assertTrue(result.err().get(0).contains("cbor, cbor-text, chunk, json, line"), result::toString);
        assertFails(1, "TYPE_UNAVAILABLE: ", talk("", echo, "--write", "nosuch"));
    }

    @Test
    void refusesWhatCannotBeMeant() throws Exception {
        assertFails(2, "", talk("", "127.0.0.1:7007"));
        assertFails(2, "", talk("", "tcp://127.0.0.1"));
        assertFails(2, "", talk("", "tcp://127.0.0.1:0"));
        assertFails(2, "", talk("", echo, "--timeout", "soon"));
        assertFails(2, "", talk("", echo, "--read", "chunk"));
        assertFails(2, "", talk("", echo, "--write", "chunk:x"));
        assertFails(2, "", talk(""));
    }

    @Test
    void endsWhenThePeerEndsThoughStandardInputIsOpen() throws Exception {
        try (ServerSocket listener = listener();
                HaftProcess haft = HaftProcess.start(plugins, "talk", endpoint(listener))) {
            try (Socket socket = listener.accept()) {
                socket.getOutputStream().write("bye\n".getBytes(StandardCharsets.US_ASCII));
            }
            HaftProcess.Result result = haft.end();
            assertTalk(List.of("bye"), result);
        }
    }

    @Test
    void sendsTheEndWhenStandardInputEnds() throws Exception {
        try (ServerSocket listener = listener();
                HaftProcess haft = HaftProcess.start(plugins, "talk", endpoint(listener))) {
            haft.type("last").typeEnd();
            try (Socket socket = listener.accept()) {
                InputStream in = socket.getInputStream();
                assertEquals("last\n", new String(in.readAllBytes(), StandardCharsets.US_ASCII));
            }
            assertEquals(0, haft.end().status());
        }
    }

    @Test
    void aPeerMayBeNamedByServiceOrIpv6Address() throws Exception {
        // open.multihomed
        String port = echo.substring(echo.lastIndexOf(':') + 1);
        assertTalk(List.of("hello"), talk("hello\n", "tcp://localhost:greeting=" + port));
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getAllByName("::1")[0])) {
            CompletableFuture<String> sent = peer(listener, "yo\n");
            assertTalk(List.of("yo"), talk("hi\n", "tcp://[::1]:" + listener.getLocalPort()));
            assertEquals("hi\n", sent.get(20, TimeUnit.SECONDS));
        }
        assertFails(1, "UNKNOWN_HOST: ", talk("", "tcp://localhost:nosuch"));
        assertFails(2, "", talk("", "tcp://:imap"));
    }
}
