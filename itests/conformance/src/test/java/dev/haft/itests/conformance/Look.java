package dev.haft.itests.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.upokecenter.cbor.CBORObject;
import dev.haft.Line;
import dev.haft.Match;
import dev.haft.TlsDetection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * How what a read gives looks to the actions of its callback and in the log.
 *
 * @param data the data of their context
 * @param logged what is logged
 */
record Look<T>(Function<? super T, byte[]> data, Function<? super T, List<JsonNode>> logged) {
    static final Look<byte[]> BYTES = new Look<>(bytes -> bytes, bytes -> List.of(Bytes.logged(bytes)));

    static final Look<Line> LINE =
            new Look<>(line -> octets(line.text()), line -> List.of(logged(line.text()), logged(line.marker())));

    static final Look<JsonNode> JSON = new Look<>(Look::utf8, value -> List.of(shortened(value)));

    static final Look<TlsDetection> TLS_DETECTION = new Look<>(detection -> octets(""), Look::detected);
    static final Look<CBORObject> CBOR = new Look<>(
            value -> CborNotation.of(value).getBytes(UTF_8),
            value -> List.of(shortened(JsonText.NODES.textNode(CborNotation.of(value)))));

    static final Look<Object> ANYTHING = new Look<>(value -> octets(value.toString()), value -> List.of());

    private static List<JsonNode> detected(TlsDetection detection) {
        JsonNode tls = JsonText.NODES.booleanNode(detection.tls());
        return detection.tls()
                ? List.of(
                        tls, JsonText.NODES.numberNode(detection.major()), JsonText.NODES.numberNode(detection.minor()))
                : List.of(tls);
    }

    /** A match, with some of its groups. */
    static Look<Match> match(int captures) {
        return new Look<>(Match::bytes, match -> {
            List<JsonNode> logged = new ArrayList<>();
            logged.add(logged(match.text()));
            if (captures > 0) {
                ArrayNode groups = JsonText.list();
                for (int i = 1; i <= captures; i++) {
                    groups.add(logged(Objects.requireNonNullElse(match.group(i), "")));
                }
                logged.add(groups);
            }
            return logged;
        });
    }

    private static byte[] octets(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static JsonNode logged(String octets) {
        return Bytes.logged(octets(octets));
    }

    private static byte[] utf8(JsonNode value) {
        return value.asText().getBytes(UTF_8);
    }

    /** Long strings by length and checksum. */
    private static JsonNode shortened(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue().length() <= Bytes.LONGEST_LOGGED ? value : Bytes.logged(utf8(value));
        }
        if (value.isArray()) {
            ArrayNode list = JsonText.list();
            value.forEach(each -> list.add(shortened(each)));
            return list;
        }
        if (value.isObject()) {
            ObjectNode object = JsonText.NODES.objectNode();
            value.forEachEntry((key, each) -> object.set(key, shortened(each)));
            return object;
        }
        return value;
    }
}
