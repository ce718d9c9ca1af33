package dev.haft.cbor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.haft.Read;
import dev.haft.ReadType;
import dev.haft.WriteType;
import dev.haft.testkit.BytesOutput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The types by name. */
class CborTypesTest {
    private final ReadType reads = new CborReadType();
    private final WriteType writes = new CborWriteType();

    private static List<String> notation(String text) {
        Read<Object> read = new CborTextReadType().read();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<String> log = Feed.whole(read, bytes);
        assertEquals(log, Feed.byteByByte(read, bytes));
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertEquals(log, Feed.cutAt(read, bytes, cut));
        }
        return log;
    }

    @Test
    void theyHaveNames() {
        assertEquals("cbor", reads.name());
        assertEquals("cbor", writes.name());
        assertEquals("cbor-text", new CborTextReadType().name());
        assertEquals("cbor-text", new CborTextWriteType().name());
    }

    @Test
    void argumentsSayWhatIsRead() throws Exception {
        assertEquals(List.of("value [1]", Feed.CLEAN), Feed.whole(reads.read(), "8101"));
        assertEquals(List.of("value {a=1}", Feed.CLEAN), Feed.whole(reads.read(Object.class), "a1616101"));
        assertEquals(List.of("value 8101", Feed.CLEAN), Feed.whole(reads.read("bytes"), "8101"));
        assertEquals(List.of("value {a=1}", Feed.CLEAN), Feed.whole(reads.read(Map.class, 9), "a1616101"));
        for (Object limit : List.of(64, 64L, "64")) {
            assertEquals(OptionalInt.of(64), reads.read(limit).begin(null).limitBytes());
            assertEquals(
                    OptionalInt.of(64), reads.read("bytes", limit).begin(null).limitBytes());
        }
    }

    @Test
    void argumentsSayHowIsWritten() throws Exception {
        assertEquals("a2016162616101".length() / 2, BytesOutput.encoded(writes.write(), Map.of(1, "b", "a", 1)).length);
        assertEquals(
                "f97e00", Hex.of(BytesOutput.encoded(writes.write("deterministic"), Float.intBitsToFloat(0x7fc00001))));
    }

    @Test
    void otherArgumentsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> reads.read("strict"));
        assertThrows(IllegalArgumentException.class, () -> reads.read(0));
        assertThrows(IllegalArgumentException.class, () -> reads.read(1L << 40));
        assertThrows(IllegalArgumentException.class, () -> reads.read(List.of()));
        assertThrows(IllegalArgumentException.class, () -> writes.write("canonical"));
        assertThrows(IllegalArgumentException.class, () -> writes.write("deterministic", "deterministic"));
        assertThrows(IllegalArgumentException.class, () -> new CborTextReadType().read("1"));
        assertThrows(IllegalArgumentException.class, () -> new CborTextWriteType().write("1"));
    }

    @Test
    void itemsInNotationFollowEachOther() {
        assertEquals(
                List.of(
                        "value 1",
                        "value -2",
                        "value \"a b\"",
                        "value [1, 2]",
                        "value h'0102'",
                        "value true",
                        Feed.CLEAN),
                notation(" 1, -2\n\"a b\"[1,2] h'01 02'\ttrue"));
        assertEquals(List.of("value 1", Feed.CLEAN), notation("# one\n1 / the end / # really\n"));
        assertEquals(List.of("cut off, 4 bytes are left"), notation("[1,2"));
        assertEquals(List.of(Feed.CLEAN), notation(" \n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "18446744073709551616 | c249010000000000000000",
                "-0x10 | 2f",
                "0b101 | 05",
                "1.5e1 | f94b80",
                "-0.0 | f98000",
                "0x1.8p1 | f94200",
                "1_3 | 01",
                "NaN | f97e00",
                "-Infinity_1 | f9fc00",
                "simple(99) | f863",
                "1(1363896240) | c11a514b67b0",
                "[_ 1 [_1 2]] | 82018102",
                "{_ 1: 2, \"a\": 'b',} | a201026161" + "4162",
                "(_ \"a\", \"b\") | 626162",
                "(_ h'01', b64'Ag') | 420102",
                "<<1, [2]>> | 43018102",
                "\"\\u00e4\\n\\\"\" | 64c3a40a22",
                "undefined | f7",
            })
    void notationIsRead(String notation, String hex) throws Exception {
        assertEquals(hex, Hex.of(BytesOutput.encoded(Cbor.deterministic(), DiagnosticParser.parse(notation))));
        assertEquals(2, notation(notation).size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "]",
                "[1}",
                "{1}",
                "{1:2,1:3}",
                "h'0'",
                "x'00'",
                "-1(2)",
                "\"\\x\"",
                "1d",
                "0x",
                "tru",
                "(_ 1,2)",
                "1(2",
                "<1>",
                "2(3 4)"
            })
    void whatIsNoNotationIsABadMessage(String text) {
        String log = notation(text + " ").get(0);
        assertEquals(true, log.startsWith("BAD_MESSAGE bad diagnostic notation") || log.startsWith("cut off"), log);
    }

    @Test
    void whatIsTooDeepOrTooLongIsRefused() {
        Read<Object> read = new CborTextReadType().read();
        byte[] deep = ("[".repeat(600) + "]".repeat(600)).getBytes(StandardCharsets.UTF_8);
        assertEquals(true, Feed.whole(read, deep).get(0).contains("nested more than 512 deep"));
        byte[] large = (" ".repeat(1 << 20) + "1").getBytes(StandardCharsets.UTF_8);
        assertEquals(List.of("TOO_LONG CBOR text is longer than 1048576 bytes"), Feed.whole(read, large));
    }

    @Test
    void notationIsWritten() throws Exception {
        assertEquals(
                "[1, \"a\\\"\\n\\u0000ä\", h'00ff', {\"k\": null}, 1000(1.5), NaN, -Infinity, simple(99), 18446744073709551616]",
                new String(
                        BytesOutput.encoded(
                                new CborTextWriteType().write(),
                                com.upokecenter.cbor.CBORObject.DecodeFromBytes(
                                        Hex.bytes(
                                                "89 01 66 61220a00c3a4 4200ff a1616bf6 d903e8f93e00 f97e00 f9fc00 f863 c249010000000000000000"))),
                        StandardCharsets.UTF_8));
    }
}
