package dev.haft.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.haft.BadMessageException;
import dev.haft.Decoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Finds the end of a text by {@link JsonScanner}, and gives exactly that slice of the buffer to Jackson. */
final class JsonDecoder<T> implements Decoder<T> {
    private final ObjectReader reader;
    private final TextRules rules;
    private final JsonScanner scanner;

    JsonDecoder(ObjectReader reader, TextRules rules) {
        this.reader = reader;
        this.rules = rules;
        this.scanner = new JsonScanner(rules);
    }

    @Override
    public @Nullable T decode(ByteBuffer in) throws BadMessageException {
        byte[] bytes = in.array();
        int start = in.arrayOffset() + in.position();
        int size = size(bytes, start, in.remaining());
        return size == JsonScanner.MORE ? null : take(in, bytes, start, size);
    }

    @Override
    public @Nullable T atEnd(ByteBuffer in) throws BadMessageException {
        T value = decode(in);
        if (value != null) {
            return value;
        }
        if (scanner.isInNumber()) {
            return take(in, in.array(), in.arrayOffset() + in.position(), in.remaining());
        }
        BadMessageException pending = scanner.pending();
        if (pending != null) {
            throw skipping(pending, in.remaining());
        }
        if (scanner.isBeforeText()) {
            in.position(in.limit());
        }
        return null;
    }

    @Override
    public OptionalInt limitBytes() {
        return rules.visibleBytes();
    }

    private int size(byte[] bytes, int start, int available) throws BadMessageException {
        int visible = rules.visible(available);
        int size;
        try {
            size = scanner.scan(bytes, start, start + visible);
        } catch (BadMessageException e) {
            if (!rules.skipBad()) {
                throw e;
            }
            throw skipping(e, scanner.badBytes());
        }
        if (size > rules.limitBytes() || (size == JsonScanner.MORE && visible > rules.limitBytes())) {
            BadMessageException pending = scanner.pending();
            if (pending != null) {
                throw skipping(pending, visible);
            }
            throw BadMessageException.tooLong("JSON text is longer than " + rules.limitBytes() + " bytes");
        }
        return size;
    }

    private T take(ByteBuffer in, byte[] bytes, int start, int size) throws BadMessageException {
        T value;
        try {
            value = value(bytes, start, scanner.textStart(), size);
        } catch (BadMessageException e) {
            if (!rules.skipBad()) {
                throw e;
            }
            throw skipping(e, size);
        }
        in.position(in.position() + size);
        return value;
    }

    private BadMessageException skipping(BadMessageException e, int bytes) {
        scanner.restart();
        return e.skipping(bytes);
    }

    private T value(byte[] bytes, int start, int from, int to) throws BadMessageException {
        int notUtf8 = scanner.hasNonAscii() ? Utf8.indexOfBad(bytes, start + from, start + to) : -1;
        if (notUtf8 >= 0) {
            throw JsonScanner.bad(notUtf8 - start, "not UTF-8", null);
        }
        T value;
        try {
            value = reader.readValue(bytes, start + from, to - from);
        } catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation();
            long within = location == null ? 0 : Math.max(0, location.getByteOffset());
            throw JsonScanner.bad(from + within, e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw JsonScanner.bad(from, String.valueOf(e.getMessage()), e);
        }
        if (value == null) {
            throw JsonScanner.bad(from, "null is no value of this type", null);
        }
        return value;
    }

    @Override
    public String toString() {
        return "json, " + scanner;
    }
}
