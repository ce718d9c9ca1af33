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
        return new Limited(read.begin(context));
    }

    @Override
    public String toString() {
        return read + ".limit(" + bytes + ")";
    }

    /** Shows no more than may be consumed, so that it does not matter how much more has come. */
    private final class Limited implements Decoder<T> {
        private final Decoder<T> decoder;
        private int left = bytes;

        Limited(Decoder<T> decoder) {
            this.decoder = decoder;
        }

        @Override
        public @Nullable T decode(ByteBuffer in) throws BadMessageException {
            int start = in.position();
            int limit = in.limit();
            boolean more = in.remaining() > left;
            if (more) {
                in.limit(start + left);
            }
            T value = decoder.decode(in);
            in.limit(limit);
            if (value == null && decoder.isStreaming()) {
                left -= in.position() - start;
            }
            if (value == null && more) {
                throw BadMessageException.tooLong(read + " is longer than " + bytes + " bytes");
            }
            return value;
        }

        @Override
        public @Nullable T atEnd(ByteBuffer in) throws BadMessageException {
            return decoder.atEnd(in);
        }

        @Override
        public OptionalInt limitBytes() {
            return OptionalInt.of(left);
        }

        @Override
        public boolean isStreaming() {
            return decoder.isStreaming();
        }
    }
}
