package dev.haft;

import static dev.haft.DecoderHarness.log;
import static dev.haft.Reads.packed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parity r.packstring. */
class PackedReadTest {
    @Test
    void theLengthStandsBeforeTheBytes() throws Exception {
        assertEquals(List.of("value: hello", "value: ", "left: \0"), log(packed("n"), "\0\5hel", "lo\0\0\0"));
        assertEquals(List.of("value: ab", "left: "), log(packed("V"), "\2\0\0\0ab"));
        assertEquals(List.of("value: ab", "left: "), log(packed(LengthPrefix.U24_BE), "\0\0\2ab"));
        assertEquals(List.of("value: ab", "left: "), log(packed(LengthPrefix.U24_LE), "\2\0\0ab"));
    }

    @Test
    void groupsOfSevenBitsComeHighestOrLowestFirst() throws Exception {
        String long200 = "x".repeat(200);
        assertEquals(List.of("value: " + long200, "left: "), log(packed("w"), "\u0081H" + long200));
        assertEquals(
                List.of("value: " + long200, "left: "), log(packed(LengthPrefix.LEB128), "\u00c8\u0001" + long200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c", "s>", "l<", "n!", "q>"})
    void aNegativeLengthIsBad(String format) throws Exception {
        assertEquals(
                "BAD_MESSAGE: the length is negative",
                log(packed(format), "\u00ff".repeat(8)).get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "n", "N", "w", "Q>", "J<"})
    void aLengthOverTheLimitIsTooLongAtOnce(String format) throws Exception {
        String most = "\u00ff".repeat(9) + "\u007f";
        assertEquals(
                "TOO_LONG: the length is more than 5 bytes",
                log(packed(format, 5), most).get(0));
    }

    @Test
    void aLengthWithoutEndOrWithALeadingGroupOfZeroIsBad() throws Exception {
        assertEquals(
                "BAD_MESSAGE: the length has a leading group of zero",
                log(packed("w"), "\u0080\3abc").get(0));
        assertEquals(
                "BAD_MESSAGE: the length has more than 10 groups",
                log(packed(LengthPrefix.LEB128), "\u0080".repeat(11)).get(0));
    }

    @Test
    void aLengthInGroupsIsTooLongBeforeItsLastGroup() throws Exception {
        assertEquals(
                List.of("TOO_LONG: the length is more than 300 bytes", "left: \u0083\u0080"),
                log(packed("w", 300), "\u0083", "\u0080"));
        assertEquals(List.of("left: \u0082"), log(packed("w", 300), "\u0082"), "256 at least");
        assertEquals(
                List.of("TOO_LONG: the length is more than 300 bytes", "left: \u0080\u0083"),
                log(packed(LengthPrefix.LEB128, 300), "\u0080", "\u0083"));
        assertEquals(
                "TOO_LONG: the length is more than 2147483647 bytes",
                log(packed("w", HandleOptions.unlimited()), "\u0081".repeat(11)).get(0));
    }

    @Test
    void aLengthWithSuperfluousGroupsIsTakenOnlyWithTheLowestGroupFirst() throws Exception {
        assertEquals(List.of("value: abc", "left: "), log(packed(LengthPrefix.LEB128), "\u0083\u0080\0abc"));
        assertEquals(
                "BAD_MESSAGE: the length has a leading group of zero",
                log(packed("w"), "\u0080\u0080\3abc").get(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"u8", "u16be", "u16le", "u24be", "u24le", "u32be", "u32le", "u64be", "u64le", "ber", "leb128"})
    void aConstantIsFoundByItsName(String name) {
        assertEquals(name, LengthPrefix.of(name).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "N<", "c!", "w!", "n>", "S<>", "S<<", "q!", "NN"})
    void aFormatThatPerlDoesNotHaveIsRefused(String format) {
        assertThrows(IllegalArgumentException.class, () -> packed(format));
    }
}
