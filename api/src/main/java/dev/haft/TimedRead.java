package dev.haft;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@link Read#within}. */
record TimedRead<T>(Read<T> read, Duration limit) implements Read<T> {
    TimedRead {
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("within: " + limit + ", must be more than zero");
        }
    }

    @Override
    public Decoder<T> begin(ReadContext context) throws BadMessageException {
        Timer deadline = context.deadline(this, limit);
        return new Timed<>(read.begin(context), deadline);
    }

    @Override
    public String toString() {
        return read + ".within(" + limit + ")";
    }

    /** Ends the time when the value is there: it may be the first of two parts. */
    private record Timed<T>(Decoder<T> decoder, Timer deadline) implements Decoder<T> {
        @Override
        public @Nullable T decode(ByteBuffer in) throws BadMessageException {
            return done(decoder.decode(in));
        }

        @Override
        public @Nullable T atEnd(ByteBuffer in) throws BadMessageException {
            return done(decoder.atEnd(in));
        }

        @Override
        public OptionalInt limitBytes() {
            return decoder.limitBytes();
        }

        @Override
        public boolean isStreaming() {
            return decoder.isStreaming();
        }

        private @Nullable T done(@Nullable T value) {
            if (value != null) {
                deadline.cancel();
            }
            return value;
        }
    }
}
