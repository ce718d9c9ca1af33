package dev.haft.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bytes and values as people read them in messages. */
final class Show {
    /** More of a stream is not shown. */
    private static final int MOST_BYTES = 80;

    private Show() {}

    static String value(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return bytes(bytes);
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes(bytes);
        }
        if (value instanceof CharSequence text) {
            return bytes(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        if (value instanceof Object[] array) {
            return Arrays.deepToString(array);
        }
        return String.valueOf(value);
    }

    static String bytes(byte[] bytes) {
        return pieces(List.of(bytes));
    }

    /** As one text with a bar between two pieces. */
    static String pieces(List<byte[]> pieces) {
        StringBuilder text = new StringBuilder("\"");
        int shown = 0;
        int all = 0;
        for (int i = 0; i < pieces.size() && shown < MOST_BYTES; i++) {
            byte[] piece = pieces.get(i);
            if (i > 0) {
                text.append('|');
            }
            int part = Math.min(piece.length, MOST_BYTES - shown);
            for (int j = 0; j < part; j++) {
                append(text, piece[j]);
            }
            shown += part;
        }
        for (byte[] piece : pieces) {
            all += piece.length;
        }
        text.append('"');
        return shown < all ? text + "… (" + all + " bytes)" : text.toString();
    }

    private static void append(StringBuilder text, byte octet) {
        switch (octet) {
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            default -> {
                if (octet >= ' ' && octet < 0x7f) {
                    text.append((char) octet);
                } else {
                    text.append(String.format("\\x%02x", octet & 0xff));
                }
            }
        }
    }
}
