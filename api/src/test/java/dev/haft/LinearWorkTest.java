package dev.haft;

import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static dev.haft.Reads.netstring;
import static dev.haft.Reads.packed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Law 3: work is linear in the bytes that arrive. Bytes that have been looked at are replaced by ones that would change the
 * result: who does not notice has not looked again.
 */
class LinearWorkTest {
    private static final int SIZE = 1 << 20;

    @Test
    void aLineFeedIsSearchedInEachByteOnce() throws Exception {
        assertEquals(SIZE, oneByteAtATime(line().limit(SIZE), "x", "\n", "\n").length());
    }

    @Test
    void aLiteralMarkerIsSearchedInEachByteOnceExceptForItsOwnLength() throws Exception {
        assertEquals(
                SIZE,
                oneByteAtATime(line("----END").limit(SIZE), "x", "-", "----END").length());
    }

    @Test
    void theLengthOfANetstringIsReadOnce() throws Exception {
        byte[] stream = (SIZE + ":" + "x".repeat(SIZE) + ",").getBytes(StandardCharsets.ISO_8859_1);
        Decoder<byte[]> decoder = netstring(SIZE).begin(DecoderHarness.CONTEXT);
        int head = stream.length - SIZE - 1;
        for (int shown = 0; shown < stream.length; shown++) {
            assertNull(decoder.decode(ByteBuffer.wrap(stream, 0, shown)));
            // Only the byte shown last may be looked at again: it was the last that was seen.
            Arrays.fill(stream, 0, Math.min(shown, head), (byte) '?');
        }
        byte[] value = decoder.decode(ByteBuffer.wrap(stream));
        assertNotNull(value);
        assertEquals(SIZE, value.length);
    }

    @Test
    void theLengthOfAPackedStringIsReadOnce() throws Exception {
        byte[] stream = ("\0\u0010\0\0" + "x".repeat(SIZE)).getBytes(StandardCharsets.ISO_8859_1);
        Decoder<byte[]> decoder = packed("N", SIZE).begin(DecoderHarness.CONTEXT);
        for (int shown = 0; shown < stream.length; shown++) {
            assertNull(decoder.decode(ByteBuffer.wrap(stream, 0, shown)));
            if (shown == 4) {
                Arrays.fill(stream, 0, 4, (byte) 0xff);
            }
        }
        byte[] value = decoder.decode(ByteBuffer.wrap(stream));
        assertNotNull(value);
        assertEquals(SIZE, value.length);
    }

    @Test
    void aChunkIsNotLookedAtBeforeItIsThere() throws Exception {
        byte[] stream = new byte[SIZE];
        Decoder<byte[]> decoder = chunk(SIZE).begin(DecoderHarness.CONTEXT);
        for (int shown = 0; shown < stream.length; shown++) {
            assertNull(decoder.decode(ByteBuffer.wrap(stream, 0, shown)));
            stream[shown] = (byte) shown;
        }
        assertArrayEquals(stream, decoder.decode(ByteBuffer.wrap(stream)));
    }

    @Test
    void theHeadOfAFlatMapIsReadOnce() throws Exception {
        byte[] stream = ("head\n" + "x".repeat(SIZE)).getBytes(StandardCharsets.ISO_8859_1);
        Decoder<byte[]> decoder = line().flatMap(head -> chunk(SIZE)).begin(DecoderHarness.CONTEXT);
        for (int shown = 5; shown < stream.length; shown++) {
            assertNull(decoder.decode(ByteBuffer.wrap(stream, 0, shown)));
            Arrays.fill(stream, 0, 5, (byte) '\n');
        }
        byte[] value = decoder.decode(ByteBuffer.wrap(stream));
        assertNotNull(value);
        assertEquals(SIZE, value.length);
    }

    /** The value, if bytes that were looked at and can be no part of the marker any more are never looked at again. */
    private static String oneByteAtATime(Read<String> read, String content, String poison, String marker)
            throws BadMessageException {
        byte[] stream = (content.repeat(SIZE) + marker).getBytes(StandardCharsets.ISO_8859_1);
        Decoder<String> decoder = read.begin(DecoderHarness.CONTEXT);
        for (int shown = 0; shown < stream.length; shown++) {
            assertNull(decoder.decode(ByteBuffer.wrap(stream, 0, shown)));
            int past = Math.min(shown, SIZE) - marker.length();
            if (past >= 0) {
                stream[past] = (byte) poison.charAt(0);
            }
        }
        String value = decoder.decode(ByteBuffer.wrap(stream));
        assertNotNull(value);
        return value;
    }
}
