package dev.haft.engine.doc;

import dev.haft.BadMessageException;
import dev.haft.Decoder;
import dev.haft.Read;
import dev.haft.ReadContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A key and a value, each with its length in one byte before it. */
final class RecordRead implements Read<Map.Entry<String, String>> {
    @Override
    public Decoder<Map.Entry<String, String>> begin(ReadContext context) {
        return RecordRead::decode;
    }

    private static Map.@Nullable Entry<String, String> decode(ByteBuffer in) throws BadMessageException {
        if (in.hasRemaining() && in.get(in.position()) == 0) {
            throw new BadMessageException("a record without a key");
        }
        String key = text(in);
        String value = text(in);
        return key == null || value == null ? null : Map.entry(key, value);
    }

    private static @Nullable String text(ByteBuffer in) {
        if (!in.hasRemaining()) {
            return null;
        }
        byte[] bytes = new byte[in.get() & 0xff];
        if (in.remaining() < bytes.length) {
            in.position(in.limit());
            return null;
        }
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
