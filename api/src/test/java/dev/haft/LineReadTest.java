package dev.haft;

import static dev.haft.DecoderHarness.log;
import static dev.haft.Reads.line;
import static dev.haft.Reads.lineAndMarker;
import static dev.haft.Reads.lineBytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parity r.line. */
class LineReadTest {
    @Test
    void aLineEndsWithLfOrCrLfAndComesWithoutThem() throws Exception {
        assertEquals(
                List.of("value: GET", "value: b", "value: ", "value: ", "left: x"), log(line(), "GET\r\nb\n\n\r\nx"));
    }

    @Test
    void onlyTheLastCrBelongsToTheMarker() throws Exception {
        assertEquals(List.of("value: a\r", "value: \rb", "left: "), log(line(), "a\r\r\n\rb\n"));
    }

    @Test
    void aPartialLineIsNeverGiven() throws Exception {
        for (String partial : List.of("", "a", "a\r", "abc")) {
            assertEquals(List.of("left: " + partial), log(line(), partial));
        }
    }

    @Test
    void bytesThatAreNoUtf8BecomeReplacementCharacters() throws Exception {
        assertEquals(List.of("value: a\ufffdb", "left: "), log(line(), "a\u00ffb\n"));
        assertEquals(List.of("value: \u00e9", "left: "), log(line(), "\u00c3\u00a9\n"));
    }

    @Test
    void aCharsetDecodesTheLine() throws Exception {
        assertEquals(List.of("value: a\u00ff", "left: "), log(line(StandardCharsets.ISO_8859_1), "a\u00ff\n"));
    }

    @Test
    void theBytesOfALineStayAsTheyAre() throws Exception {
        assertEquals(List.of("value: a\u00ff\0", "left: "), log(lineBytes(), "a\u00ff\0\r\n"));
    }

    @Test
    void theMarkerThatEndedALineIsTold() throws Exception {
        assertEquals(
                List.of("value: " + new Line("a", "\r\n"), "value: " + new Line("b", "\n"), "left: "),
                log(lineAndMarker(), "a\r\nb\n"));
    }

    @Test
    void aLiteralMarkerEndsALine() throws Exception {
        assertEquals(List.of("value: a\n", "value: ", "left: -"), log(line("--"), "a\n-----"));
        assertEquals(List.of("value: a", "left: "), log(line("\u20ac"), "a\u00e2\u0082\u00ac"));
    }

    @Test
    void aMarkerThatRepeatsItsBeginningIsFound() throws Exception {
        assertEquals(List.of("value: a", "left: "), log(line("aab"), "aaab"));
        assertEquals(List.of("value: ababa", "left: "), log(line("ababc"), "ababaababc"));
    }

    @Test
    void aMarkerSplitBetweenPiecesIsFound() throws Exception {
        assertEquals(List.of("value: x", "left: y"), log(line("END"), "xE", "N", "Dy"));
        assertEquals(List.of("value: xEN", "left: y"), log(line("END"), "xE", "N", "ENDy"));
    }

    @Test
    void aPatternEndsALineAndItsMatchIsTold() throws Exception {
        assertEquals(
                List.of("value: " + new Line("a", ";;"), "value: " + new Line("b", ","), "left: c"),
                log(lineAndMarker(Pattern.compile(";+|,"), StandardCharsets.UTF_8), "a;;b,c"));
    }

    @Test
    void aPatternSeesBytesAsLatin1() throws Exception {
        assertEquals(List.of("value: a", "left: "), log(line(Pattern.compile("[\u0080-\u00ff]")), "a\u00e9"));
    }

    @Test
    void theMarkerArrayIsCopied() throws Exception {
        byte[] marker = {'|'};
        Read<byte[]> read = lineBytes(marker);
        marker[0] = 'x';
        assertEquals(List.of("value: axb", "left: "), log(read, "axb|"));
    }

