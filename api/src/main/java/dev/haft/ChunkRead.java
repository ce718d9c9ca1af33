package dev.haft;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@link Reads#chunk}. Keeps no state, so it is its own decoder. */
record ChunkRead(int bytes) implements Read<byte[]>, Decoder<byte[]> {
    @Override
    public Decoder<byte[]> begin(ReadContext context) {
        return this;
    }

    @Override
    public byte @Nullable [] decode(ByteBuffer in) {
        if (in.remaining() < bytes) {
            return null;
        }
        byte[] chunk = new byte[bytes];
        in.get(chunk);
        return chunk;
    }

    @Override
    public OptionalInt limitBytes() {
        return OptionalInt.of(bytes);
    }

    @Override
    public String toString() {
        return "chunk(" + bytes + ")";
    }
}
