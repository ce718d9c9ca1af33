package dev.haft;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@link Reads#view}. Keeps no state, so it is its own decoder. */
record ViewRead(int bytes) implements Read<ByteBuffer>, Decoder<ByteBuffer> {
    @Override
    public Decoder<ByteBuffer> begin(ReadContext context) throws BadMessageException {
        if (context.keepsValue()) {
            throw new BadMessageException(
                    this + " is valid in its callback only: a future or a subscriber would keep it;"
                            + " use chunk, or map it to a value of its own");
        }
        return this;
    }

    @Override
    public @Nullable ByteBuffer decode(ByteBuffer in) {
        if (in.remaining() < bytes) {
            return null;
        }
        ByteBuffer view = in.slice(in.position(), bytes);
        in.position(in.position() + bytes);
        return view;
    }

    @Override
    public OptionalInt limitBytes() {
        return OptionalInt.of(bytes);
    }

    @Override
    public String toString() {
        return "view(" + bytes + ")";
    }
}
