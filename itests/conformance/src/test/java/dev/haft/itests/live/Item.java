package dev.haft.itests.live;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haft.Handle;
import dev.haft.Line;
import dev.haft.LineRead;
import dev.haft.Match;
import dev.haft.Read;
import dev.haft.Reads;
import dev.haft.RegexRead;
import dev.haft.Writes;
import dev.haft.json.Json;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * One thing that goes over the wire.
 *
 * @param type as the original calls it
 * @param args of the type: see the script of the peer
 * @param data bytes in hex, or a JSON value
 */
record Item(String type, ObjectNode args, JsonNode data) {
    private static final HexFormat HEX = HexFormat.of();

    /** Of bytes. */
    static Item of(String type, byte[] data) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return new Item(type, nodes.objectNode(), nodes.textNode(HEX.formatHex(data)));
    }

    Item with(String name, String value) {
        args.put(name, value);
        return this;
    }

    Item with(String name, byte[] value) {
        return with(name, HEX.formatHex(value));
    }

    private byte[] bytes() {
        return HEX.parseHex(data.asText());
    }

    private byte[] bytes(String arg) {
        return HEX.parseHex(args.path(arg).asText());
    }

    void write(Handle handle) {
        switch (type) {
            case "chunk", "regex" -> handle.pushWrite(bytes());
            case "line" -> handle.pushWrite(bytes()).pushWrite(bytes("end"));
            case "netstring" -> handle.pushWrite(Writes.netstring(), bytes());
            case "packstring" ->
                handle.pushWrite(Writes.packed(args.path("format").asText()), bytes());
            case "json" -> handle.pushWrite(Json.write(), data);
            default -> throw new IllegalArgumentException(type);
        }
    }

    /** Gives what can be compared with {@link #planned}. */
    Read<?> read() {
        return switch (type) {
            case "chunk" -> Reads.chunk(bytes().length).map(HEX::formatHex);
            case "line" -> line().unlimited().map(Item::show);
            case "regex" -> regex().unlimited().map(Match::bytes).map(HEX::formatHex);
            case "netstring" -> Reads.netstring().map(HEX::formatHex);
            case "packstring" -> Reads.packed(args.path("format").asText()).map(HEX::formatHex);
            case "json" -> Json.value();
            default -> throw new IllegalArgumentException(type);
        };
    }

    Object planned() {
        return switch (type) {
            case "line" -> show(new Line(new String(bytes(), ISO_8859_1), new String(bytes("end"), ISO_8859_1)));
            case "json" -> data;
            default -> data.asText();
        };
    }

    private static String show(Line line) {
        return HEX.formatHex(line.text().getBytes(ISO_8859_1)) + " "
                + HEX.formatHex(line.marker().getBytes(ISO_8859_1));
    }

    private LineRead<Line> line() {
        if (args.has("pattern")) {
            return Reads.lineAndMarker(Pattern.compile(args.path("pattern").asText()), ISO_8859_1);
        }
        return args.has("marker")
                ? Reads.lineAndMarker(
                        Pattern.compile(Pattern.quote(new String(bytes("marker"), ISO_8859_1))), ISO_8859_1)
                : Reads.lineAndMarker(ISO_8859_1);
    }

    private RegexRead regex() {
        RegexRead read = Reads.regex(args.path("accept").asText());
        if (args.has("reject")) {
            read = read.reject(Pattern.compile(args.path("reject").asText()));
        }
        return args.has("skip") ? read.skip(Pattern.compile(args.path("skip").asText(), Pattern.UNIX_LINES)) : read;
    }
}
