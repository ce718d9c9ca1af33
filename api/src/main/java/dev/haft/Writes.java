package dev.haft;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The standard writes; meant for {@code import static}. All are immutable and thread-safe. */
public final class Writes {
    private Writes() {}

    /**
     * Bytes as they are.
     *
     * @return a write
     */
    public static Write<byte[]> bytes() {
        return (value, out) -> out.write(value);
    }

    /**
     * Hands an array over to {@link Handle#pushWrite(OwnedBytes)}, which then need not copy it (parity {@code w.push}).
     *
     * @param bytes what; nobody may change it from now on
     * @return the same, marked
     */
    public static OwnedBytes owned(byte[] bytes) {
        return new OwnedBytes(bytes);
    }

    /**
     * Exactly so many bytes; another number of them is BAD_MESSAGE.
     *
     * @param bytes at least 0
     * @return a write
     * @throws IllegalArgumentException if bytes is negative
     */
    public static Write<byte[]> chunk(int bytes) {
        Bytes.atLeast(0, bytes, "chunk");
        return (value, out) -> {
            if (value.length != bytes) {
                throw new BadMessageException("chunk(" + bytes + ") cannot write " + value.length + " bytes");
            }
            out.write(value);
        };
    }

    /**
     * Text as UTF-8, and LF. Text with a line feed in it is BAD_MESSAGE: it would be two lines.
     *
     * @return a write
     */
    public static Write<CharSequence> line() {
        return new LineWrite(StandardCharsets.UTF_8, "\n");
    }

    /**
     * Text and LF. Text with a line feed in it is BAD_MESSAGE.
     *
     * @param charset of both
     * @return a write
     */
    public static Write<CharSequence> line(Charset charset) {
        return new LineWrite(charset, "\n");
    }

    /**
     * Text as UTF-8, and a marker. Text with the marker in it is BAD_MESSAGE.
     *
     * @param marker such as {@code "\r\n"}; not empty
     * @return a write
     * @throws IllegalArgumentException if the marker is empty
     */
    public static Write<CharSequence> line(String marker) {
        return new LineWrite(StandardCharsets.UTF_8, marker);
    }

    /**
     * Text and a marker. Text with the marker in it is BAD_MESSAGE.
     *
     * @param charset of both
     * @param marker such as {@code "\r\n"}; not empty
     * @return a write
     * @throws IllegalArgumentException if the marker is empty
     */
    public static Write<CharSequence> line(Charset charset, String marker) {
        return new LineWrite(charset, marker);
    }

    /**
     * A netstring (parity {@code w.netstring}): {@code hello} becomes {@code 5:hello,}.
     *
     * @return a write
     */
    public static Write<byte[]> netstring() {
        return (value, out) -> out.write(Integer.toString(value.length))
                .write(':')
                .write(value)
                .write(',');
    }

    /**
     * A length, then the bytes (parity {@code w.packstring}). More bytes than the length can say are BAD_MESSAGE.
     *
     * @param format such as {@code N} or {@code u24be}; see {@link LengthPrefix#of}
     * @return a write
     * @throws IllegalArgumentException if there is no such format
     */
    public static Write<byte[]> packed(String format) {
        return packed(LengthPrefix.of(format));
    }

    /**
     * A length, then the bytes (parity {@code w.packstring}). More bytes than the length can say are BAD_MESSAGE.
     *
     * @param prefix how the length stands
     * @return a write
     */
    public static Write<byte[]> packed(LengthPrefix prefix) {
        Objects.requireNonNull(prefix, "prefix");
        return (value, out) -> {
            prefix.write(value.length, out);
            out.write(value);
        };
    }

    /**
     * An object by Java serialization, with its length in BER before it (parity {@code w.storable}); see {@link Reads#object}.
     * One that cannot be serialized is BAD_MESSAGE.
     *
     * @return a write
     */
    public static Write<Object> object() {
        return (value, out) -> packed(LengthPrefix.BER).encode(ObjectRead.serialized(value), out);
    }

    /** {@link #line}. */
    private record LineWrite(Charset charset, String marker) implements Write<CharSequence> {
        LineWrite {
            Objects.requireNonNull(charset, "charset");
            if (marker.isEmpty()) {
                throw new IllegalArgumentException("the marker of a line must not be empty");
            }
        }

        @Override
        public void encode(CharSequence value, Output out) throws BadMessageException {
            String text = value.toString();
            if (text.contains(marker)) {
                throw new BadMessageException("a line must not have its marker in it");
            }
            out.write(text.getBytes(charset)).write(marker.getBytes(charset));
        }
    }
}
