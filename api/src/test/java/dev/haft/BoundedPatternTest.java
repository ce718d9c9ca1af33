package dev.haft;

import static dev.haft.DecoderHarness.bytes;
import static dev.haft.DecoderHarness.log;
import static dev.haft.Reads.line;
import static dev.haft.Reads.lineAndMarker;
import static dev.haft.Reads.regex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns of the program cost a bounded number of looks at bytes; parity r.regex, r.line. */
class BoundedPatternTest {
    private static final int SIZE = 1 << 20;
    private static final RegexRead HEADER = regex("\r\n\r\n")
            .skip(Pattern.compile("^.*[^\r\n]", Pattern.DOTALL))
            .limit(SIZE + 4);

    @Test
    void aPatternThatSkipsLooksAtEachByteThreeTimesAtMostOneByteAtATime() throws Exception {
        RegexRead.RegexDecoder decoder = decoder(HEADER);
        byte[] stream = bytes("x".repeat(SIZE) + "\r\n\r\n");
        for (int shown = 0; shown < stream.length; shown++) {
            assertNull(decoder.decode(ByteBuffer.wrap(stream, 0, shown)));
        }
        assertNotNull(decoder.decode(ByteBuffer.wrap(stream)));
        assertTrue(decoder.looks() <= 3L * stream.length, () -> decoder.looks() + " looks");
        assertTrue(decoder.looks() >= stream.length, () -> decoder.looks() + " looks");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 1460, 131072, SIZE + 4})
    void aPatternThatSkipsLooksAtEachByteThreeTimesAtMostInPieces(int size) throws Exception {
        RegexRead.RegexDecoder decoder = decoder(HEADER);
        byte[] stream = bytes("x".repeat(SIZE) + "\r\n\r\n");
        for (int shown = size; shown < stream.length; shown += size) {
            assertNull(decoder.decode(ByteBuffer.wrap(stream, 0, shown)));
        }
        assertNotNull(decoder.decode(ByteBuffer.wrap(stream)));
        assertTrue(decoder.looks() <= 3L * stream.length, () -> decoder.looks() + " looks");
    }

    @Test
    void aPatternThatFailsForGoodIsNotTriedAgainEvenWithoutASkip() throws Exception {
        RegexRead.RegexDecoder decoder = decoder(regex("\r\n\r\n").limit(SIZE + 4));
        byte[] stream = bytes("ab\r\n".repeat(SIZE / 4) + "\r\n");
        for (int shown = 0; shown < stream.length; shown++) {
            assertNull(decoder.decode(ByteBuffer.wrap(stream, 0, shown)));
        }
        assertNotNull(decoder.decode(ByteBuffer.wrap(stream)));
        assertTrue(decoder.looks() <= 4L * stream.length, () -> decoder.looks() + " looks");
    }

    private static RegexRead.RegexDecoder decoder(RegexRead read) throws BadMessageException {
        return (RegexRead.RegexDecoder) read.begin(DecoderHarness.CONTEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+b", "(a|aa)+b", "(.*)(.*)(.*)(.*)(.*)b", "(?:a|a)*b"})
    void aPatternThatBacktracksWithoutEndIsTooLong(String pattern) throws Exception {
        String tooMuch = "TOO_LONG: to look for " + pattern + " takes too much";
        assertEquals(tooMuch, log(regex(pattern), "a".repeat(5000)).get(0));
        assertEquals(tooMuch, log(regex("x").reject(pattern), "a".repeat(5000)).get(0));
        assertEquals(tooMuch, log(regex("x").skip(pattern), "a".repeat(5000)).get(0));
        assertEquals(
                tooMuch,
                log(line(Pattern.compile(pattern)).limit(5000), "a".repeat(5000))
                        .get(0));
    }

    @Test
    void aRecursionThatTakesTheWholeStackIsTooLong() throws Exception {
        assertEquals(
                "TOO_LONG: to look for (a|b)*c takes too much",
                log(regex("(a|b)*c").limit(SIZE), "ab".repeat(SIZE / 2 - 1)).get(0));
    }

    @Test
    void aLineThatEndsBeforeSomethingGoesOnBehindWhatItEndedBefore() throws Exception {
        assertEquals(
                List.of("value: a", "value: Xb", "value: Xc", "left: Xd"),
                log(line(Pattern.compile("(?=X)")), "aXbXcXd"));
        assertEquals(
                List.of("value: Line[text=a, marker=;]", "left: b;c"),
                log(lineAndMarker(Pattern.compile(";(?=b)"), StandardCharsets.ISO_8859_1), "a;", "b;c"));
    }

    @Test
    void aMarkerThatNeverComesAgainEndsWithItsLimit() throws Exception {
        Read<String> read = line(Pattern.compile("\n(?=#)")).limit(60_000);
        byte[] stream = bytes("x\n".repeat(40_000));
        assertEquals(
                "TOO_LONG: line is longer than 60000 bytes",
                DecoderHarness.byteByByte(read, stream).get(0));
    }

    @Test
    void looksBehindAndAheadSeeTheWholeText() throws Exception {
        assertEquals(List.of("value: ;xa;", "left: "), log(regex("(?<=a);"), ";", "x", "a", ";"));
        assertEquals(List.of("value: a b", "left: c"), log(regex("\\bb"), "a", " ", "b", "c"));
        assertEquals(List.of("value: ab", "left: "), log(regex("^ab"), "a", "b"));
    }
}
