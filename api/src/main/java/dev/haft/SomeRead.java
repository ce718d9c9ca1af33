package dev.haft;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** {@link Reads#some}. Keeps no state, so it is its own decoder. */
record SomeRead(int maxBytes) implements Read<byte[]>, Decoder<byte[]> {
    @Override
    public Decoder<byte[]> begin(ReadContext context) {
        return this;
    }

    @Override
    public byte @Nullable [] decode(ByteBuffer in) {
        if (!in.hasRemaining()) {
            return null;
        }
        byte[] some = new byte[Math.min(maxBytes, in.remaining())];
        in.get(some);
        return some;
    }

    @Override
    public String toString() {
        return "some(" + maxBytes + ")";
    }
}
