package dev.haft;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@link Reads#toEnd}. Keeps no state, so it is its own decoder. */
record ToEndRead(int maxBytes) implements Read<byte[]>, Decoder<byte[]> {
    @Override
    public Decoder<byte[]> begin(ReadContext context) {
        return this;
    }

    @Override
    public byte @Nullable [] decode(ByteBuffer in) throws BadMessageException {
        if (in.remaining() > maxBytes) {
            throw BadMessageException.tooLong("the stream goes on for more than " + maxBytes + " bytes");
        }
        return null;
    }

    @Override
    public byte[] atEnd(ByteBuffer in) {
        byte[] all = new byte[in.remaining()];
        in.get(all);
        return all;
    }

    @Override
    public OptionalInt limitBytes() {
        return maxBytes == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(maxBytes);
    }

    @Override
    public String toString() {
        return "toEnd(" + maxBytes + ")";
    }
}
