package dev.haft;

import java.io.ObjectInputFilter;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
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
     * The next bytes, which stay (parity {@code r.peek}): what is read next begins with them. Not for {@code onEach} or
     * {@code publisher}, where it would be given again and again.
     *
     * @param bytes at least 0
     * @return a read
     * @throws IllegalArgumentException if bytes is negative
     */
    public static Read<byte[]> peek(int bytes) {
        return new PeekRead(Bytes.atLeast(0, bytes, "peek"));
    }

    /**
     * Exactly so many bytes, without a copy (parity {@code r.chunk}): valid in its callback only, and no longer when that has
     * ended the handle. Map it to a value that has bytes of its own, or use {@link #chunk}, where it is to be kept.
     *
     * <pre>{@code
     * handle.pushRead(view(8), (h, bytes) -> sum += bytes.getLong());
     * handle.read(view(8).map(ByteBuffer::getLong));
     * }</pre>
     *
     * <p><b>Errors</b>: where the value would be kept, by {@code handle.read(…)} and {@code handle.publisher(…)}, it is refused
     * with BAD_MESSAGE when its turn comes.
     *
     * @param bytes at least 0
     * @return a read of buffers that are array-backed and big-endian; do not write to them
     * @throws IllegalArgumentException if bytes is negative
     */
    public static Read<ByteBuffer> view(int bytes) {
        return new ViewRead(Bytes.atLeast(0, bytes, "view"));
    }

    /**
     * A body of any size that is handed on piece by piece, as it comes (parity {@code r.chunk}); the value is how many bytes
     * that were. No more than a piece waits in the buffer.
     *
     * <pre>{@code
     * line().map(Long::parseLong).flatMap(length -> stream(length, sink))       // a length, then the body
     * }</pre>
     *
     * <p><b>Back-pressure</b>: {@code stopRead} in the sink holds the next piece back until {@code startRead}.
     *
     * <p><b>Errors</b>: an exception of the sink is a fatal CALLBACK_FAILED. A stream that ends before is UNEXPECTED_END.
     *
     * <p><b>Bytes on failure</b>: what the sink has had is gone; so it is when the read is cancelled or its time is over.
     *
     * @param bytes how many, at least 0
     * @param sink gets each piece, valid in the call only; what it does not take of a piece is dropped
     * @return a read; {@code limit} refuses it before its first byte if it has more
     * @throws IllegalArgumentException if bytes is negative
     */
    public static Read<Long> stream(long bytes, ReadCallback<? super ByteBuffer> sink) {
        return new StreamRead(bytes, sink);
    }

    /**
     * A body of any size that is written to a channel as it comes; see {@link #stream(long, ReadCallback)}. Writing to it
     * blocks the loop: it is meant for files, and must be in blocking mode.
     *
     * @param bytes how many, at least 0
     * @param sink gets all bytes, and stays open
     * @return a read
     * @throws IllegalArgumentException if bytes is negative
     */
    public static Read<Long> stream(long bytes, WritableByteChannel sink) {
        return new StreamRead(bytes, StreamRead.to(sink));
    }

    /**
     * All bytes until the other side closes (parity {@code r.to_end}).
     *
     * <p><b>Errors</b>: TOO_LONG as soon as more have come; they stay. CONNECTION_RESET, fatal, if the peer breaks the
     * connection off, as peers do that close while something for them is under way: in {@code onError} the handle's
     * {@code readBuffer()} has what came before.
     *
     * @param maxBytes the most, at least 0; {@link HandleOptions#unlimited()}: the handle's {@code maxReadBufferBytes} holds
     * @return a read
     * @throws IllegalArgumentException if maxBytes is negative
     */
    public static Read<byte[]> toEnd(int maxBytes) {
        return new ToEndRead(Bytes.atLeast(0, maxBytes, "toEnd"));
    }

    /**
     * Whether the peer begins with TLS (parity {@code r.tls_detect}): with the record of a handshake of SSL 3.0 or later, or
     * with the hello of SSL 2.0 that old clients wrapped a later version in. Consumes nothing, and decides as early as the
     * bytes allow: after one byte that is neither 22 nor 128 or more, after four or six at most.
     *
     * @return a read
     */
    public static Read<TlsDetection> tlsDetect() {
        return TlsDetectRead.TLS_DETECT;
    }

    /**
     * The header in which a proxy says whom it speaks for, versions 1 and 2 (parity {@code r.proxy}; HAProxy's "The PROXY
     * protocol", 2020). Only for connections from proxies that are trusted: anybody can write one.
     *
     * <pre>
     * "PROXY TCP4 192.0.2.1 192.0.2.2 56324 443" CR LF                          version 1
     * 0D 0A 0D 0A 00 0D 0A 51 55 49 54 0A, 21, 11, 00 0C, addresses, vectors    version 2
     * </pre>
     *
     * <p><b>Limits</b>: those of the format, 107 bytes in version 1, and 65551 in version 2.
     *
     * <p><b>Errors</b>: BAD_MESSAGE at the first byte that cannot be part of one, at the end of a line or block whose
     * addresses are none, and if a checksum (CRC-32C) is wrong; TOO_LONG over a limit. All bytes stay.
     *
     * @return a read
     */
    public static Read<ProxyHeader> proxyHeader() {
        return proxyHeader(ProxyBlockDecoder.MAX_BYTES);
    }

    /**
     * The header of a proxy, see {@link #proxyHeader()}, with another limit for version 2: a longer one is TOO_LONG as soon as
     * its length says so.
     *
     * @param maxBytes of the whole header, at least 16
     * @return a read
     * @throws IllegalArgumentException if maxBytes is less than 16
     */
    public static Read<ProxyHeader> proxyHeader(int maxBytes) {
        return new ProxyRead(maxBytes);
    }

    /**
     * An object of Java serialization of at most 1 MiB; see {@link #object(ObjectInputFilter, ClassLoader, int)}.
     *
     * @param filter says which classes are let in
     * @param classes where they are found
     * @return a read
     */
    public static Read<Object> object(ObjectInputFilter filter, ClassLoader classes) {
        return object(filter, classes, MAX_PACKED_BYTES);
    }

    /**
     * An object of Java serialization, with its length before it (parity {@code r.storable}). <b>Never for peers that are not
     * trusted, however strict the filter.</b>
     *
     * <p><b>Limits</b>: a class on which the filter is undecided is rejected, and so are dynamic proxies, more nesting than 256
     * levels, and arrays with more elements than the message can have.
     *
     * <p><b>Errors</b>: BAD_MESSAGE if it is rejected, or cannot be read, or is null; TOO_LONG as soon as the length says so.
     * All bytes stay.
     *
     * @param filter says which classes are let in
     * @param classes where they are found
     * @param maxBytes the longest content, at least 0; {@link HandleOptions#unlimited()}: the handle's
     *     {@code maxReadBufferBytes} holds
     * @return a read
     * @throws IllegalArgumentException if maxBytes is negative
     */
    public static Read<Object> object(ObjectInputFilter filter, ClassLoader classes, int maxBytes) {
        return new ObjectRead(packed(LengthPrefix.BER, maxBytes), filter, classes);
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
     * @param format such as {@code N} or {@code u24be}; see {@link LengthPrefix#of}
     * @return a read
     * @throws IllegalArgumentException if there is no such format
     */
    public static Read<byte[]> packed(String format) {
        return packed(LengthPrefix.of(format), MAX_PACKED_BYTES);
    }

    /**
     * A length, then that many bytes; see {@link #packed(LengthPrefix, int)}.
     *
     * @param format such as {@code N} or {@code u24be}; see {@link LengthPrefix#of}
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
     * <p><b>Errors</b>: BAD_MESSAGE if the length is negative, has more groups than it can or, highest group first, begins with
     * a group of zero; TOO_LONG as soon as what has come of the length says so. All bytes stay.
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
