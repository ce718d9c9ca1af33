package dev.haft.itests.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;

/** Files of JSON, and JSON as text. */
final class JsonText {
    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Shows characters that a file could not have, too. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .build();

    private JsonText() {}

    static JsonNode read(Path file) {
        try {
            return MAPPER.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is not JSON", e);
        }
    }

    static String text(JsonNode value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot be written as JSON", e);
        }
    }

    /** A log as the recorded ones are written: an event a line. */
    static String lines(JsonNode log) {
        StringJoiner lines = new StringJoiner(",\n", "[\n", "\n]\n");
        log.forEach(event -> lines.add(text(event)));
        return lines.toString();
    }

    /** A list of any JSON values. */
    static ArrayNode list(JsonNode... values) {
        ArrayNode list = NODES.arrayNode();
        for (JsonNode value : values) {
            list.add(value);
        }
        return list;
    }

    /** Whether there is a value, and it is not null. */
    static boolean has(JsonNode object, String key) {
        return object.hasNonNull(key);
    }

    /** The same as maps, lists and numbers. */
    static Object plain(JsonNode value) {
        return MAPPER.convertValue(value, Object.class);
    }

    /** Perl's truth. */
    static boolean isTrue(JsonNode value) {
        return value.isTextual()
                ? !value.textValue().isEmpty() && !value.textValue().equals("0")
                : value.asBoolean();
    }
}
