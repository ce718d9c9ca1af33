package dev.haft;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The standard reads; meant for {@code import static}.
 *
 * <p>All are immutable and thread-safe, and all have a limit, which stands above the handle's {@code maxReadBufferBytes}
 * while they are first in the queue.
 */
public final class Reads {
    /** The default limit of a line: 64 KiB without its marker. */
    public static final int MAX_LINE_BYTES = 64 << 10;

    /** The default limit of a netstring: 1 MiB. */
    public static final int MAX_NETSTRING_BYTES = 1 << 20;

    /** The default limit of a message with a length before it: 1 MiB. */
    public static final int MAX_PACKED_BYTES = 1 << 20;

    private static final LineEnd LF_OR_CRLF = new LineEnd.LineFeed();

    /** One for all: what waits for it on many handles is to cost as little as can be. */
    private static final LineRead<String> LINE = line(StandardCharsets.UTF_8);

    private Reads() {}

    /**
     * Exactly so many bytes (parity {@code r.chunk}). {@code chunk(0)} is there at once.
     *
     * @param bytes at least 0
     * @return a read
     * @throws IllegalArgumentException if bytes is negative
     */
    public static Read<byte[]> chunk(int bytes) {
        return new ChunkRead(Bytes.atLeast(0, bytes, "chunk"));
    }

    /**
     * What is there, at least one byte (parity {@code r.some}). How much depends on how the stream is cut.
     *
     * @param maxBytes at least 1
     * @return a read
     * @throws IllegalArgumentException if maxBytes is less than 1
     */
    public static Read<byte[]> some(int maxBytes) {
        return new SomeRead(Bytes.atLeast(1, maxBytes, "some"));
    }

    /**
     * A line of UTF-8 text that ends with LF or CR LF, without them (parity {@code r.line}). Bytes that are no UTF-8 become
     * U+FFFD; to keep them use {@code line(ISO_8859_1)} or {@link #lineBytes()}. A partial line at the end of the stream is
     * never given.
     *
     * <pre>
     * 'G' 'E' 'T' CR LF 'x'   ->  "GET"     and 'x' stays
     * </pre>
     *
     * @return a read of lines of at most 64 KiB
     */
    public static LineRead<String> line() {
        return LINE;
    }

    /**
     * A line of text that ends with LF or CR LF, without them.
     *
     * @param charset one in which the byte 10 is always LF; bytes that it does not know are replaced
     * @return a read of lines of at most 64 KiB
     */
    public static LineRead<String> line(Charset charset) {
        return lineAs(LF_OR_CRLF, new LineValue.Text(charset));
    }

    /**
     * A line of UTF-8 text that ends with a marker, without it.
     *
     * @param marker not empty; its UTF-8 bytes are searched for
     * @return a read of lines of at most 64 KiB
     * @throws IllegalArgumentException if the marker is empty
     */
    public static LineRead<String> line(String marker) {
        return lineAs(
                LineEnd.marker(marker.getBytes(StandardCharsets.UTF_8)), new LineValue.Text(StandardCharsets.UTF_8));
    }

    /**
     * A line of UTF-8 text that ends with a marker, without it.
     *
     * @param marker not empty
     * @return a read of lines of at most 64 KiB
     * @throws IllegalArgumentException if the marker is empty
     */
    public static LineRead<String> line(byte[] marker) {
        return lineAs(LineEnd.marker(marker.clone()), new LineValue.Text(StandardCharsets.UTF_8));
    }

    /**
     * A line of UTF-8 text that ends where a pattern first matches, without the match. The pattern sees the bytes as
     * ISO-8859-1, and what has come so far: a marker of varying length may match shorter if it comes in pieces.
     *
     * @param marker must not match the empty string
     * @return a read of lines of at most 64 KiB
     */
    public static LineRead<String> line(Pattern marker) {
        return lineAs(new LineEnd.Matching(marker), new LineValue.Text(StandardCharsets.UTF_8));
    }

    /**
     * A line and the marker that ended it, LF or CR LF.
     *
     * @return a read of lines of at most 64 KiB
     */
    public static LineRead<Line> lineAndMarker() {
        return lineAs(LF_OR_CRLF, new LineValue.WithMarker(StandardCharsets.UTF_8));
    }

    /**
     * A line and the marker that ended it.
     *
     * @param charset of both
     * @return a read of lines of at most 64 KiB
     */
    public static LineRead<Line> lineAndMarker(Charset charset) {
        return lineAs(LF_OR_CRLF, new LineValue.WithMarker(charset));
    }

    /**
     * A line that ends where a pattern first matches, and that match; see {@link #line(Pattern)}.
     *
     * @param marker must not match the empty string
     * @param charset of both
     * @return a read of lines of at most 64 KiB
     */
    public static LineRead<Line> lineAndMarker(Pattern marker, Charset charset) {
        return lineAs(new LineEnd.Matching(marker), new LineValue.WithMarker(charset));
    }

