package dev.haft.cbor;

import com.upokecenter.cbor.CBORObject;
import dev.haft.BadMessageException;
import dev.haft.Decoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads a value in diagnostic notation, as UTF-8. */
final class CborTextDecoder implements Decoder<Object> {
    private final NotationEnd end = new NotationEnd();

    @Override
    public @Nullable Object decode(ByteBuffer in) throws BadMessageException {
        int start = in.arrayOffset() + in.position();
        // One more than the longest, to see where a number of that size ends.
        int visible = Math.min(in.remaining(), Cbor.MAX_ITEM_BYTES + 1);
        int size = end.scan(in.array(), start, start + visible);
        if (size > Cbor.MAX_ITEM_BYTES || (size == NotationEnd.MORE && visible > Cbor.MAX_ITEM_BYTES)) {
            throw BadMessageException.tooLong("CBOR text is longer than " + Cbor.MAX_ITEM_BYTES + " bytes");
        }
        return size == NotationEnd.MORE ? null : take(in, size);
    }

    @Override
    public @Nullable Object atEnd(ByteBuffer in) throws BadMessageException {
        Object value = decode(in);
        if (value == null && end.isWord()) {
            return take(in, in.remaining());
        }
        if (value == null && end.isBefore()) {
            in.position(in.limit());
        }
        return value;
    }

    private static CBORObject take(ByteBuffer in, int size) throws BadMessageException {
        String text = new String(in.array(), in.arrayOffset() + in.position(), size, StandardCharsets.UTF_8);
        int comma = text.strip().startsWith(",") ? text.indexOf(',') + 1 : 0;
        CBORObject value = DiagnosticParser.parse(text.substring(comma));
        in.position(in.position() + size);
        return value;
    }

    @Override
    public OptionalInt limitBytes() {
        return OptionalInt.of(Cbor.MAX_ITEM_BYTES + 1);
    }

    @Override
    public String toString() {
        return "cbor-text";
    }
}
