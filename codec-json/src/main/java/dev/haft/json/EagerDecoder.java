package dev.haft.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
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
 * <p>This is sound for a strict parser only: it accepts nothing that JsonDecoder would not, and ends where that ends. A
 * deserializer that stops early or reads on is noticed by where the parser is then.
 */
final class EagerDecoder<T> implements Decoder<T> {
    /** So many likely begin with a whole text. */
    private static final int MANY_BYTES = 4096;

    private final ObjectReader strict;
    private final TextRules rules;
    private final ObjectReader reader;
    /** So many bytes are known to be what may be ignored. */
    private int ignorable;
    /** Takes over when the first look has not given the text. */
    private @Nullable JsonDecoder<T> careful;

    /** The strict reader allows no more depth than the rules. */
    EagerDecoder(ObjectReader strict, ObjectReader reader, TextRules rules) {
        this.strict = strict;
        this.reader = reader;
        this.rules = rules;
    }

    @Override
    public @Nullable T decode(ByteBuffer in) throws BadMessageException {
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
            T value = ignorable < visible ? whole(bytes, start, start + visible, in) : null;
            if (value != null) {
                return value;
            }
        }
        return careful().decode(in);
    }

    private @Nullable T whole(byte[] bytes, int start, int stop, ByteBuffer in) {
        int text = start + ignorable;
        if (!isWorthwhile(bytes, text, stop)) {
            return null;
        }
        T value;
        int end;
        try (JsonParser parser = strict.createParser(bytes, text, stop - text)) {
            value = strict.readValue(parser);
            if (!isBehindOneText(parser)) {
                return null;
            }
            end = text + Math.toIntExact(parser.currentLocation().getByteOffset());
        } catch (IOException | RuntimeException e) {
            // It may be for the lack of the rest: the careful decoder tells.
            return null;
        }
        if (value == null || end - start > rules.limitBytes() || Utf8.indexOfBad(bytes, text, end) >= 0) {
            return null;
        }
        in.position(in.position() + end - start);
        return value;
    }

    private static boolean isBehindOneText(JsonParser parser) {
        JsonStreamContext context = parser.getParsingContext();
        JsonToken last = parser.getLastClearedToken();
        return context.inRoot() && context.getCurrentIndex() == 0 && last != null && last.isStructEnd();
    }

    private JsonDecoder<T> careful() {
        JsonDecoder<T> decoder = careful;
        if (decoder == null) {
            decoder = new JsonDecoder<>(reader, rules);
            careful = decoder;
        }
        return decoder;
    }

    /** Failing costs an exception: a few bytes that do not end like a text are not tried. */
    private static boolean isWorthwhile(byte[] bytes, int text, int stop) {
        if ((bytes[text] != '{' && bytes[text] != '[') || (text + 1 < stop && bytes[text + 1] == 0)) {
            // No object or array; or what a parser that guesses would take for UTF-16.
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
    public @Nullable T atEnd(ByteBuffer in) throws BadMessageException {
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
