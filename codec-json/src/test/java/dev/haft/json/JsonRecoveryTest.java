package dev.haft.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.haft.BadMessageException;
import dev.haft.Decoder;
import dev.haft.ErrorCode;
import dev.haft.testkit.Outcome;
import dev.haft.testkit.ReadRun;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads that go on after a bad text: {@link JsonRead#skippingBad}. */
class JsonRecoveryTest {
    private static final JsonRead<JsonNode> READ = Json.value().skippingBad();

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What comes out, errors without their messages; the same in each cut. */
    private static List<String> read(JsonRead<?> read, String stream) {
        byte[] bytes = utf8(stream);
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
    void aDecoderThatHasSkippedWhatWasBadCanGoOn() {
        Decoder<JsonNode> decoder = READ.begin(null);
        ByteBuffer in = ByteBuffer.wrap(utf8("[1,] {oops} [\"\\x\"] [2]"));
        List<String> log = new ArrayList<>();
        while (in.hasRemaining()) {
            try {
                log.add("value " + decoder.decode(in));
            } catch (BadMessageException e) {
                log.add("bad");
                in.position(in.position() + e.skipBytes());
            }
        }
        assertEquals(List.of("bad", "bad", "bad", "value [2]"), log);
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
        ReadRun<JsonNode> run = new ReadRun<>(READ);
        assertEquals(List.of(), run.piece(utf8("hel")).piece(utf8("lo")).outcomes());
        Outcome outcome = run.piece(utf8(" ")).outcomes().get(0);
        assertEquals(ErrorCode.BAD_MESSAGE, outcome.value());
        assertEquals("bad JSON at offset 0: expected '{' or '[', not 'h'", outcome.message());
    }

    @Test
    void aWrongBracketIsReportedAtOnce() {
        assertEquals(1, new ReadRun<>(READ).piece(utf8("]")).outcomes().size());
        assertEquals(1, new ReadRun<>(READ).piece(utf8("[1}")).outcomes().size());
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
