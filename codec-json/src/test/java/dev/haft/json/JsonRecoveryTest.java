package dev.haft.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads that go on after a bad text: {@link JsonRead#skippingBad}. */
class JsonRecoveryTest {
    private static final JsonRead<JsonNode> READ = Json.value().skippingBad();

    /** What comes out, errors without their messages; the same in each cut. */
    private static List<String> read(JsonRead<?> read, String stream) {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        List<String> whole = Feed.whole(read, bytes);
        assertEquals(whole, Feed.byteByByte(read, bytes));
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertEquals(whole, Feed.cutAt(read, bytes, cut), "cut at " + cut);
        }
        return whole.stream()
                .map(each -> each.startsWith("BAD_MESSAGE") ? "bad" : each)
                .toList();
    }

    @Test
    void aBadTextIsDroppedAndTheNextOneRead() {
        assertEquals(List.of("bad", "value [2]", Feed.CLEAN), read(READ, "[1,] [2]"));
        assertEquals(List.of("value [1]", "bad", "value [2]", Feed.CLEAN), read(READ, "[1]{oops}\n[2]\n"));
        assertEquals(List.of("bad", "value [2]", Feed.CLEAN), read(Json.value().skippingBad(), "[\"\u00ff\\x\"][2]"));
    }

    @Test
    void withoutSkippingTheReadLeavesWithItsFirstError() {
        assertEquals(List.of("bad"), read(Json.value(), "[1,] [2]"));
    }

    @Test
    void eachWordThatIsNoJsonIsOneError() {
        assertEquals(List.of("bad", "bad", "value [2]", Feed.CLEAN), read(READ, "hello, world\n[2]"));
        assertEquals(List.of("bad", "bad", Feed.CLEAN), read(READ, "hello, \"world\""));
        assertEquals(List.of("value []", "bad", "value {}", Feed.CLEAN), read(READ, "[]12,x{}"));
    }

    @Test
    void aBadWordIsReportedWhenItsEndHasCome() {
        Feed<JsonNode> feed = new Feed<>(READ, String::valueOf);
        assertEquals(List.of(), feed.piece("hel").piece("lo").log());
        assertEquals(
                List.of("BAD_MESSAGE bad JSON at offset 0: expected '{' or '[', not 'h'"),
                feed.piece(" ").log());
    }

    @Test
    void aWrongBracketIsReportedAtOnce() {
        assertEquals(1, new Feed<>(READ, String::valueOf).piece("]").log().size());
        assertEquals(1, new Feed<>(READ, String::valueOf).piece("[1}").log().size());
        assertEquals(List.of("bad", "value [2]", Feed.CLEAN), read(READ, "[1}[2]"));
        assertEquals(List.of("bad", "bad", "value [2]", Feed.CLEAN), read(READ, "[1}]\n[2]"));
        assertEquals(List.of("value {}", "bad", "bad", "value {}", Feed.CLEAN), read(READ, "{}}}{}"));
    }

    @Test
    void aLineThatLacksAQuoteDoesNotTakeTheNextOneAlong() {
        assertEquals(List.of("bad", "value {\"b\":2}", Feed.CLEAN), read(READ, "{\"a\":\"x}\n{\"b\":2}\n"));
    }

    @Test
    void aRecordSeparatorEndsATextThatWasCutOff() {
        assertEquals(List.of("bad", "value [2]", Feed.CLEAN), read(READ, "\u001e{\"a\":[1,\n\u001e[2]\n"));
        assertEquals(List.of("bad", "value 2", Feed.CLEAN), read(READ.scalars(), "\u001e{\"a\":\"x\u001e2\n"));
    }

    @Test
    void tooDeepIsDroppedUpToTheBracketThatIs() {
        assertEquals(
                List.of("bad", "value []", "bad", "bad", "value {}", Feed.CLEAN), read(READ.maxDepth(1), "[[[]]] {}"));
    }

    @Test
    void aScalarCanStartAfterWhiteSpace() {
        assertEquals(
                List.of("bad", "value 12", "bad", "value true", "bad", "value 0", Feed.CLEAN),
                read(READ.scalars(), "hello 12\nnope true\nnul 0"));
    }

    @Test
    void wordsLongerThanTheLimitAreErrorsPieceByPiece() {
        assertEquals(List.of("bad", "bad", "value []", Feed.CLEAN), read(READ.limit(10), "x".repeat(20) + "[]"));
    }

    @Test
    void tooLongIsNotRecoveredFrom() {
        assertEquals(
                List.of("TOO_LONG JSON text is longer than 10 bytes"), read(READ.limit(10), "[\"0123456789\"] [1]"));
    }

    @Test
    void theErrorTellsOffsetAndReason() {
        assertEquals(
                List.of("BAD_MESSAGE bad JSON at offset 1: expected '{' or '[', not 'x'", "value []", Feed.CLEAN),
                Feed.whole(READ, " xy[]"));
    }
}
