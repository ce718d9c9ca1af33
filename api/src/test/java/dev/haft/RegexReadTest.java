package dev.haft;

import static dev.haft.DecoderHarness.byteByByte;
import static dev.haft.DecoderHarness.bytes;
import static dev.haft.DecoderHarness.log;
import static dev.haft.Reads.regex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Parity r.regex. */
class RegexReadTest {
    @Test
    void allUpToTheEndOfTheMatchIsRead() throws Exception {
        assertEquals(List.of("value: HTTP/1.1 200 OK\r\n", "left: x"), log(regex("\r\n"), "HTTP/1.1 2", "00 OK\r\nx"));
    }

    @Test
    void groupsAndWhatStoodBeforeAreThere() throws Exception {
        Match match = Objects.requireNonNull(
                regex("(\\d+)-(x)?").begin(DecoderHarness.CONTEXT).decode(ByteBuffer.wrap(bytes("ab\u00ff12-rest"))));
        assertEquals("ab\u00ff12-", match.text());
        assertArrayEquals(bytes("ab\u00ff12-"), match.bytes());
        assertEquals("ab\u00ff", match.before());
        assertEquals("12-", match.group(0));
        assertEquals("12", match.group(1));
        assertNull(match.group(2));
        assertEquals(2, match.groupCount());
    }

    @Test
    void whatIsRejectedIsBadUnlessItIsAccepted() throws Exception {
        RegexRead number = regex("^[0-9]+\\s").reject("[^0-9]");
        assertEquals(List.of("value: 12 ", "left: 3"), log(number, "12 3"));
        assertEquals(
                List.of("BAD_MESSAGE: what came matches what is to be rejected, [^0-9]", "left: 1x2 "),
                log(number, "1x2 "));
    }

    @Test
    void whatIsSkippedIsNotLookedAtAgainButIsPartOfTheMatch() throws Exception {
        RegexRead header = regex("\r\n\r\n").skip("^.*[^\r\n]");
        assertEquals(List.of("value: a: b\r\nc: d\r\n\r\n", "left: body"), log(header, "a: b\r\nc: d\r\n\r\nbody"));
        assertEquals(
                List.of("value: a: b\r\nc: d\r\n\r\n", "left: body"),
                byteByByte(header, bytes("a: b\r\nc: d\r\n\r\nbody")));
    }

    @Test
    void aMatchOfTheLimitIsGivenAndOneMoreByteIsTooLong() throws Exception {
        assertEquals(List.of("value: abc;", "left: "), log(regex(";").limit(4), "abc;"));
        assertEquals(
                List.of("TOO_LONG: regex(;) is longer than 4 bytes", "left: abcd;"),
                log(regex(";").limit(4), "abcd;"));
        assertEquals(
                List.of("TOO_LONG: regex(;) is longer than 4 bytes", "left: abcde"),
                log(regex(";").limit(4), "abcde"));
    }

    @Test
    void onlyLineFeedsEndALineAsInPerl() throws Exception {
        assertEquals(List.of("value: a\rb\u0085c\n", "left: d"), log(regex("^.*\n"), "a\rb\u0085c\nd"));
    }
}
