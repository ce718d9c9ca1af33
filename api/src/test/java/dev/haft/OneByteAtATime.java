package dev.haft;

import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static dev.haft.Reads.netstring;
import static dev.haft.Reads.packed;
import static dev.haft.Reads.regex;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Shows a stream of 1 MiB to a read, one byte more each time, and tells how often bytes were looked at and copied. */
final class OneByteAtATime implements Function<String, long[]> {
    static final int SIZE = 1 << 20;

    private static Read<?> read(String name) {
        return switch (name) {
            case "line" -> line().limit(SIZE + 1);
            case "line by a marker" -> line("\r\n").limit(SIZE + 1);
            case "line by a long marker that almost comes" -> line("\n---end").limit(SIZE + 1);
            case "line by a marker that begins again and again" ->
                line("x".repeat(100) + "y").limit(SIZE + 1);
            case "line by a pattern" -> line(Pattern.compile("[\r\n]")).limit(SIZE + 1);
            case "chunk" -> chunk(SIZE);
            case "netstring" -> netstring(SIZE);
            case "packed N" -> packed("N", SIZE);
            case "packed w" -> packed("w", SIZE);
            case "regex with skip" ->
                regex("\r\n\r\n")
                        .skip(Pattern.compile("^.*[^\r\n]", Pattern.DOTALL))
                        .limit(SIZE + 4);
            case "flatMap" -> chunk(1).flatMap(head -> line().limit(SIZE));
            default -> throw new IllegalArgumentException(name);
        };
    }

    static String stream(String name) {
        String much = "x".repeat(SIZE);
        return switch (name) {
            case "line", "flatMap" -> much + "\n";
            case "line by a marker" -> much + "\r\n";
            case "line by a long marker that almost comes" -> "\n--x".repeat(SIZE / 4) + "\n---end";
            case "line by a marker that begins again and again" -> much + "y";
            case "line by a pattern" -> much + "\r";
            case "chunk" -> much;
            case "netstring" -> SIZE + ":" + much + ",";
            case "packed N" -> "\0\u0010\0\0" + much;
            case "packed w" -> "\u00c0\u0080\0" + much;
            case "regex with skip" -> much + "\r\n\r\n";
            default -> throw new IllegalArgumentException(name);
        };
    }

    @Override
    public long[] apply(String name) {
        byte[] stream = stream(name).getBytes(StandardCharsets.ISO_8859_1);
        try {
            Decoder<?> decoder = read(name).begin(DecoderHarness.CONTEXT);
            long before = ByteLooks.looks();
            for (int shown = 0; shown < stream.length; shown++) {
                if (decoder.decode(ByteBuffer.wrap(stream, 0, shown)) != null) {
                    throw new IllegalStateException(name + " is read after " + shown + " bytes");
                }
            }
            ByteBuffer all = ByteBuffer.wrap(stream);
            if (decoder.decode(all) == null || all.hasRemaining()) {
                throw new IllegalStateException(name + " is not read");
            }
            return new long[] {ByteLooks.looks() - before, ByteLooks.copies()};
        } catch (BadMessageException e) {
            throw new IllegalStateException(e);
        }
    }
}
