package dev.haft;

import static dev.haft.DecoderHarness.log;
import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static dev.haft.Reads.netstring;
import static dev.haft.Reads.some;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Parity r.combine, r.untyped. */
class CombinedReadTest {
    @Test
    void mapChangesTheValueAndNotTheBytes() throws Exception {
        assertEquals(List.of("value: 12", "left: x"), log(line().map(Integer::parseInt), "12\nx"));
    }

    @Test
    void aMapThatGivesNullIsABadMessageThatNamesTheRead() throws Exception {
        Read<String> never = line().<String>map(text -> null).named("date");
        assertEquals(List.of("BAD_MESSAGE: line.map gave null", "left: x\n"), log(never, "x\n"));
    }

    @Test
    void flatMapConsumesNothingBeforeBothPartsAreThere() throws Exception {
        Read<byte[]> epp = chunk(4).flatMap(head -> chunk(ByteBuffer.wrap(head).getInt() - 4));
        assertEquals(List.of("left: \0\0\0\7ab"), log(epp, "\0\0\0", "\7ab"));
        assertEquals(List.of("value: abc", "value: ", "left: \0"), log(epp, "\0\0\0\7ab", "c\0\0\0\4\0"));
    }

    @Test
    void theFirstPartOfAFlatMapIsDecodedOnce() throws Exception {
        int[] calls = new int[1];
        Read<byte[]> read = chunk(1).flatMap(head -> {
            calls[0]++;
            return chunk(3);
        });
        assertEquals(List.of("value: bcd", "left: "), log(read, "a", "b", "c", "d"));
        assertEquals(1, calls[0]);
    }

    @Test
    void anErrorOfTheSecondPartLeavesBothPartsInPlace() throws Exception {
        assertEquals(
                List.of("BAD_MESSAGE: netstring does not begin with its length and a colon", "left: a\nx"),
                log(line().flatMap(head -> netstring()), "a\nx"));
    }

    @Test
    void aMessageOfExactlyTheLimitIsGivenAndALongerOneIsTooLong() throws Exception {
        assertEquals(List.of("value: abc", "left: "), log(netstring().limit(6), "3:abc,"));
        assertEquals(
                "TOO_LONG: netstring(1048576) is longer than 6 bytes",
                log(netstring().limit(6), "4:abcd,").get(0));
        assertEquals(List.of("left: 4:abcd"), log(netstring().limit(6), "4:abcd"));
        assertEquals(
                "TOO_LONG: netstring(1048576) is longer than 6 bytes",
                log(netstring().limit(6), "5:abcde").get(0));
    }

    @Test
    void bytesBehindAMessageDoNotCountForItsLimit() throws Exception {
        assertEquals(List.of("value: abc", "value: def", "left: "), log(chunk(3).limit(3), "abcdef"));
    }

    @Test
    void anErrorBehindTheLimitIsNotSeen() throws Exception {
        assertEquals(
                log(netstring().limit(6), "4:abcd", "X"),
                log(netstring().limit(6), "4:abcdX"),
                "what comes behind the limit must not change the error");
    }

    @Test
    void limitsAreToldToTheEngine() throws Exception {
        assertEquals(OptionalInt.of(7), limitOf(some(100).limit(7)));
        assertEquals(OptionalInt.of(5), limitOf(chunk(5).map(bytes -> 1).named("five")));
        assertEquals(OptionalInt.of((64 << 10) + 2), limitOf(line()));
        Decoder<byte[]> chained = chunk(4).flatMap(head -> chunk(10)).begin(DecoderHarness.CONTEXT);
        assertEquals(OptionalInt.of(4), chained.limitBytes());
        assertNull(chained.decode(ByteBuffer.wrap(new byte[5])));
        assertEquals(OptionalInt.of(14), chained.limitBytes());
    }

    private static OptionalInt limitOf(Read<?> read) throws BadMessageException {
        return read.begin(DecoderHarness.CONTEXT).limitBytes();
    }

    @Test
    void aNameIsShownInsteadOfTheRead() {
        assertEquals("order", line().named("order").toString());
        assertEquals("order.limit(5)", line().named("order").limit(5).toString());
        assertEquals("chunk(4)", chunk(4).toString());
    }

    @Test
    void anUntypedReadIsAFunctionOfTheBytes() throws Exception {
        Read<Byte> octet = Read.of(() -> in -> in.hasRemaining() ? in.get() : null);
        assertEquals(List.of("value: 97", "value: 98", "left: "), log(octet, "ab"));
    }

    @Test
    void nullFunctionsAreRefused() {
        assertThrows(NullPointerException.class, () -> line().map(null));
        assertThrows(NullPointerException.class, () -> line().flatMap(null));
        assertThrows(NullPointerException.class, () -> line().named(null));
        assertThrows(IllegalArgumentException.class, () -> chunk(1).limit(0));
    }
}
