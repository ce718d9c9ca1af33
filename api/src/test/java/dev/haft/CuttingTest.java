package dev.haft;

import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static dev.haft.Reads.lineAndMarker;
import static dev.haft.Reads.lineBytes;
import static dev.haft.Reads.netstring;
import static dev.haft.Reads.object;
import static dev.haft.Reads.packed;
import static dev.haft.Reads.peek;
import static dev.haft.Reads.proxyHeader;
import static dev.haft.Reads.regex;
import static dev.haft.Reads.tlsDetect;
import static dev.haft.Reads.toEnd;
import static dev.haft.Reads.view;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ObjectInputFilter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
            chunk(2).flatMap(head -> line()).limit(5),
            chunk(2).within(Duration.ofSeconds(1)).flatMap(head -> chunk(1).within(Duration.ofSeconds(1))),
            netstring().within(Duration.ofSeconds(1)).limit(4).named("n"),
            peek(2).flatMap(seen -> chunk(1 + 2 * (seen[1] & 1))),
            peek(1).flatMap(head -> head[0] == '5' ? line() : chunk(2).map(DecoderHarness::show)),
            view(3).map(bytes -> bytes.get() + " " + bytes.getShort()),
            view(1).flatMap(head -> view(head.get() & 3)).map(ByteBuffer::remaining),
            toEnd(7),
            tlsDetect().flatMap(detection -> chunk(detection.tls() ? 3 : 1)),
            proxyHeader(),
            proxyHeader(40),
            toEnd(30).map(bytes -> bytes.length).limit(9),
            regex("\n").limit(20),
            regex("[,:]").skip("^[0-9]+"),
            packed(LengthPrefix.U8, 9),
            packed("n", 40),
            packed("c", 20),
            packed("w", 300),
            packed(LengthPrefix.LEB128, 300),
            packed(LengthPrefix.U24_LE, 20).limit(6),
            object(info -> ObjectInputFilter.Status.ALLOWED, CuttingTest.class.getClassLoader(), 40)
                    .map(Object::toString),
            skippingLine(),
            skippingLine().limit(4),
            skippingLine().map(String::length),
            chunk(1).flatMap(head -> skippingLine()),
            skippingLine().flatMap(text -> chunk(text.length())),
            skippingLine().named("skipping").within(Duration.ofSeconds(1)),
            movingRead().flatMap(text -> movingRead()).map(text -> text),
            lastLine(),
            lastLine().map(String::length).limit(9),
            lastLine().flatMap(text -> lastLine()),
            chunk(1).flatMap(head -> lastLine().flatMap(text -> toEnd(5))));

    /** Drops a line that begins with a digit, and is an error then. */
    private static Read<String> skippingLine() {
        return Read.of(() -> {
            Decoder<String> line = begun(line());
            return in -> {
                int start = in.position();
                String text = line.decode(in);
                if (text != null && !text.isEmpty() && Character.isDigit(text.charAt(0))) {
                    throw new BadMessageException("a digit").skipping(in.position() - start);
                }
                return text;
            };
        });
    }

    /** Moves about in its buffer before it knows: an engine puts all back, so a combinator must, too. */
    private static Read<String> movingRead() {
        return Read.of(() -> in -> {
            in.order(ByteOrder.LITTLE_ENDIAN);
            byte[] three = new byte[Math.min(3, in.remaining())];
            in.get(three);
            in.limit(in.position());
            return three.length == 3 ? DecoderHarness.show(three) : null;
        });
    }

    /** A line, or what is left when the stream ends; white space alone may be ignored then. */
    private static Read<String> lastLine() {
        return Read.of(() -> new Decoder<>() {
            private final Decoder<String> line = begun(line());

            @Override
            public String decode(ByteBuffer in) throws BadMessageException {
                return line.decode(in);
            }

            @Override
            public String atEnd(ByteBuffer in) throws BadMessageException {
                byte[] rest = new byte[in.remaining()];
                in.get(rest);
                String text = DecoderHarness.show(rest);
                if (text.startsWith(",")) {
                    throw new BadMessageException("a comma").skipping(1);
                }
                return text.isBlank() ? null : text;
            }
        });
    }

    private static <T> Decoder<T> begun(Read<T> read) {
        try {
            return read.begin(DecoderHarness.CONTEXT);
        } catch (BadMessageException e) {
            throw new AssertionError(e);
        }
    }

    /** Mostly alone, else so that value, error, limit, end and skipping of what is within must come through. */
    private static Read<?> combined(int how, Read<?> inner) {
        return switch (how) {
            case 0 -> inner.named("named").map(DecoderHarness::show);
            case 1 -> chunk(1).flatMap(head -> inner.map(v -> DecoderHarness.show(head) + DecoderHarness.show(v)));
            case 2 -> inner.flatMap(v -> chunk(DecoderHarness.show(v).length() & 3));
            case 3 -> inner.flatMap(v -> skippingLine());
            case 4 -> inner.named("inner").limit(7);
            case 5 ->
                inner.named("inner")
                        .limit(12)
                        .flatMap(v -> line().limit(3))
                        .limit(20)
                        .named("all");
            case 6 -> inner.flatMap(v -> lastLine().named("last").limit(9));
            default -> inner;
        };
    }

    @Provide
    Arbitrary<Read<?>> reads() {
        return Arbitraries.integers()
                .between(0, 11)
                .flatMap(how -> Arbitraries.of(READS).map(read -> combined(how, read)));
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
                        "4:abcd",
                        "PROXY UNKNOWN\r\n",
                        "PROXY TCP4 1.2.3.4 5.6.7.8 9 10\r\n",
                        "PROXY TCP4 1.2.3.4 5.6.7.8 9 70000\r\n",
                        "\r\n\r\n\0\r\nQUIT\n!\u0011\0\u000c123456789012",
                        "\u0016\3\1\2",
                        "\u0080.\1\3\1\0",
                        "\0\5hello",
                        "\u0081\1",
                        "\u000b\u00ac\u00ed\0\5t\0\4text")
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

    @Property(tries = 4000)
    void theEndOfTheStreamGivesTheSameHoweverItWasCut(
            @ForAll("reads") Read<?> read, @ForAll("streams") String stream, @ForAll List<Integer> places)
            throws BadMessageException {
        List<Integer> cuts = places.stream().map(p -> p & 0xff).toList();
        byte[] bytes = DecoderHarness.bytes(stream);
        List<String> whole = DecoderHarness.logToEnd(read, bytes);
        assertEquals(whole, DecoderHarness.logToEnd(read, DecoderHarness.pieces(bytes, cuts)));
        assertEquals(whole, DecoderHarness.logToEnd(read, DecoderHarness.singly(bytes)));
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
