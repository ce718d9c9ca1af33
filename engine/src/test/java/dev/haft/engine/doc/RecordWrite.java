package dev.haft.engine.doc;

import dev.haft.BadMessageException;
import dev.haft.Output;
import dev.haft.Write;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The other direction of {@link RecordRead}. */
final class RecordWrite implements Write<Map.Entry<String, String>> {
    @Override
    public void encode(Map.Entry<String, String> entry, Output out) throws BadMessageException {
        text(entry.getKey(), out);
        text(entry.getValue(), out);
    }

    private static void text(String text, Output out) throws BadMessageException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 255) {
            throw new BadMessageException("a text of more than 255 bytes");
        }
        out.write(bytes.length).write(bytes);
    }
}
