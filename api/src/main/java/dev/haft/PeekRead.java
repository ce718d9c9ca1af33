package dev.haft;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@link Reads#peek}. Keeps no state, so it is its own decoder. */
record PeekRead(int bytes) implements Read<byte[]>, Decoder<byte[]> {
    @Override
    public Decoder<byte[]> begin(ReadContext context) {
        return this;
    }

    @Override
    public byte @Nullable [] decode(ByteBuffer in) {
        if (in.remaining() < bytes) {
            return null;
        }
        byte[] seen = new byte[bytes];
        in.get(in.position(), seen);
        return seen;
    }

    @Override
    public OptionalInt limitBytes() {
        return OptionalInt.of(bytes);
    }

    @Override
    public String toString() {
        return "peek(" + bytes + ")";
    }
}
