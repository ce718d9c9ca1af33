package dev.haft.json;

import static dev.haft.testkit.BytesOutput.encodedText;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haft.BadMessageException;
import dev.haft.ErrorCode;
import dev.haft.Write;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonWriteTest {
    /** What a program would map. */
    public record Line(String productName, int count) {}

    private static final Line LINE = new Line("bolt\n", 3);

    @Test
    void anythingThatCanBeMappedIsWrittenOnOneLine() throws Exception {
        Write<Object> write = Json.write();
        assertEquals("{\"a\":[1,null,true]}", encodedText(write, Map.of("a", Arrays.asList(1, null, true))));
        assertEquals(
                "{\"a\":[1,\"x\\ny\"]}", encodedText(write, new ObjectMapper().readTree("{ \"a\" : [1, \"x\\ny\"]}")));
        assertEquals("{\"productName\":\"bolt\\n\",\"count\":3}", encodedText(write, LINE));
        assertEquals("[{\"productName\":\"bolt\\n\",\"count\":3}]", encodedText(write, List.of(LINE)));
        assertEquals("{\"a\":1}", encodedText(write, Map.of("a", 1)));
        assertEquals("[1,2]", encodedText(write, new int[] {1, 2}));
    }

    @Test
    void aScalarIsWrittenToo() throws Exception {
        assertEquals("17", encodedText(Json.write(), 17));
        assertEquals("false", encodedText(Json.write(), false));
        assertEquals("null", encodedText(Json.write(), JsonNodeFactory.instance.nullNode()));
        assertEquals("123456789012345678901", encodedText(Json.write(), new BigInteger("123456789012345678901")));
    }

    @Test
    void textIsWrittenAsAString() throws Exception {
        assertEquals("\"a\\\"ä\"", encodedText(Json.write(), "a\"ä"));
        assertEquals("\"abc\"", encodedText(Json.write(), new StringBuilder("abc")));
        assertEquals("\"abc\"", encodedText(Json.write(), CharBuffer.wrap("abc")));
        assertEquals("\"abc\"", encodedText(Json.with(new ObjectMapper()).write(), CharBuffer.wrap("abc")));
    }

    @Test
    void aLineEndsWithANewline() throws Exception {
        assertEquals("{\"a\":1}\n", encodedText(Json.line(), Map.of("a", 1)));
    }

    @Test
    void forPeopleItIsIndented() throws Exception {
        String pretty = "{\n  \"a\" : [\n    1\n  ]\n}\n";
        assertEquals(pretty, encodedText(Json.pretty(), Map.of("a", List.of(1))));
        assertEquals(pretty, encodedText(Json.pretty(), Map.of("a", List.of(1))));
        assertEquals(pretty, encodedText(Json.with(new ObjectMapper()).pretty(), Map.of("a", List.of(1))));
    }

    @Test
    void aMapperOfTheProgramsOwnIsUsed() throws Exception {
        ObjectMapper snake = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build();
        assertEquals(
                "{\"product_name\":\"bolt\\n\",\"count\":3}",
                encodedText(Json.with(snake).write(), LINE));
        assertEquals(
                "{\"product_name\":\"bolt\\n\",\"count\":3}\n",
                encodedText(Json.with(snake).line(), LINE));
    }

    @Test
    void whatCannotBeMappedIsABadMessage() {
        BadMessageException e = assertThrows(BadMessageException.class, () -> encodedText(Json.write(), new Object()));
        assertEquals(ErrorCode.BAD_MESSAGE, e.code());
        assertFalse(e.getMessage().contains("Source"), e.getMessage());
    }

    @Test
    void aLoneSurrogateIsEscaped() throws Exception {
        assertEquals("[\"\\ud800\"]", encodedText(Json.write(), List.of("\ud800")));
    }

    @Test
    void aCircleIsABadMessage() {
        List<Object> circle = new ArrayList<>();
        circle.add(circle);
        assertThrows(BadMessageException.class, () -> encodedText(Json.write(), circle));
        assertThrows(
                BadMessageException.class,
                () -> encodedText(Json.with(new ObjectMapper()).write(), circle));
    }

    @Test
    void anObjectWithinATreeIsMapped() throws Exception {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.putPOJO("line", LINE).putArray("more").addPOJO(LINE);
        String line = "{\"productName\":\"bolt\\n\",\"count\":3}";
        assertEquals("{\"line\":" + line + ",\"more\":[" + line + "]}", encodedText(Json.write(), tree));
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        JsonNode tree = new ObjectMapper().readTree("{\"a\":[1,2.5,\"\u20ac\\u0000\",{}],\"b\":null}");
        assertEquals(
                List.of("value " + tree, "value " + tree, Feed.CLEAN),
                Feed.whole(Json.value(), encodedText(Json.line(), tree) + encodedText(Json.pretty(), tree)));
    }
}