    /**
     * The bytes of a line that ends with LF or CR LF, without them.
     *
     * @return a read of lines of at most 64 KiB
     */
    public static LineRead<byte[]> lineBytes() {
        return lineAs(LF_OR_CRLF, LineValue.BYTES);
    }

    /**
     * The bytes of a line that ends with a marker, without it.
     *
     * @param marker not empty
     * @return a read of lines of at most 64 KiB
     * @throws IllegalArgumentException if the marker is empty
     */
    public static LineRead<byte[]> lineBytes(byte[] marker) {
        return lineAs(LineEnd.marker(marker.clone()), LineValue.BYTES);
    }

    /**
     * A netstring of at most 1 MiB; see {@link #netstring(int)}.
     *
     * @return a read
     */
    public static Read<byte[]> netstring() {
        return netstring(MAX_NETSTRING_BYTES);
    }

    /**
     * A netstring (D. J. Bernstein, 1997; parity {@code r.netstring}).
     *
     * <pre>
     * '5' ':' 'h' 'e' 'l' 'l' 'o' ','   ->  "hello"
     * </pre>
     *
     * <p><b>Errors</b>: BAD_MESSAGE if there is no length, it has a leading zero or anything but digits and a colon, or the
     * comma is missing; TOO_LONG as soon as the length says so. All bytes stay.
     *
     * @param maxBytes the longest content, at least 0; {@link HandleOptions#unlimited()}: the handle's
     *     {@code maxReadBufferBytes} holds
     * @return a read
     * @throws IllegalArgumentException if maxBytes is negative
     */
    public static Read<byte[]> netstring(int maxBytes) {
        return new NetstringRead(Bytes.atLeast(0, maxBytes, "netstring"));
    }

    /**
     * Everything up to the end of the first match of a pattern, at most 64 KiB (parity {@code r.regex}).
     *
     * @param accept sees bytes as ISO-8859-1; only LF ends a line in it, as in Perl
     * @return a read, to which {@code reject} and {@code skip} patterns can be added
     */
    public static RegexRead regex(String accept) {
        return regex(Pattern.compile(accept, Pattern.UNIX_LINES));
    }

    /**
     * Everything up to the end of the first match of a pattern, at most 64 KiB (parity {@code r.regex}).
     *
     * @param accept sees bytes as ISO-8859-1
     * @return a read, to which {@code reject} and {@code skip} patterns can be added
     */
    public static RegexRead regex(Pattern accept) {
        return new RegexRead(accept, null, null, MAX_LINE_BYTES);
    }

    /**
     * A length, then that many bytes, at most 1 MiB; see {@link #packed(LengthPrefix, int)}.
     *
     * @param format a letter of Perl's {@code pack}; see {@link LengthPrefix#of}
     * @return a read
     * @throws IllegalArgumentException if there is no such format
     */
    public static Read<byte[]> packed(String format) {
        return packed(LengthPrefix.of(format), MAX_PACKED_BYTES);
    }

    /**
     * A length, then that many bytes; see {@link #packed(LengthPrefix, int)}.
     *
     * @param format a letter of Perl's {@code pack}; see {@link LengthPrefix#of}
     * @param maxBytes the longest content, at least 0; {@link HandleOptions#unlimited()}: the handle's
     *     {@code maxReadBufferBytes} holds
     * @return a read
     * @throws IllegalArgumentException if there is no such format, or maxBytes is negative
     */
    public static Read<byte[]> packed(String format, int maxBytes) {
        return packed(LengthPrefix.of(format), maxBytes);
    }

    /**
     * A length, then that many bytes, at most 1 MiB; see {@link #packed(LengthPrefix, int)}.
     *
     * @param prefix how the length stands
     * @return a read
     */
    public static Read<byte[]> packed(LengthPrefix prefix) {
        return packed(prefix, MAX_PACKED_BYTES);
    }

    /**
     * A length, then that many bytes (parity {@code r.packstring}).
     *
     * <pre>
     * 00 05 'h' 'e' 'l' 'l' 'o'   ->  "hello"     with U16_BE
     * </pre>
     *
     * <p><b>Errors</b>: BAD_MESSAGE if the length is negative or has more groups than it can; TOO_LONG as soon as the length
     * says so. All bytes stay.
     *
     * @param prefix how the length stands
     * @param maxBytes the longest content, at least 0; {@link HandleOptions#unlimited()}: the handle's
     *     {@code maxReadBufferBytes} holds
     * @return a read
     * @throws IllegalArgumentException if maxBytes is negative
     */
    public static Read<byte[]> packed(LengthPrefix prefix, int maxBytes) {
        return new PackedRead(prefix, maxBytes);
    }

    private static <T> LineRead<T> lineAs(LineEnd end, LineValue<T> value) {
        return new LineRead<>(Objects.requireNonNull(end), value, MAX_LINE_BYTES);
    }
}
