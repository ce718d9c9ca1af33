package dev.haft;

import java.time.Duration;

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
    private static final class Timed<T> extends ThenDecoder<T, T> {
        private final Timer deadline;

        Timed(Decoder<T> first, Timer deadline) {
            super(first);
            this.deadline = deadline;
        }

        @Override
        T then(T value) {
            deadline.cancel();
            return value;
        }
    }
}
