package dev.haft.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.haft.BadMessageException;
import dev.haft.Decoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JsonScannerTest {
    private static final String TEXT = " [\"a\\\"]\\\\\", {\"k{\": [1, 2, 3]}, \"a longer string with [ and } in it\"]";

    @Test
    void noByteIsLookedAtTwice() throws BadMessageException {
        byte[] text = TEXT.getBytes(StandardCharsets.UTF_8);
        for (int step = 1; step < 20; step++) {
            JsonScanner scanner = new JsonScanner(TextRules.DEFAULT);
            byte[] shown = text.clone();
            int size = JsonScanner.MORE;
            for (int stop = step; size == JsonScanner.MORE; stop += step) {
                int visible = Math.min(stop, text.length);
                size = scanner.scan(shown, 0, visible);
                // What it has seen is now an error or an end, wherever it looks.
                Arrays.fill(shown, 0, visible, (byte) (stop % 2 == 0 ? ']' : 0));
            }
            assertEquals(text.length, size);
            assertEquals(1, scanner.textStart());
        }
    }

    @Test
    void askedAgainWithTheSameBytesItSaysTheSame() throws BadMessageException {
        byte[] text = TEXT.getBytes(StandardCharsets.UTF_8);
        JsonScanner scanner = new JsonScanner(TextRules.DEFAULT);
        for (int stop = 0; stop < text.length; stop++) {
            assertEquals(JsonScanner.MORE, scanner.scan(text, 0, stop));
            assertEquals(JsonScanner.MORE, scanner.scan(text, 0, stop));
        }
        assertEquals(text.length, scanner.scan(text, 0, text.length));
    }

    @Test
    void everyByteIsWhatTheGrammarSaysInAnyLane() {
        for (int lane = 0; lane < Long.BYTES; lane++) {
            for (int value = 0; value < 256; value++) {
                for (int other : new int[] {0x00, 0x20, 0x21, 0x22, 0x5c, 0x7f, 0x80, 0xff}) {
                    byte[] eight = new byte[Long.BYTES];
                    Arrays.fill(eight, (byte) other);
                    eight[lane] = (byte) value;
                    long special = Bytes.special(Bytes.eight(eight, 0, Long.BYTES));
                    boolean marked = ((special >>> (lane * Byte.SIZE)) & 0x80) != 0;
                    boolean expected = value < 0x20 || "\"\\[]{}|".indexOf(value) >= 0;
                    assertEquals(expected, marked, value + " in lane " + lane + " amid " + other);
                    assertEquals(special, Bytes.special(Bytes.eight(Arrays.copyOf(eight, 9), 0, 9)));
                }
            }
        }
    }

    @Test
    void fewerThanEightBytesAreFilledUpWithSpaces() {
        byte[] bytes = "]]]]]]]]]]]]".getBytes(StandardCharsets.UTF_8);
        assertEquals(0x2020202020205d5dL, Bytes.eight(bytes, 0, 2));
        assertEquals(0x5d5d5d5d5d5d5d5dL, Bytes.eight(bytes, 1, 9));
    }

    @Test
    void whiteSpaceBeforeATreeIsLookedAtOnce() throws BadMessageException {
        Decoder<JsonNode> decoder = Json.value().begin(null);
        byte[] shown = new byte[10_000];
        for (int i = 0; i < shown.length - 2; i++) {
            shown[i] = ' ';
            assertNull(decoder.decode(ByteBuffer.wrap(shown, 0, i + 1)));
            shown[i] = 'x';
        }
        shown[shown.length - 2] = '[';
        shown[shown.length - 1] = ']';
        assertNotNull(decoder.decode(ByteBuffer.wrap(shown)));
    }
}
