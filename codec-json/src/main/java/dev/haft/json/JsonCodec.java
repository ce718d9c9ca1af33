package dev.haft.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingJsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.haft.Write;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The factories of {@link Json} on one mapper; {@link Json#with} makes it.
 *
 * <p><b>Thread safety</b>: immutable and thread-safe, as long as nobody configures the mapper any more.
 *
 * <p>Source: parity {@code opt.json}.
 */
public final class JsonCodec {
    // With these the end of a text is not where RFC 8259 has it, and bytes would be lost or doubled.
    private static final List<JsonReadFeature> OTHER_GRAMMAR = List.of(
            JsonReadFeature.ALLOW_JAVA_COMMENTS,
            JsonReadFeature.ALLOW_YAML_COMMENTS,
            JsonReadFeature.ALLOW_SINGLE_QUOTES);

    private final ObjectMapper mapper;
    private final TextRules rules;
    /** For texts that are read before their end is known; null if the mapper reads more than RFC 8259 allows. */
    private final @Nullable JsonFactory strict;

    JsonCodec(ObjectMapper mapper) {
        JsonFactory factory = mapper.getFactory();
        if (!JsonFactory.FORMAT_NAME_JSON.equals(factory.getFormatName())) {
            throw new IllegalArgumentException("mapper: its format is " + factory.getFormatName() + ", must be JSON");
        }
        for (JsonReadFeature feature : OTHER_GRAMMAR) {
            if (factory.isEnabled(feature.mappedFeature())) {
                throw new IllegalArgumentException(
                        "mapper: " + feature + " is enabled, must not be: it changes where a text ends");
            }
        }
        this.mapper = mapper;
        this.rules = TextRules.DEFAULT.allowingControls(
                factory.isEnabled(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS.mappedFeature()));
        this.strict = isStrict(factory) ? strict(factory) : null;
    }

    private static boolean isStrict(JsonFactory factory) {
        for (JsonReadFeature feature : JsonReadFeature.values()) {
            if (factory.isEnabled(feature.mappedFeature())) {
                return false;
            }
        }
        boolean isJacksons = factory.getClass() == JsonFactory.class || factory.getClass() == MappingJsonFactory.class;
        return isJacksons && factory.getInputDecorator() == null;
    }

    /** The same, but goes no deeper than a read does. */
    private static JsonFactory strict(JsonFactory factory) {
        StreamReadConstraints constraints = factory.streamReadConstraints();
        return factory.copy()
                .setStreamReadConstraints(constraints
                        .rebuild()
                        .maxNestingDepth(Math.min(constraints.getMaxNestingDepth(), Json.MAX_DEPTH))
                        .build());
    }

    /**
     * A text as a tree.
     *
     * @return a read of objects and arrays of at most 1 MiB
     */
    public JsonRead<JsonNode> value() {
        return as(JsonNode.class);
    }

    /**
     * A text as a value of a class.
     *
     * @param type a class that the mapper can make from JSON
     * @param <T> the class
     * @return a read of objects and arrays of at most 1 MiB
     */
    public <T> JsonRead<T> as(Class<T> type) {
        return read(mapper.readerFor(Objects.requireNonNull(type, "type")));
    }

    /**
     * A text as a value of a generic type.
     *
     * @param type a type that the mapper can make from JSON
     * @param <T> the type
     * @return a read of objects and arrays of at most 1 MiB
     */
    public <T> JsonRead<T> as(TypeReference<T> type) {
        return read(mapper.readerFor(Objects.requireNonNull(type, "type")));
    }

    /** The caller says what T is: what the reader makes. */
    <T> JsonRead<T> read(ObjectReader reader) {
        if (strict == null) {
            return new JsonRead<>(each -> new JsonDecoder<>(reader, each), rules);
        }
        ObjectReader eager = reader.with(strict).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        return new JsonRead<>(
                each -> each.maxDepth() >= Json.MAX_DEPTH
                        ? new EagerDecoder<>(eager, reader, each)
                        : new JsonDecoder<>(reader, each),
                rules);
    }

    ObjectMapper mapper() {
        return mapper;
    }

    /**
     * Writes any value that the mapper can map, without white space and with nothing behind it.
     *
     * @return a write; a value that cannot be mapped is {@link dev.haft.ErrorCode#BAD_MESSAGE}, and nothing of it is written
     */
    public Write<Object> write() {
        return write(Layout.COMPACT);
    }

    /**
     * The same with a newline behind it: JSON lines. There is no newline in it.
     *
     * @return a write
     */
    public Write<Object> line() {
        return write(Layout.LINE);
    }

    /**
     * The same for people: over several indented lines, with a newline behind the last.
     *
     * @return a write
     */
    public Write<Object> pretty() {
        return write(Layout.PRETTY);
    }

    JsonWrite write(Layout layout) {
        return new JsonWrite(layout.writer(mapper), layout);
    }

    @Override
    public String toString() {
        return "json codec";
    }
}
