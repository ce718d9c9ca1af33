package dev.haft.engine;

import static dev.haft.Reads.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.haft.Handle;
import dev.haft.Read;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/reading.md, word for word, as {@link dev.haft.engine.doc.ChaptersTest} sees to. */
class ReadingExamplesTest {
    private final Events events = new Events();

    private void got(String what) {
        events.add(what);
    }

    private Pair open() throws Exception {
        return Pair.open(Link.TCP, events.options());
    }

    @Test
    void oneAfterTheOther() throws Exception {
        try (Pair pair = open()) {
            pair.onLoop(handle -> {
                handle.pushRead(line(), (h, name) -> got("name " + name));
                handle.pushRead(line(), (h, colour) -> got("colour " + colour));
                handle.pushRead(chunk(3), (h, bytes) -> got(bytes.length + " bytes"));
            });
            pair.peer.send("Arthur\nblue\nabcLancelot\n");
            events.expect("name Arthur", "colour blue", "3 bytes");
            Handle handle = pair.handle;
            String name = handle.read(line()).join();
            assertEquals("Lancelot", name);
        }
    }

    @Test
    void aLengthThenXml() throws Exception {
        try (Pair pair = open()) {
            pair.onLoop(handle -> {
                Read<String> epp = chunk(4).flatMap(head ->
                                chunk(ByteBuffer.wrap(head).getInt() - 4).limit(1 << 20))
                        .map(xml -> new String(xml, StandardCharsets.UTF_8))
                        .named("epp");
                handle.onEach(epp, (h, xml) -> got("xml " + xml));
            });
            for (String piece : "\0\0\0\10<a/>\0\0\0\10<b/>".split("", -1)) {
                pair.peer.send(piece);
            }
            events.expect("xml <a/>", "xml <b/>");
            pair.peer.end();
            events.expect("eof");
        }
    }

    @Test
    void theFirstReplyDecidesWhatIsReadNext() throws Exception {
        for (boolean ok : new boolean[] {true, false}) {
            try (Pair pair = open()) {
                pair.onLoop(handle -> {
                    handle.pushWrite("request 1\r\n");
                    handle.pushRead(line(), (h, reply) -> {
                        got(reply);
                        if (reply.equals("OK")) {
                            h.unshiftRead(line(), (again, text) -> got("text " + text));
                        }
                    });
                    handle.pushWrite("request 2\r\n");
                    handle.pushRead(chunk(64), (h, bytes) -> got(bytes.length + " bytes"));
                });
                assertEquals("request 1\r\nrequest 2\r\n", pair.peer.receive(22));
                pair.peer.send((ok ? "OK\r\nmore\r\n" : "ERROR\r\n") + "x".repeat(64));
                if (ok) {
                    events.expect("OK", "text more", "64 bytes");
                } else {
                    events.expect("ERROR", "64 bytes");
                }
            }
        }
    }

    @Test
    void aLargeBodyGoesToAFile(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("upload");
        try (Pair pair = open();
                FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            pair.onLoop(handle -> {
                Read<Long> upload = line().map(Long::parseLong).flatMap(length -> stream(length, file));
                handle.pushRead(upload, (h, count) -> got(count + " bytes"));
            });
            pair.peer.send("300000\n" + "x".repeat(300_000));
            events.expect("300000 bytes");
            assertEquals(300_000, Files.size(path));
            Handle handle = pair.handle;
            Flow.Publisher<String> lines = handle.publisher(line());
            assertEquals("publisher of line", lines.toString());
        }
    }

    @Test
    void aReadHasALimitAndATime() throws Exception {
        try (Pair pair = open()) {
            pair.onLoop(handle -> {
                handle.pushRead(line().limit(512).within(Duration.ofSeconds(10)), (h, command) -> got(command));
            });
            pair.peer.send("x".repeat(514));
            events.expect("TOO_LONG");
        }
    }

    @Test
    void aReadThatIsPutFirstTakesUpTheStream() throws Exception {
        try (Pair pair = open()) {
            pair.onLoop(handle -> {
                handle.onError((h, error) -> {
                    got(error.code().name());
                    if (!error.fatal()) {
                        h.unshiftRead(line(), (again, skipped) -> got("skipped " + skipped));
                    }
                });
                handle.onEach(netstring(), (h, bytes) -> got(new String(bytes, StandardCharsets.UTF_8)));
            });
            pair.peer.send("1:a,no\n1:b,");
            events.expect("a", "BAD_MESSAGE", "skipped no", "b");
        }
    }
}
