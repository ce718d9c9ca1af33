package dev.haft.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.haft.BadMessageException;
import dev.haft.Decoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Takes it that the first bytes shown have the whole text, as they mostly do, and lets the parser find its end: one look at
 * each byte instead of two. If that is not so, for whatever reason, {@link JsonDecoder} has the say.
 *
 * <p>This is sound for trees and a strict parser only: it accepts nothing that JsonDecoder would not, and ends where that
 * ends, while a deserializer of somebody else's may stop early or read on.
 */
final class TreeDecoder implements Decoder<JsonNode> {
    /** So many likely begin with a whole text. */
    private static final int MANY_BYTES = 4096;

    private final ObjectReader strict;
    private final TextRules rules;
    private final ObjectReader reader;
    /** So many bytes are known to be what may be ignored. */
    private int ignorable;
    /** Takes over when the first look has not given the text. */
    private @Nullable JsonDecoder<JsonNode> careful;

    /** The strict reader allows no more depth than the rules. */
    TreeDecoder(ObjectReader strict, ObjectReader reader, TextRules rules) {
        this.strict = strict;
        this.reader = reader;
        this.rules = rules;
    }

    @Override
    public @Nullable JsonNode decode(ByteBuffer in) throws BadMessageException {
        if (careful == null) {
            byte[] bytes = in.array();
            int start = in.arrayOffset() + in.position();
            int visible = rules.visible(in.remaining());
            while (ignorable < visible && Bytes.isIgnorable(bytes[start + ignorable])) {
                ignorable++;
            }
            if (ignorable == visible && visible <= rules.limitBytes()) {
                return null;
            }
            JsonNode tree = ignorable < visible ? whole(bytes, start, start + visible, in) : null;
            if (tree != null) {
                return tree;
            }
        }
        return careful().decode(in);
    }

    private @Nullable JsonNode whole(byte[] bytes, int start, int stop, ByteBuffer in) {
        int text = start + ignorable;
        if (!isWorthwhile(bytes, text, stop)) {
            return null;
        }
        JsonNode tree;
        int end;
        try (JsonParser parser = strict.createParser(bytes, text, stop - text)) {
            tree = strict.readValue(parser, JsonNode.class);
            end = text + Math.toIntExact(parser.currentLocation().getByteOffset());
        } catch (IOException e) {
            return null;
        }
        if (end - start > rules.limitBytes() || Utf8.indexOfBad(bytes, text, end) >= 0) {
            return null;
        }
        in.position(in.position() + end - start);
        return tree;
    }

    private JsonDecoder<JsonNode> careful() {
        JsonDecoder<JsonNode> decoder = careful;
        if (decoder == null) {
            decoder = new JsonDecoder<>(reader, rules);
            careful = decoder;
        }
        return decoder;
    }

    /** Failing costs an exception: a few bytes that do not end like a text are not tried. */
    private static boolean isWorthwhile(byte[] bytes, int text, int stop) {
        if (bytes[text] != '{' && bytes[text] != '[') {
            return false;
        }
        if (stop - text >= MANY_BYTES) {
            return true;
        }
        int last = stop - 1;
        while (Bytes.isIgnorable(bytes[last])) {
            last--;
        }
        return bytes[last] == '}' || bytes[last] == ']';
    }

    @Override
    public @Nullable JsonNode atEnd(ByteBuffer in) throws BadMessageException {
        return careful().atEnd(in);
    }

    @Override
    public OptionalInt limitBytes() {
        return rules.visibleBytes();
    }

    @Override
    public String toString() {
        return careful == null ? "json" : careful.toString();
    }
}
