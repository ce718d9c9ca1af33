package dev.haft.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import dev.haft.BadMessageException;
import dev.haft.Decoder;
import dev.haft.ErrorCode;
import dev.haft.Read;
import dev.haft.testkit.Outcome;
import dev.haft.testkit.ReadRun;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class JsonReadTest {
    /** What a program would map. */
    public record Order(String id, int count) {}

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return bytes;
    }

    /** In one piece, byte by byte, and cut once in every place. */
    private static void assertReads(Read<?> read, byte[] stream, String... expected) {
        List<String> log = List.of(expected);
        assertEquals(log, Feed.whole(read, stream), "whole");
        assertEquals(log, Feed.byteByByte(read, stream), "byte by byte");
        for (int cut = 0; cut <= stream.length; cut++) {
            assertEquals(log, Feed.cutAt(read, stream, cut), "cut at " + cut);
        }
    }

    private static void assertReads(Read<?> read, String stream, String... expected) {
        assertReads(read, utf8(stream), expected);
    }

    private static String bad(int offset, String what) {
        return "BAD_MESSAGE bad JSON at offset " + offset + ": " + what;
    }

    @Test
    void objectsAndArraysFollowEachOtherWithOrWithoutSpace() {
        assertReads(
                Json.value(),
                "{\"a\":[1,{}]}[2]\r\n\t [\"}\\\"]\"] \n",
                "value {\"a\":[1,{}]}",
                "value [2]",
                "value [\"}\\\"]\"]",
                Feed.CLEAN);
    }

    @Test
    void recordSeparatorsAreSkipped() {
        assertReads(Json.value(), "\u001e[1]\n\u001e\u001e{}\n\u001e", "value [1]", "value {}", Feed.CLEAN);
    }

    @Test
    void anEmptyStreamIsACleanEnd() {
        assertReads(Json.value(), "", Feed.CLEAN);
        assertReads(Json.value(), " \n", Feed.CLEAN);
    }

    @Test
    void whiteSpaceStaysUntilTheTextIsThere() throws BadMessageException {
        for (Read<?> read : List.of(Json.value(), Json.as(Map.class))) {
            Decoder<?> decoder = read.begin(null);
            ByteBuffer in = ByteBuffer.wrap(utf8("  "));
            assertEquals(null, decoder.decode(in));
            assertEquals(0, in.position());
            assertEquals(null, decoder.atEnd(in));
            assertEquals(2, in.position());
        }
    }

    @Test
    void nothingBehindTheTextIsTouched() throws BadMessageException {
        for (Read<?> read : List.of(Json.value(), Json.as(Map.class))) {
            ByteBuffer in = ByteBuffer.wrap(utf8(" {} \n\0"));
            assertTrue(read.begin(null).decode(in) != null);
            assertEquals(3, in.position());
            assertEquals(6, in.limit());
        }
    }

    @Test
    void aTextThatIsCutOffIsNoValueAndNoError() {
        String text = "{\"k\\\"\":[1.5e3,true,null,\"\\u00e4\u00e4\"],\"o\":{}}";
        byte[] whole = utf8(text);
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            List<String> expected = List.of("cut off, " + length + " bytes are left");
            assertEquals(expected, Feed.whole(Json.value(), cut));
            assertEquals(expected, Feed.byteByByte(Json.value(), cut));
            assertEquals(expected, Feed.whole(Json.as(Object.class), cut));
        }
    }

    @Test
    void anotherFirstCharacterIsAnErrorAtOnce() {
        assertReads(Json.value(), " x", bad(1, "expected '{' or '[', not 'x'"));
        assertReads(Json.value(), "12 ", bad(0, "expected '{' or '[', not '1'"));
        assertReads(Json.value(), "[1]]", "value [1]", bad(0, "expected '{' or '[', not ']'"));
    }

    @Test
    void otherEncodingsAreRefused() {
        assertReads(
                Json.value(),
                bytes(0xef, 0xbb, 0xbf, '[', ']'),
                bad(0, "expected '{' or '[', not 0xEF; a byte order mark is not allowed"));
        assertReads(
                Json.value(),
                bytes(0xff, 0xfe, '[', 0),
                bad(0, "expected '{' or '[', not 0xFF; UTF-16 and UTF-32 are not read"));
        assertReads(
                Json.value(),
                bytes(0, '[', 0, ']'),
                bad(0, "expected '{' or '[', not 0x00; UTF-16 and UTF-32 are not read"));
        assertReads(
                Json.value(),
                bytes('[', 0, ']', 0),
                bad(1, "0x00 outside of a string; UTF-16 and UTF-32 are not read"));
    }

    @Test
    void malformedUtf8IsRefused() {
        int[][] malformed = {
            {0xc3, 0x28},
            {0xc0, 0xaf},
            {0xe0, 0x80, 0xaf},
            {0xed, 0xa0, 0x80},
            {0xf4, 0x90, 0x80, 0x80},
            {0x80},
            {0xff},
            {0xe2, 0x82, 0x28},
            {0xf0, 0x9f, 0x98, 0x28},
            {0xf8, 0x88, 0x80, 0x80, 0x80},
            {0xf0, 0x80, 0x80, 0xaf},
        };
        for (int[] each : malformed) {
            byte[] text = new byte[each.length + 16];
            java.util.Arrays.fill(text, (byte) 'a');
            text[0] = '[';
            text[1] = '"';
            System.arraycopy(bytes(each), 0, text, 11, each.length);
            text[text.length - 2] = '"';
            text[text.length - 1] = ']';
            assertReads(Json.value(), text, bad(11, "not UTF-8"));
            assertReads(Json.as(List.class), text, bad(11, "not UTF-8"));
        }
    }

    @Test
    void wellFormedUtf8IsRead() {
        assertReads(
                Json.value(),
                "[\"ä€\ud83d\ude00\u07ff\uffff\ud7ff\"]",
                "value [\"ä€\ud83d\ude00\u07ff\uffff\ud7ff\"]",
                Feed.CLEAN);
    }

    @Test
    void aWrongBracketIsAnErrorWhenItComes() {
        assertReads(Json.value(), "{\"a\":[1}", bad(7, "expected ']', not '}'"));
        assertReads(Json.value(), "[{]", bad(2, "expected '}', not ']'"));
        String deep = "[{".repeat(100);
        assertReads(Json.value(), deep + "}]".repeat(36) + "]", bad(272, "expected '}', not ']'"));
    }

    @Test
    void controlCharactersAreErrorsWhenTheyCome() {
        assertReads(Json.value(), "[\"a\n", bad(3, "0x0A in a string"));
        assertReads(Json.value(), "[\"a\\\n", bad(4, "0x0A in a string"));
        assertReads(Json.value(), "[1,\u001e", bad(3, "0x1E outside of a string"));
    }

    @Test
    void theParserSaysWhatElseIsWrongAndWhere() {
        assertReads(
                Json.value(),
                " [1,}2]".replace('}', ','),
                bad(4, "Unexpected character (',' (code 44)): expected a value"));
        String log = Feed.whole(Json.value(), "{oops}").get(0);
        assertTrue(log.startsWith("BAD_MESSAGE bad JSON at offset 1: Unexpected character ('o'"), log);
        assertTrue(!log.contains("Source"), log);
    }

    @Test
    void theCauseIsJacksons() {
        BadMessageException e = assertThrows(
                BadMessageException.class, () -> Json.value().begin(null).decode(ByteBuffer.wrap(utf8("[01]"))));
        assertEquals(ErrorCode.BAD_MESSAGE, e.code());
        assertEquals(0, e.skipBytes());
        assertInstanceOf(JsonProcessingException.class, e.getCause());
    }

    @Test
    void aTextMayBeAsLongAsItsLimitAndNoLonger() {
        JsonRead<JsonNode> read = Json.value().limit(8);
        assertReads(read, " [12345][123456]", "value [12345]", "value [123456]", Feed.CLEAN);
        assertReads(read, " [123456]", "TOO_LONG JSON text is longer than 8 bytes");
        assertReads(read, "         ", "TOO_LONG JSON text is longer than 8 bytes");
        assertReads(read, "        [", "TOO_LONG JSON text is longer than 8 bytes");
        assertReads(read, "[\"123456789", "TOO_LONG JSON text is longer than 8 bytes");
        assertReads(read.scalars(), "12345678 ", "value 12345678", Feed.CLEAN);
        assertReads(read.scalars(), "12345678", "value 12345678", Feed.CLEAN);
        assertReads(read.scalars(), "123456789", "TOO_LONG JSON text is longer than 8 bytes");
    }

    @Test
    void theLimitIsTold() throws BadMessageException {
        assertEquals(OptionalInt.of((1 << 20) + 1), Json.value().begin(null).limitBytes());
        assertEquals(
                OptionalInt.of(11), Json.as(Map.class).limit(10).begin(null).limitBytes());
        assertEquals(OptionalInt.empty(), Json.value().unlimited().begin(null).limitBytes());
    }

    @Test
    void withoutLimitATextMayBeLonger() {
        String text = "[\"" + "x".repeat(Json.MAX_TEXT_BYTES) + "\"]";
        assertEquals(List.of("TOO_LONG JSON text is longer than 1048576 bytes"), Feed.whole(Json.value(), text));
        assertEquals(
                List.of("value " + text, Feed.CLEAN), Feed.whole(Json.value().unlimited(), text));
    }

    @Test
    void aTextMayBeAsDeepAsItsLimitAndNoDeeper() {
        assertReads(Json.value().maxDepth(2), "[{\"a\":1}]", "value [{\"a\":1}]", Feed.CLEAN);
        assertReads(Json.value().maxDepth(2), "[[[]]]", bad(2, "nested more than 2 deep"));
        for (int depth : new int[] {1, 63, 64, 65, 128, 129, 512}) {
            String text = "[".repeat(depth) + "]".repeat(depth);
            assertEquals(List.of("value " + text, Feed.CLEAN), Feed.whole(Json.value(), text));
            assertEquals(List.of("value " + text, Feed.CLEAN), Feed.byteByByte(Json.value(), utf8(text)));
        }
        assertEquals(List.of(bad(512, "nested more than 512 deep")), Feed.whole(Json.value(), "[".repeat(100_000)));
        assertEquals(
                List.of("value true", Feed.CLEAN),
                Feed.whole(
                        Json.value().maxDepth(5000).map(tree -> tree.isArray()), "[".repeat(5000) + "]".repeat(5000)));
    }

    @Test
    void scalarsAreTextsIfAskedFor() {
        assertReads(
                Json.value().scalars(),
                "\"a\"1 -2.5e3\ttruefalse null{\"a\":1}0",
                "value \"a\"",
                "value 1",
                "value -2500.0",
                "value true",
                "value false",
                "value null",
                "value {\"a\":1}",
                "value 0",
                Feed.CLEAN);
    }

    @Test
    void aNumberIsCompleteWhenSomethingElseComes() {
        ReadRun<JsonNode> run = new ReadRun<>(Json.value().scalars());
        assertEquals(List.of(), run.piece(utf8("12")).piece(utf8("34")).outcomes());
        assertEquals("[value 1234 at 4]", run.piece(utf8("\n")).outcomes().toString());
        assertEquals(
                "[value 1234 at 4, value 5 at 6]",
                run.piece(utf8("5")).end().outcomes().toString());
    }

    @Test
    void aBadScalarIsAnError() {
        assertReads(Json.value().scalars(), "nul1", bad(3, "'1' where a literal has 'l'"));
        assertReads(Json.value().scalars(), "x", bad(0, "expected a JSON value, not 'x'"));
        List<String> log = Feed.whole(Json.value().scalars(), "12x ");
        assertEquals(1, log.size());
        assertTrue(log.get(0).startsWith("BAD_MESSAGE bad JSON at offset "), log.get(0));
        assertReads(Json.value().scalars(), "12x ", log.get(0));
        assertReads(
                Json.value().scalars(),
                "-",
                Feed.whole(Json.value().scalars(), "- ").get(0));
        assertReads(Json.value().scalars(), "1\0 ", bad(1, "0x00 in a number"));
        assertReads(Json.value().scalars(), "tru", "cut off, 3 bytes are left");
        assertReads(Json.value().scalars(), "\"a", "cut off, 2 bytes are left");
    }

    @Test
    void aScalarThatIsZeroEmptyFalseOrNullIsAValue() {
        assertReads(
                Json.value().scalars(),
                "0 \"\" false null",
                "value 0",
                "value \"\"",
                "value false",
                "value null",
                Feed.CLEAN);
    }

    @Test
    void nullIsNoValueOfAClass() {
        assertReads(Json.as(String.class).scalars(), " \"a\" null", "value a", bad(1, "null is no value of this type"));
    }

    @Test
    void aTextIsMappedToAClass() {
        assertReads(Json.as(Order.class), "{\"id\":\"x\",\"count\":3}\n", "value Order[id=x, count=3]", Feed.CLEAN);
        assertReads(
                Json.as(new TypeReference<List<Order>>() {}),
                "[{\"id\":\"x\",\"count\":3}]",
                "value [Order[id=x, count=3]]",
                Feed.CLEAN);
        assertReads(Json.as(Map.class), "{\"a\":{\"b\":[1]}}", "value {a={b=[1]}}", Feed.CLEAN);
    }

    @Test
    void aTextThatIsNoValueOfTheClassIsAnError() {
        assertReads(
                Json.as(Order.class),
                " {\"id\":\"x\",\"count\":\"many\"}",
                bad(19, "Cannot deserialize value of type `int` from String \"many\": not a valid `int` value"));
    }

    @Test
    void integersKeepAllDigits() {
        String digits = "123456789012345678901234567890";
        Outcome outcome = ReadRun.whole(Json.value(), utf8("[" + digits + "]")).get(0);
        JsonNode tree = assertInstanceOf(JsonNode.class, outcome.value());
        BigIntegerNode node = assertInstanceOf(BigIntegerNode.class, tree.get(0));
        assertEquals(new BigInteger(digits), node.bigIntegerValue());
    }

    @Test
    void aNumberOfMoreThanAThousandDigitsIsAnError() {
        String log = Feed.whole(Json.value(), "[" + "9".repeat(1001) + "]").get(0);
        assertTrue(log.startsWith("BAD_MESSAGE") && log.contains("1000"), log);
    }

    @Test
    void theLastOfTwoEqualNamesCounts() {
        assertReads(Json.value(), "{\"a\":1,\"a\":2}", "value {\"a\":2}", Feed.CLEAN);
    }

    @Test
    void aMapperOfTheProgramsOwnIsUsed() {
        ObjectMapper strict = JsonMapper.builder(JsonFactory.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
        JsonCodec codec = Json.with(strict);
        assertReads(codec.value(), "[1.10000000000000000000001]", "value [1.10000000000000000000001]", Feed.CLEAN);
        assertReads(codec.value(), "{\"a\":1,\"a\":2}", bad(10, "Duplicate field 'a'"));
        assertReads(codec.as(Order.class), "{\"id\":\"x\"} ", "value Order[id=x, count=0]", Feed.CLEAN);
        assertReads(codec.as(new TypeReference<Map<String, Integer>>() {}), "{\"id\":7}", "value {id=7}", Feed.CLEAN);
    }

    @Test
    void aMapperMayAllowControlCharactersInStrings() {
        ObjectMapper lenient = JsonMapper.builder()
                .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                .build();
        assertReads(Json.with(lenient).value(), "[\"a\nb\"]", "value [\"a\\nb\"]", Feed.CLEAN);
        assertReads(Json.with(lenient).value(), "[\"a\u001e", bad(3, "0x1E in a string"));
    }

    /** Takes nothing behind the first token, or all that there is. */
    private static ObjectMapper counting(boolean all) {
        SimpleModule module = new SimpleModule().addDeserializer(Order.class, new JsonDeserializer<Order>() {
            @Override
            public Order deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                int tokens = 1;
                while (all && parser.nextToken() != null) {
                    tokens++;
                }
                return new Order("tokens", tokens);
            }
        });
        return JsonMapper.builder().addModule(module).build();
    }

    @Test
    void aDeserializerThatStopsEarlyOrReadsOnTakesOneText() {
        assertReads(
                Json.with(counting(true)).as(Order.class),
                "{\"a\":1} {\"b\":{}}[1] ",
                "value Order[id=tokens, count=4]",
                "value Order[id=tokens, count=5]",
                "value Order[id=tokens, count=3]",
                Feed.CLEAN);
        assertReads(
                Json.with(counting(false)).as(Order.class),
                "{\"a\":1}[2,{}]",
                "value Order[id=tokens, count=1]",
                "value Order[id=tokens, count=1]",
                Feed.CLEAN);
    }

    @Test
    void aMapperThatMovesTheEndOfATextIsRefused() {
        for (JsonReadFeature feature : List.of(
                JsonReadFeature.ALLOW_JAVA_COMMENTS,
                JsonReadFeature.ALLOW_YAML_COMMENTS,
                JsonReadFeature.ALLOW_SINGLE_QUOTES)) {
            ObjectMapper mapper = JsonMapper.builder().enable(feature).build();
            assertThrows(IllegalArgumentException.class, () -> Json.with(mapper));
        }
    }

    @Test
    void limitsAreAtLeastOne() {
        assertThrows(IllegalArgumentException.class, () -> Json.value().limit(0));
        assertThrows(IllegalArgumentException.class, () -> Json.value().maxDepth(0));
    }
}
