package dev.haft;

import static dev.haft.DecoderHarness.log;
import static dev.haft.Reads.chunk;
import static dev.haft.Reads.netstring;
import static dev.haft.Reads.some;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parity r.chunk, r.some, r.netstring. */
class ChunkSomeNetstringTest {
    @Test
    void aChunkIsExactlySoManyBytes() throws Exception {
        assertEquals(List.of("value: abc", "value: def", "left: g"), log(chunk(3), "ab", "cdefg"));
    }

    @Test
    void anEmptyChunkIsThereAtOnce() throws Exception {
        assertEquals(List.of("value: ", "left: "), log(chunk(0), ""));
    }

    @Test
    void aNegativeChunkIsRefused() {
        assertEquals(
                "chunk: -1 bytes, must be at least 0",
                assertThrows(IllegalArgumentException.class, () -> chunk(-1)).getMessage());
    }

    @Test
    void someIsWhatIsThereUpToItsBound() throws Exception {
        assertEquals(List.of("value: a", "value: bcd", "value: e", "left: "), log(some(3), "a", "bcde"));
        assertEquals(List.of("left: "), log(some(3), ""));
        assertThrows(IllegalArgumentException.class, () -> some(0));
    }

    @Test
    void aNetstringIsItsContent() throws Exception {
        assertEquals(
                List.of("value: hello", "value: ", "value: a,b", "left: 1"), log(netstring(), "5:hello,0:,3:a,b,1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5:", "5:hell", "5:hello", "12", "12:"})
    void aTruncatedNetstringWaits(String truncated) throws Exception {
        assertEquals(List.of("left: " + truncated), log(netstring(), truncated));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ":|netstring does not begin with its length and a colon",
                "x|netstring does not begin with its length and a colon",
                "1x|netstring does not begin with its length and a colon",
                "-1:|netstring does not begin with its length and a colon",
                "+1:a,|netstring does not begin with its length and a colon",
                "00:|netstring length has a leading zero",
                "05:hello,|netstring length has a leading zero",
                "1:ab|netstring does not end with a comma",
                "0:x|netstring does not end with a comma"
            })
    void aMalformedNetstringIsBadAndItsBytesStay(String stream, String message) throws Exception {
        assertEquals(List.of("BAD_MESSAGE: " + message, "left: " + stream), log(netstring(), stream));
    }

    @Test
    void aNetstringOfTheLimitIsGivenAndOneMoreIsTooLongAtItsLength() throws Exception {
        assertEquals(List.of("value: abc", "left: "), log(netstring(3), "3:abc,"));
        assertEquals(List.of("TOO_LONG: netstring is longer than 3 bytes", "left: 4"), log(netstring(3), "4"));
        assertEquals(List.of("value: 0123456789", "left: "), log(netstring(10), "10:0123456789,"));
        assertEquals(List.of("TOO_LONG: netstring is longer than 10 bytes", "left: 11"), log(netstring(10), "11"));
    }

    @Test
    void anEndlessLengthIsTooLongAtOnce() throws Exception {
        assertEquals(
                "TOO_LONG: netstring is longer than 2147483647 bytes",
                log(netstring(Integer.MAX_VALUE), "9".repeat(40)).get(0));
        assertEquals(List.of("left: 2147483647:ab"), log(netstring(Integer.MAX_VALUE), "2147483647:ab"));
    }
}
