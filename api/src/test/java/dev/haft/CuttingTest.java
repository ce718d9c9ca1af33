package dev.haft;

import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static dev.haft.Reads.lineAndMarker;
import static dev.haft.Reads.lineBytes;
import static dev.haft.Reads.netstring;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Law 2: a stream cut into any pieces gives the same values, the same errors, in the same order, and leaves the same bytes. */
class CuttingTest {
    /** All reads that give one result however a stream is cut; parity r.line, r.chunk, r.netstring, r.combine. */
    private static final List<Read<?>> READS = List.of(
            line(),
            line().limit(3),
            line(StandardCharsets.ISO_8859_1).limit(4),
            line("\r\n").limit(3),
            line("\n\r\n"),
            line("1:1:,"),
            line("\n\n".getBytes(StandardCharsets.US_ASCII)).limit(1),
            line(Pattern.compile("\n")).limit(5),
            line(Pattern.compile("[,:]")).unlimited(),
            lineAndMarker().limit(2),
            lineAndMarker(StandardCharsets.ISO_8859_1),
            lineAndMarker(Pattern.compile("\r"), StandardCharsets.ISO_8859_1),
            lineBytes(),
            lineBytes(new byte[] {0}).limit(6),
            chunk(1),
            chunk(5),
            netstring(),
            netstring(0),
            netstring(12),
            netstring(3).limit(6),
            netstring().limit(4),
            chunk(3).limit(3),
            chunk(4).limit(3),
            line().limit(4).map(String::length).named("length"),
            line().map(text -> text.isEmpty() ? null : text),
            chunk(1).flatMap(head -> chunk(head[0] & 7)),
            line().limit(2).flatMap(text -> netstring(text.length())),
            netstring(9).flatMap(head -> line("\r\n").limit(1 + head.length)),
            chunk(1).flatMap(head -> chunk(1).flatMap(second -> chunk(2 + (head[0] & 1)))),
            chunk(2).flatMap(head -> line()).limit(5));

    @Provide
    Arbitrary<Read<?>> reads() {
        return Arbitraries.of(READS);
    }

    /** Bytes that mean something to some read come often. */
    @Provide
    Arbitrary<String> streams() {
        Arbitrary<Character> any = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(8, Arbitraries.of('\n', '\r', ',', ':', '0', '1', '2', '5', '\0')),
                net.jqwik.api.Tuple.of(2, Arbitraries.chars().range('\0', '\u00ff')));
        Arbitrary<String> free = any.list().ofMaxSize(40).map(CuttingTest::join);
        Arbitrary<String> wellFormed = Arbitraries.of(
                        "ab\n",
                        "a\r\n",
                        "3:abc,",
                        "0:,",
                        "12:0123456789ab,",
                        "3:abcX",
                        "05:",
                        "\r\r\n",
                        "\n\r\n",
                        "4:abcd")
                .list()
                .ofMaxSize(6)
                .map(all -> String.join("", all));
        return Arbitraries.oneOf(free, wellFormed);
    }

    private static String join(List<Character> characters) {
        StringBuilder text = new StringBuilder();
        characters.forEach(text::append);
        return text.toString();
    }

    @Property(tries = 4000)
    void randomPiecesGiveTheSameAsTheWhole(
            @ForAll("reads") Read<?> read, @ForAll("streams") String stream, @ForAll List<Integer> places)
            throws BadMessageException {
        List<Integer> cuts = places.stream().map(p -> p & 0xff).toList();
        byte[] bytes = DecoderHarness.bytes(stream);
        assertEquals(DecoderHarness.log(read, bytes), DecoderHarness.cutAt(read, bytes, cuts));
    }

    @Property(tries = 3000)
    void oneByteAtATimeGivesTheSameAsTheWhole(@ForAll("reads") Read<?> read, @ForAll("streams") String stream)
            throws BadMessageException {
        byte[] bytes = DecoderHarness.bytes(stream);
        assertEquals(DecoderHarness.log(read, bytes), DecoderHarness.byteByByte(read, bytes));
    }

    @Property(tries = 600)
    void everyCutInTwoGivesTheSameAsTheWhole(@ForAll("reads") Read<?> read, @ForAll("streams") String stream)
            throws BadMessageException {
        byte[] bytes = DecoderHarness.bytes(stream);
        List<String> whole = DecoderHarness.log(read, bytes);
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertEquals(whole, DecoderHarness.cutAt(read, bytes, List.of(cut)), "cut at " + cut);
        }
    }
}
