package dev.haft.cbor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.upokecenter.cbor.CBOREncodeOptions;
import com.upokecenter.cbor.CBORException;
import dev.haft.BadMessageException;
import dev.haft.ErrorCode;
import dev.haft.Read;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborReadTest {
    /** What a program would map: the library wants setters. */
    public static final class Order {
        private String id = "";
        private int count;

        public String getId() {
            return id;
        }

        public void setId(String value) {
            id = value;
        }

        public int getCount() {
            return count;
        }

        public void setCount(int value) {
            count = value;
        }

        @Override
        public String toString() {
            return id + " x " + count;
        }
    }

    /** In one piece, byte by byte, and cut once in every place. */
    private static void assertReads(Read<?> read, String hex, String... expected) {
        byte[] stream = Hex.bytes(hex);
        List<String> log = List.of(expected);
        assertEquals(log, Feed.whole(read, stream), "whole");
        assertEquals(log, Feed.byteByByte(read, stream), "byte by byte");
        for (int cut = 0; cut <= stream.length; cut++) {
            assertEquals(log, Feed.cutAt(read, stream, cut), "cut at " + cut);
        }
    }

    private static String bad(int offset, String what) {
        return "BAD_MESSAGE bad CBOR at offset " + offset + ": " + what;
    }

    private static String tooLong(int offset, String what) {
        return "TOO_LONG CBOR at offset " + offset + ": " + what;
    }

    @Test
    void itemsFollowEachOther() {
        assertReads(
                Cbor.value(),
                "83010203 6161 a1616101 f6 20 d9d9f780",
                "value [1, 2, 3]",
                "value \"a\"",
                "value {\"a\": 1}",
                "value null",
                "value -1",
                "value 55799([])",
                Feed.CLEAN);
    }

    @Test
    void lengthsMayBeIndefinite() {
        assertReads(
                Cbor.value(),
                "9f 01 9f ff bf 6161 5f 4101 40 4102 ff ff ff 7f 6161 ff bf ff",
                "value [1, [], {\"a\": h'0102'}]",
                "value \"a\"",
                "value {}",
                Feed.CLEAN);
    }

    @Test
    void allKindsAreRead() {
        assertReads(
                Cbor.value(),
                "f93e00 fa47c35000 fb3ff199999999999a f97e00 f7 f8ff 1bffffffffffffffff 3bffffffffffffffff"
                        + " c249010000000000000000 da000f424060",
                "value 1.5",
                "value 100000.0",
                "value 1.1",
                "value NaN",
                "value undefined",
                "value simple(255)",
                "value 18446744073709551615",
                "value -18446744073709551616",
                "value 18446744073709551616",
                "value 1000000(\"\")",
                Feed.CLEAN);
    }

    @Test
    void anItemThatIsCutOffIsNoValueAndNoError() {
        byte[] whole = Hex.bytes("a2 6161 9f 1a00000001 ff 5f 4201 02 ff c1 fb3ff199999999999a");
        for (int length = 1; length < whole.length; length++) {
            List<String> expected = List.of("cut off, " + length + " bytes are left");
            assertEquals(expected, Feed.whole(Cbor.value(), Arrays.copyOf(whole, length)));
            assertEquals(expected, Feed.byteByByte(Cbor.bytes(), Arrays.copyOf(whole, length)));
        }
    }

    @Test
    void nothingBehindTheItemIsTouched() throws BadMessageException {
        ByteBuffer in = ByteBuffer.wrap(Hex.bytes("8101 1c"));
        assertEquals("[1]", Cbor.value().begin(null).decode(in).toString());
        assertEquals(2, in.position());
        assertEquals(3, in.limit());
    }

    @ParameterizedTest
    @CsvSource({
        "1c, 0, 0x1C starts no item",
        "3f, 0, 0x3F starts no item",
        "df, 0, 0xDF starts no item",
        "ff, 0, a break where none may be",
        "8201ff, 2, a break where none may be",
        "bf01ff, 2, a break where none may be",
        "d903e8ff, 3, a break where none may be",
        "5f01ff, 1, a string of indefinite length has a chunk that is none",
        "5f6161ff, 1, a string of indefinite length has a chunk that is none",
        "7f7fffff, 1, a string of indefinite length has a chunk that is none",
        "f81f, 0, a simple value below 32 in two bytes",
    })
    void whatIsNotWellFormedIsAnErrorWhenItComes(String hex, int offset, String what) {
        assertReads(Cbor.value(), hex, bad(offset, what));
    }

    @Test
    void theContentOfDatesIsChecked() {
        assertReads(
                Cbor.value(),
                "c06161 c0626162 c11a514b67b0 c120 c1f93e00",
                "value 0(\"a\")",
                "value 0(\"ab\")",
                "value 1(1363896240)",
                "value 1(-1)",
                "value 1(1.5)",
                Feed.CLEAN);
        assertReads(Cbor.value(), "c001", bad(1, "tag 0 is of text only"));
        assertReads(Cbor.value(), "c160", bad(1, "tag 1 is of numbers only"));
        assertReads(Cbor.value(), "c1f6", bad(1, "tag 1 is of numbers only"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"62c328", "a2 01 02 01 03", "7f 61c3 61a9 ff"})
    void whatTheLibraryRefusesIsAnError(String hex) throws Exception {
        BadMessageException e = assertThrows(
                BadMessageException.class, () -> Cbor.value().begin(null).decode(ByteBuffer.wrap(Hex.bytes(hex))));
        assertEquals(ErrorCode.BAD_MESSAGE, e.code());
        assertInstanceOf(CBORException.class, e.getCause());
        assertReads(Cbor.value(), hex, "BAD_MESSAGE " + e.getMessage());
        assertReads(Cbor.bytes(), hex, "value " + hex.replace(" ", ""), Feed.CLEAN);
    }

    @Test
    void aLengthOverTheLimitIsRefusedBeforeItsBytesCome() {
        String limit = "; the limit is 1048576";
        assertReads(Cbor.value(), "5a00100001", tooLong(0, "a string of 1048577 bytes" + limit));
        assertReads(Cbor.value(), "5bffffffffffffffff", tooLong(0, "a string of 18446744073709551615 bytes" + limit));
        assertReads(Cbor.value(), "9a00100001", tooLong(0, "an array of 1048577 elements" + limit));
        assertReads(Cbor.value(), "81bbffffffffffffffff", tooLong(1, "a map of 18446744073709551615 elements" + limit));
        assertReads(Cbor.value(), "9a00100000", tooLong(0, "the item is longer than 1048576 bytes"));
    }

    @Test
    void whatMustBecomeTooLongIsRefusedAtOnce() {
        CborRead<?> read = Cbor.value().limit(8);
        assertReads(read, "8701010101010101 01", "value [1, 1, 1, 1, 1, 1, 1]", "value 1", Feed.CLEAN);
        assertReads(read, "4701010101010101", "value h'01010101010101'", Feed.CLEAN);
        assertReads(read, "48", tooLong(0, "the item is longer than 8 bytes"));
        assertReads(read, "88", tooLong(0, "the item is longer than 8 bytes"));
        assertReads(read, "a4", tooLong(0, "the item is longer than 8 bytes"));
        assertReads(read, "1b", tooLong(0, "the item is longer than 8 bytes"));
        assertReads(read, "84 45", tooLong(1, "the item is longer than 8 bytes"));
        assertReads(read, "9f 01 01 01 01 01 01 01", tooLong(7, "the item is longer than 8 bytes"));
        assertReads(read, "bf 01 01 01 01 01 01", "cut off, 7 bytes are left");
        assertReads(read, "bf 01 01 01 01 01 01 01", tooLong(7, "the item is longer than 8 bytes"));
        assertReads(read, "5f 45 0101010101 ff", "value h'0101010101'", Feed.CLEAN);
        assertReads(read, "5f 46", tooLong(1, "the item is longer than 8 bytes"));
    }

    @Test
    void limitsOfStringsElementsAndDepthMayBeSet() {
        assertReads(
                Cbor.value().maxStringBytes(2),
                "420102 43",
                "value h'0102'",
                tooLong(0, "a string of 3 bytes; the limit is 2"));
        assertReads(Cbor.value().maxStringBytes(2), "5f 4101 4202", tooLong(3, "a string of 3 bytes; the limit is 2"));
        assertReads(
                Cbor.value().maxElements(2),
                "820102 83",
                "value [1, 2]",
                tooLong(0, "an array of 3 elements; the limit is 2"));
        assertReads(
                Cbor.value().maxElements(1),
                "a10102 a2",
                "value {1: 2}",
                tooLong(0, "a map of 2 elements; the limit is 1"));
        assertReads(Cbor.value().maxElements(1), "9f 01 01", tooLong(2, "an array of 2 elements; the limit is 1"));
        assertReads(Cbor.value().maxElements(1), "bf 01 01 02", tooLong(3, "a map of 2 elements; the limit is 1"));
        assertReads(Cbor.value().maxDepth(2), "818101", "value [[1]]", Feed.CLEAN);
        assertReads(Cbor.value().maxDepth(2), "81a18101", bad(2, "nested more than 2 deep"));
        assertReads(Cbor.value().maxDepth(2), "c7c7c7", bad(2, "nested more than 2 deep"));
    }

    @Test
    void aRaisedLimitRaisesThatOfStrings() {
        byte[] large = new byte[5 + (2 << 20)];
        System.arraycopy(Hex.bytes("5a00200000"), 0, large, 0, 5);
        assertEquals(2, Feed.whole(Cbor.bytes().limit(3 << 20), large).size());
        assertEquals(2, Feed.whole(Cbor.value().unlimited(), large).size());
        assertEquals(1, Feed.whole(Cbor.value(), large).size());
    }

    @Test
    void theLimitIsTold() {
        assertEquals(OptionalInt.of(1 << 20), Cbor.value().begin(null).limitBytes());
        assertEquals(OptionalInt.of(10), Cbor.bytes().limit(10).begin(null).limitBytes());
        assertEquals(OptionalInt.empty(), Cbor.value().unlimited().begin(null).limitBytes());
    }

    @Test
    void limitsAreAtLeastOne() {
        assertThrows(IllegalArgumentException.class, () -> Cbor.value().limit(0));
        assertThrows(IllegalArgumentException.class, () -> Cbor.value().maxDepth(0));
        assertThrows(IllegalArgumentException.class, () -> Cbor.value().maxDepth(513));
        assertThrows(IllegalArgumentException.class, () -> Cbor.value().maxElements(0));
        assertThrows(IllegalArgumentException.class, () -> Cbor.value().maxStringBytes(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"81", "a100", "c7", "9f", "bf00"})
    void anItemMayBeNestedAsDeepAsTheLimit(String open) {
        for (int depth : new int[] {499, 500, 501, 512}) {
            byte[] item = Hex.bytes(open.repeat(depth) + "6161" + (open.matches("[9b]f.*") ? "ff".repeat(depth) : ""));
            List<String> log = Feed.whole(Cbor.value(), item);
            assertEquals(Feed.CLEAN, log.get(1));
            assertTrue(log.get(0).contains("\"a\""));
            assertEquals(log, Feed.byteByByte(Cbor.value(), item));
        }
        String log = Feed.whole(Cbor.value(), Hex.bytes(open.repeat(513))).get(0);
        assertTrue(log.endsWith("nested more than 512 deep"), log);
    }

    @Test
    void deepKeysAndOrderAreThoseOfTheLibrary() {
        byte[] keys = Hex.bytes("a1".repeat(512) + "01" + "02".repeat(512));
        assertEquals(2, Feed.whole(Cbor.value(), keys).size());
        byte[] twice = Hex.bytes("81".repeat(505) + "a2 01 02 01 03");
        assertTrue(Feed.whole(Cbor.value(), twice).get(0).startsWith("BAD_MESSAGE"));
        CborCodec lenient = Cbor.with(new CBOREncodeOptions("allowduplicatekeys=true"));
        assertEquals(2, Feed.whole(lenient.value(), twice).size());
    }

    @Test
    void theBytesOfAnItemAreGivenAsTheyAre() {
        assertReads(Cbor.bytes(), "1800 9fff c001", "value 1800", "value 9fff", "value c001", Feed.CLEAN);
    }

    @Test
    void anItemIsMappedToAClass() {
        assertReads(Cbor.as(Order.class), "a2 626964 6178 65636f756e74 03", "value x x 3", Feed.CLEAN);
        assertReads(Cbor.as(String.class), "6161", "value a", Feed.CLEAN);
        assertReads(Cbor.as(int.class), "1819", "value 25", Feed.CLEAN);
        assertReads(Cbor.as(com.upokecenter.cbor.CBORObject.class), "01", "value 1", Feed.CLEAN);
    }

    @Test
    void anItemThatIsNoValueOfTheClassIsAnError() {
        String log = Feed.whole(Cbor.as(int.class), "6161").get(0);
        assertTrue(log.startsWith("BAD_MESSAGE bad CBOR: no int: "), log);
        log = Feed.whole(Cbor.as(Order.class), "01").get(0);
        assertTrue(log.startsWith("BAD_MESSAGE"), log);
        log = Feed.whole(Cbor.as(Order.class), "f6").get(0);
        assertTrue(log.startsWith("BAD_MESSAGE"), log);
        assertReads(Cbor.as(Object.class), "f6", "BAD_MESSAGE bad CBOR: it is no value of java.lang.Object");
    }

    @Test
    void anObjectIsAPlainValue() throws BadMessageException {
        assertEquals(
                List.of(1, -5_000_000_000L, new BigInteger("18446744073709551616"), 1.5, "a", true),
                plain("86 01 3b000000012a05f1ff c249010000000000000000 f93e00 6161 f5"));
        assertEquals(Arrays.asList((Object) null, null), plain("82 f6 f7"));
        assertEquals(Map.of("a", List.of(), 1, Map.of()), plain("a2 6161 80 01 a0"));
        assertEquals(new BigDecimal("273.15"), plain("c4 82 21 196ab3"));
        assertEquals(
                List.of(2147483647, 2147483648L, -2147483648, -2147483649L),
                plain("84 1a7fffffff 1a80000000 3a7fffffff 3a80000000"));
        assertEquals(1, plain("d9d9f7 01"));
        assertEquals("0102", Hex.of((byte[]) plain("420102")));
        assertEquals("1000(1)", plain("d903e8 01").toString());
    }

    @Test
    void aMapOrListIsOneOfPlainValues() {
        assertReads(Cbor.as(Map.class), "a1616181f5", "value {a=[true]}", Feed.CLEAN);
        assertReads(Cbor.as(List.class), "8101", "value [1]", Feed.CLEAN);
        assertReads(Cbor.as(Number.class), "fb3ff199999999999a", "value 1.1", Feed.CLEAN);
        assertReads(Cbor.as(List.class), "01", "BAD_MESSAGE bad CBOR: it is no value of java.util.List");
    }

    private static Object plain(String hex) throws BadMessageException {
        return Cbor.as(Object.class).begin(null).decode(ByteBuffer.wrap(Hex.bytes(hex)));
    }

    @Test
    void optionsOfTheLibraryAreUsed() {
        CborCodec codec = Cbor.with(new CBOREncodeOptions("allowduplicatekeys=true;keepkeyorder=true"));
        assertReads(codec.value(), "a3 02 01 01 01 02 03", "value {2: 3, 1: 1}", Feed.CLEAN);
        assertReads(codec.as(Object.class), "a2 02 01 01 01", "value {2=1, 1=1}", Feed.CLEAN);
    }
}
