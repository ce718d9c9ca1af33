package dev.haft.itests.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.upokecenter.cbor.CBORObject;
import dev.haft.Decoder;
import dev.haft.Handle;
import dev.haft.HandleOptions;
import dev.haft.Line;
import dev.haft.Read;
import dev.haft.ReadCallback;
import dev.haft.Reads;
import dev.haft.RegexRead;
import dev.haft.cbor.Cbor;
import dev.haft.cbor.CborRead;
import dev.haft.json.Json;
import dev.haft.json.JsonRead;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsRole;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The requests {@code push_read} and {@code unshift_read} as reads of Haft, with the original's missing limits. */
final class Requests {
    private static final Pattern DECIMAL = Pattern.compile("[0-9]+");

    private final Play play;
    private final Actions actions;

    Requests(Play play, Actions actions) {
        this.play = play;
        this.actions = actions;
    }

    void push(Handle handle, JsonNode request, Context context) {
        JsonNode args = request.path("args");
        String type = request.path("type").asText();
        int unlimited = HandleOptions.unlimited();
        switch (type) {
            case "chunk" -> push(handle, request, Reads.chunk(number(args.path(0), context)), Look.BYTES);
            case "line" -> line(handle, request, args.path(0));
            case "regex" -> regex(handle, request, args);
            case "netstring" -> push(handle, request, Reads.netstring(unlimited), Look.BYTES);
            case "packstring" -> push(handle, request, Reads.packed(args.path(0).asText(), unlimited), Look.BYTES);
            case "json" -> push(handle, request, json(), Look.JSON);
            case "tls_detect" -> push(handle, request, Reads.tlsDetect(), Look.TLS_DETECTION);
            case "tls_autostart" -> autostart(handle, request, args);
            case "cbor" -> push(handle, request, cbor(), Look.CBOR);
            case "raw" -> raw(handle, request);
            default -> push(handle, request, play.haft().types().read(type), Look.ANYTHING);
        }
    }

    /** Has no callback: what it found is seen by what follows. */
    private void autostart(Handle handle, JsonNode request, JsonNode args) {
        TlsRole role = HandleTls.role(args.path(args.size() - 1));
        TlsContext context = HandleTls.context(play.scenario(), args.size() > 1 ? args.path(0) : args.path("none"));
        if (role == TlsRole.SERVER && request.path("do").asText().equals("push_read")) {
            handle.tlsAutostart(context);
        } else {
            enqueue(handle, request, Reads.tlsDetect(), (h, found) -> {
                if (found.tls()) {
                    h.startTls(role, context);
                }
            });
        }
    }

    private void line(Handle handle, JsonNode request, JsonNode end) {
        if (end.isTextual()) {
            String marker = end.asText();
            Read<byte[]> line = Reads.lineBytes(marker.getBytes(ISO_8859_1)).unlimited();
            push(handle, request, line.map(text -> new Line(new String(text, ISO_8859_1), marker)), Look.LINE);
        } else if (end.isObject()) {
            Read<Line> line = Reads.lineAndMarker(pattern(end), ISO_8859_1).unlimited();
            push(handle, request, line, Look.LINE);
        } else {
            push(handle, request, Reads.lineAndMarker(ISO_8859_1).unlimited(), Look.LINE);
        }
    }

    private void regex(Handle handle, JsonNode request, JsonNode args) {
        RegexRead read = Reads.regex(pattern(args.path(0))).unlimited();
        if (args.hasNonNull(1)) {
            read = read.reject(pattern(args.path(1)));
        }
        if (args.hasNonNull(2)) {
            read = read.skip(pattern(args.path(2)));
        }
        push(handle, request, read, Look.match(request.path("captures").asInt()));
    }

    /** A text as the coder of the original reads it unless told otherwise. */
    private Read<JsonNode> json() {
        JsonNode coder = play.scenario().config().path("json");
        JsonRead<JsonNode> read = Json.value().unlimited().skippingBad();
        if (coder.has("max_size")) {
            read = read.limit(coder.path("max_size").asInt());
        }
        if (coder.has("max_depth")) {
            read = read.maxDepth(coder.path("max_depth").asInt());
        }
        return JsonText.isTrue(coder.path("allow_nonref")) || !coder.has("allow_nonref") ? read.scalars() : read;
    }

