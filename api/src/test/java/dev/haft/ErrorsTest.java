package dev.haft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Law 5: each error has a code, and the code says whether the handle ends with it. */
class ErrorsTest {
    @Test
    void onlyTheseCodesLeaveTheHandleAlive() {
        Set<ErrorCode> notFatal =
                Arrays.stream(ErrorCode.values()).filter(c -> !c.fatal()).collect(Collectors.toSet());
        assertEquals(
                EnumSet.of(ErrorCode.TIMED_OUT, ErrorCode.BAD_MESSAGE, ErrorCode.TOO_LONG, ErrorCode.TYPE_UNAVAILABLE),
                notFatal);
        assertEquals(17, ErrorCode.values().length);
    }

    @Test
    void anErrorIsFatalAsItsCodeSaysUnlessSaidOtherwise() {
        assertTrue(new HandleException(ErrorCode.IO, "x").fatal());
        assertFalse(new HandleException(ErrorCode.TIMED_OUT, "x").fatal());
        assertTrue(new HandleException(ErrorCode.TIMED_OUT, true, "x", null).fatal());
        assertEquals("TIMED_OUT: x", new HandleException(ErrorCode.TIMED_OUT, "x").toString());
    }

    @Test
    void anUncheckedErrorCarriesTheError() {
        HandleException error = new HandleException(ErrorCode.BAD_MESSAGE, "no");
        UncheckedHandleException unchecked = new UncheckedHandleException(error);
        assertSame(error, unchecked.error());
        assertSame(error, unchecked.getCause());
        assertEquals(ErrorCode.BAD_MESSAGE, unchecked.code());
    }

    @Test
    void aBadMessageMaySayHowManyBytesToSkip() {
        BadMessageException plain = BadMessageException.tooLong("long");
        assertEquals(0, plain.skipBytes());
        BadMessageException skipping = plain.skipping(3);
        assertEquals(3, skipping.skipBytes());
        assertEquals(ErrorCode.TOO_LONG, skipping.code());
        assertEquals("long", skipping.getMessage());
        assertThrows(IllegalArgumentException.class, () -> plain.skipping(0));
        assertEquals(
                ErrorCode.TYPE_UNAVAILABLE, BadMessageException.unavailable("x").code());
    }
}
