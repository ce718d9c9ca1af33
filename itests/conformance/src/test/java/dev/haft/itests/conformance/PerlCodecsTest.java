package dev.haft.itests.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.upokecenter.cbor.CBORObject;
import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.Listener;
import dev.haft.Read;
import dev.haft.Write;
import dev.haft.cbor.Cbor;
import dev.haft.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A live exchange with the original: AnyEvent::Handle with JSON::XS and CBOR::XS sends values, and sends ours back. Parity
 * {@code r.json}, {@code w.json}, {@code r.cbor}, {@code w.cbor}.
 */
class PerlCodecsTest {
    private static final int SECONDS = 60;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @BeforeAll
    static void isInstalled() throws Exception {
        int status = -1;
        try {
            status = new ProcessBuilder("perl", "-MAnyEvent", "-MJSON::XS", "-MCBOR::XS", "-e", "1")
                    .start()
                    .waitFor();
        } catch (IOException e) {
            // No perl at all.
        }
        Assumptions.assumeTrue(status == 0, "needs libanyevent-perl, libjson-xs-perl, libcbor-xs-perl");
    }

    /** What the original sends, and what it sends back of ours. */
    private static <T> List<T> exchange(String type, Read<T> read, Write<Object> write, int theirs, List<?> ours)
            throws Exception {
        CompletableFuture<List<T>> all = new CompletableFuture<>();
        try (Haft haft = Haft.open();
                Listener listener = haft.listen(Endpoint.tcp("127.0.0.1", 0), handle -> {
                    List<T> values = new ArrayList<>();
                    handle.onError((h, error) -> all.completeExceptionally(error));
                    handle.onEach(read, (h, value) -> {
                        values.add(value);
                        if (values.size() == theirs + ours.size()) {
                            all.complete(values);
                        }
                    });
                    ours.forEach(value -> handle.pushWrite(write, value));
                })) {
            String script = Path.of(Objects.requireNonNull(PerlCodecsTest.class.getResource("/perl/codecs.pl"))
                            .toURI())
                    .toString();
            Process perl = new ProcessBuilder("perl", script, String.valueOf(listener.port()), type)
                    .redirectErrorStream(true)
                    .start();
            // Too early, unless all has come.
            CompletableFuture<Boolean> exit = perl.onExit()
                    .thenApply(p -> all.completeExceptionally(new IOException("the script has ended too early")));
            try {
                List<T> values = all.get(SECONDS, TimeUnit.SECONDS);
                haft.handles().forEach(Handle::close);
                assertEquals(false, exit.get(SECONDS, TimeUnit.SECONDS));
                assertEquals("", new String(perl.getInputStream().readAllBytes(), UTF_8));
                assertEquals(0, perl.exitValue());
                return values;
            } finally {
                perl.destroyForcibly();
            }
        }
    }

    @Test
    void jsonGoesBothWays() throws Exception {
        List<JsonNode> ours = List.of(
                json("[1,-2,9007199254740993,1.5,1e300,\"a\\u0000\\n\u20ac\ud83d\ude00\",null,true,false]"),
                json("{\"k\":{\"\u20ac\":[[],{}]}}"),
                json("[" + "[".repeat(400) + "]".repeat(400) + "]"),
                json("[\"" + "y".repeat(200_000) + "\"]"));
        for (Write<Object> write : List.of(Json.write(), Json.line(), Json.pretty())) {
            List<JsonNode> values = exchange("json", Json.value(), write, 3, ours);
            assertEquals(json("[1,-2,1.5,\"text\",\"\u20ac\ud83d\ude00\\n\\\"\\\\\",null,true]"), values.get(0));
            assertEquals(json("{\"a\":{\"b\":[[],{}]}}"), values.get(1));
            assertEquals(100_000, values.get(2).path(0).textValue().length());
            assertEquals(ours.toString(), values.subList(3, values.size()).toString());
        }
    }

    private static JsonNode json(String text) throws Exception {
        return MAPPER.readTree(text);
    }

    @Test
    void cborGoesBothWays() throws Exception {
        List<CBORObject> ours = List.of(
                CBORObject.FromObject(new Object[] {0, 23, 24, 255, 65536, 4294967296L, -1, -4294967297L}),
                CBORObject.FromObject(new Object[] {1.5, 1.1, 1e300, true, false, CBORObject.Null}),
                CBORObject.FromObject(
                        new Object[] {"\u20ac\ud83d\ude00", new byte[] {0, (byte) 0xff}, new byte[70_000]}),
                CBORObject.NewMap().Add("\u20ac", CBORObject.NewMap().Add("\u6c34", List.of())),
                CBORObject.FromObjectAndTag(List.of(1), 1000));
        for (Write<Object> write : List.of(Cbor.write(), Cbor.deterministic())) {
            List<CBORObject> values = exchange("cbor", Cbor.value(), write, 5, ours);
            assertEquals(
                    CBORObject.FromObject(
                            new Object[] {1, -2, 1.5, "\u20ac\ud83d\ude00", new byte[] {0, (byte) 0xff}, null, true}),
                    values.get(0));
            assertEquals("{\"\\u20AC\": {\"\\u20AC\": [[], {}]}}", values.get(1).toString());
            assertEquals(CBORObject.FromObject(4294967296L), values.get(2));
            assertEquals("1000([1])", values.get(3).toString());
            assertEquals(100_000, values.get(4).get(0).GetByteString().length);
            assertEquals(ours, values.subList(5, values.size()));
        }
    }
}