    private Read<CBORObject> cbor() {
        JsonNode coder = play.scenario().config().path("cbor");
        CborRead<CBORObject> read = Cbor.value().unlimited();
        if (coder.has("max_size")) {
            read = read.limit(coder.path("max_size").asInt());
        }
        return coder.has("max_depth") ? read.maxDepth(coder.path("max_depth").asInt()) : read;
    }

    private <T> void push(Handle handle, JsonNode request, Read<T> read, Look<T> look) {
        enqueue(handle, request, read, (h, value) -> {
            if (!request.path("quiet").asBoolean()) {
                logRead(request, look.logged().apply(value));
            }
            actions.perform(request.path("cb"), new Context(h, look.data().apply(value)));
        });
    }

    private static <T> void enqueue(Handle handle, JsonNode request, Read<T> read, ReadCallback<T> done) {
        if (request.path("do").asText().equals("unshift_read")) {
            handle.unshiftRead(read, done);
        } else {
            handle.pushRead(read, done);
        }
    }

    private void logRead(JsonNode request, List<JsonNode> values) {
        List<JsonNode> logged = new ArrayList<>(values);
        logged.add(0, name(request));
        play.log().add("read", logged.toArray(JsonNode[]::new));
    }

    private static JsonNode name(JsonNode request) {
        return JsonText.has(request, "id") ? request.path("id") : request.path("type");
    }

    /** An untyped callback: a decoder that logs each look. */
    private void raw(Handle handle, JsonNode request) {
        boolean done = !request.has("done") || JsonText.isTrue(request.path("done"));
        Decoder<byte[]> decoder = in -> look(handle, request, done, in);
        enqueue(handle, request, Read.of(() -> decoder), (h, took) -> {
            logRead(request, List.of(Bytes.logged(took)));
            actions.perform(request.path("cb"), new Context(h, took));
        });
    }

    private byte[] look(Handle handle, JsonNode request, boolean done, ByteBuffer in) {
        play.log().add("call", name(request), Bytes.logged(Bytes.copy(in)));
        if (in.remaining() < request.path("need").asInt()) {
            return null;
        }
        byte[] took = new byte[Math.min(request.path("take").asInt(), in.remaining())];
        in.get(took);
        if (done) {
            return took;
        }
        logRead(request, List.of(Bytes.logged(took)));
        actions.perform(request.path("cb"), new Context(handle, took));
        return null;
    }

    /** A pattern of what Perl and Java have in common, on bytes. */
    private static Pattern pattern(JsonNode spec) {
        int flags = Pattern.UNIX_LINES;
        for (char flag : spec.path("flags").asText().toCharArray()) {
            flags |= switch (flag) {
                case 's' -> Pattern.DOTALL;
                case 'i' -> Pattern.CASE_INSENSITIVE;
                case 'm' -> Pattern.MULTILINE;
                case 'x' -> Pattern.COMMENTS;
                default -> throw new IllegalArgumentException("unknown flag of a pattern: " + flag);
            };
        }
        return Pattern.compile(spec.path("re").asText(), flags);
    }

    /** A number, or one that stands in the data of the context. */
    private static int number(JsonNode arg, Context context) {
        byte[] data = context.data();
        return switch (arg.asText()) {
            case "$u32be" -> ByteBuffer.wrap(data).getInt();
            case "$u16be" -> ByteBuffer.wrap(data).getShort() & 0xffff;
            case "$u8" -> data[0] & 0xff;
            case "$dec" -> decimal(new String(data, ISO_8859_1));
            default -> arg.intValue();
        };
    }

    private static int decimal(String text) {
        Matcher digits = DECIMAL.matcher(text);
        return digits.find() ? new BigInteger(digits.group()).intValueExact() : 0;
    }
}
