package dev.haft;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@link Read#limit}. */
record LimitedRead<T>(Read<T> read, int bytes) implements Read<T> {
    LimitedRead {
        Bytes.atLeast(1, bytes, "limit");
    }

    @Override
    public Decoder<T> begin(ReadContext context) throws BadMessageException {
        Decoder<T> decoder = read.begin(context);
        return new Decoder<>() {
            /** Shows no more than may be consumed, so that it does not matter how much more has come. */
            @Override
            public @Nullable T decode(ByteBuffer in) throws BadMessageException {
                int limit = in.limit();
                boolean more = in.remaining() > bytes;
                if (more) {
                    in.limit(in.position() + bytes);
                }
                T value = decoder.decode(in);
                in.limit(limit);
                if (value == null && more) {
                    throw tooLong();
                }
                return value;
            }

            @Override
            public @Nullable T atEnd(ByteBuffer in) throws BadMessageException {
                return decoder.atEnd(in);
            }

            @Override
            public OptionalInt limitBytes() {
                return OptionalInt.of(bytes);
            }
        };
    }

    private BadMessageException tooLong() {
        return BadMessageException.tooLong(read + " is longer than " + bytes + " bytes");
    }

    @Override
    public String toString() {
        return read + ".limit(" + bytes + ")";
    }
}
