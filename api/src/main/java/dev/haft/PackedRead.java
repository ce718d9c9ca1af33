package dev.haft;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@link Reads#packed}: a length, then that many bytes. */
record PackedRead(LengthPrefix prefix, int maxBytes) implements Read<byte[]> {
    PackedRead {
        Objects.requireNonNull(prefix, "prefix");
        Bytes.atLeast(0, maxBytes, "packed");
    }

    @Override
    public Decoder<byte[]> begin(ReadContext context) {
        return new PackedDecoder(this);
    }

    @Override
    public String toString() {
        return "packed(" + prefix + ", " + maxBytes + ")";
    }

    /** Remembers the length, once it is known. */
    private static final class PackedDecoder implements Decoder<byte[]> {
        private final PackedRead read;
        private int prefixBytes;
        private int length = -1;

        PackedDecoder(PackedRead read) {
            this.read = read;
        }

        @Override
        public byte @Nullable [] decode(ByteBuffer in) throws BadMessageException {
            int start = in.position();
            if (length < 0) {
                long announced = read.prefix.read(in, read.maxBytes);
                if (announced == LengthPrefix.INCOMPLETE) {
                    return null;
                }
                if (announced > read.maxBytes) {
                    throw BadMessageException.tooLong("the length is more than " + read.maxBytes + " bytes");
                }
                length = (int) announced;
                prefixBytes = in.position() - start;
            }
            if (in.limit() - start - prefixBytes < length) {
                return null;
            }
            byte[] value = new byte[length];
            in.position(start + prefixBytes).get(value);
            return value;
        }

        @Override
        public OptionalInt limitBytes() {
            if (read.maxBytes == Integer.MAX_VALUE) {
                return OptionalInt.empty();
            }
            return OptionalInt.of(
                    length < 0 ? Bytes.plus(read.maxBytes, read.prefix.maxBytes()) : Bytes.plus(length, prefixBytes));
        }
    }
}