    @Test
    void anEmptyMarkerIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> line(""));
        assertThrows(IllegalArgumentException.class, () -> line(new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> lineBytes(new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> line(Pattern.compile("x*")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void aLineOfExactlyTheLimitIsGiven(String marker) throws Exception {
        assertEquals(List.of("value: abcd", "left: "), log(line().limit(4), "abcd" + marker));
        assertEquals(List.of("value: abcd", "left: "), log(line().limit(4), "abcd", marker));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "", "\r", "xyz"})
    void aLineOneByteOverTheLimitIsTooLongAndItsBytesStay(String rest) throws Exception {
        assertEquals(
                List.of("TOO_LONG: line is longer than 4 bytes", "left: abcde" + rest),
                log(line().limit(4), "abcde" + rest));
    }

    @Test
    void aCrBehindTheLimitMayStillBeginTheMarker() throws Exception {
        assertEquals(List.of("left: abcd\r"), log(line().limit(4), "abcd\r"));
        assertEquals(List.of("value: abcd", "left: "), log(line().limit(4), "abcd\r", "\n"));
        assertEquals(
                List.of("TOO_LONG: line is longer than 4 bytes", "left: abcd\rx"), log(line().limit(4), "abcd\r", "x"));
    }

    @Test
    void theBeginningOfAMarkerBehindTheLimitIsNoPartOfTheLine() throws Exception {
        assertEquals(List.of("left: abEN"), log(line("END").limit(2), "abEN"));
        assertEquals(List.of("value: ab", "left: "), log(line("END").limit(2), "abEN", "D"));
        assertEquals(
                List.of("TOO_LONG: line is longer than 2 bytes", "left: abEx"),
                log(line("END").limit(2), "abE", "x"));
    }

    @Test
    void theDefaultLimitIs64KibibytesWithoutTheMarker() throws Exception {
        String most = "x".repeat(64 << 10);
        assertEquals(List.of("value: " + most, "left: "), log(line(), most, "\r\n"));
        assertEquals(
                "TOO_LONG: line is longer than 65536 bytes",
                log(line(), most, "x").get(0));
    }

    @Test
    void anUnlimitedLineIsBoundedByTheHandleAlone() throws Exception {
        String much = "x".repeat(100_000);
        assertEquals(List.of("value: " + much, "left: "), log(line().unlimited(), much + "\n"));
        assertEquals(
                true,
                line().unlimited().begin(DecoderHarness.CONTEXT).limitBytes().isEmpty());
    }

    @Test
    void aLimitBelowOneIsRefused() {
        assertEquals(
                "limit: 0 bytes, must be at least 1",
                assertThrows(IllegalArgumentException.class, () -> line().limit(0))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "ab", "aa", "aab", "aaba", "abab", "abaab", "aabaaab"})
    void theFirstMarkerIsFoundHoweverItsBeginningsOverlap(String marker) throws Exception {
        Read<String> read = line(marker);
        int length = 10;
        for (int bits = 0; bits < 1 << length; bits++) {
            StringBuilder stream = new StringBuilder();
            for (int i = 0; i < length; i++) {
                stream.append((bits >> i & 1) == 0 ? 'a' : 'b');
            }
            stream.append(marker);
            int end = stream.indexOf(marker);
            List<String> expected =
                    List.of("value: " + stream.substring(0, end), stream.substring(end + marker.length()));
            assertEquals(expected, first(read, stream.toString(), 1));
            assertEquals(expected, first(read, stream.toString(), stream.length()));
        }
    }

    /** The first line of a stream that comes in pieces, and the rest of it. */
    private static List<String> first(Read<String> read, String stream, int pieceBytes) throws Exception {
        byte[] all = DecoderHarness.bytes(stream);
        Decoder<String> decoder = read.begin(DecoderHarness.CONTEXT);
        for (int shown = pieceBytes; shown <= all.length; shown += pieceBytes) {
            ByteBuffer in = ByteBuffer.wrap(all, 0, shown);
            String line = decoder.decode(in);
            if (line != null) {
                return List.of("value: " + line, stream.substring(in.position()));
            }
        }
        return List.of();
    }
}
