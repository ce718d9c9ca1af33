package dev.haft;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@link Read#flatMap}. */
record ChainedRead<T, R>(Read<T> first, Function<? super T, ? extends Read<R>> next) implements Read<R> {
    ChainedRead {
        Objects.requireNonNull(next, "next");
    }

    @Override
    public Decoder<R> begin(ReadContext context) throws BadMessageException {
        return new Chain(context, first.begin(context));
    }

    @Override
    public String toString() {
        return first + ".flatMap";
    }

    /** Remembers where the first part ended, so that nothing is consumed, or decoded, twice. */
    private final class Chain implements Decoder<R> {
        private final ReadContext context;
        private final Decoder<T> head;
        private @Nullable Decoder<R> tail;
        private int headBytes;

        Chain(ReadContext context, Decoder<T> head) {
            this.context = context;
            this.head = head;
        }

        @Override
        public @Nullable R decode(ByteBuffer in) throws BadMessageException {
            Decoder<R> second = tail;
            if (second == null) {
                int start = in.position();
                T value = head.decode(in);
                if (value == null) {
                    return null;
                }
                headBytes = in.position() - start;
                second = begin(value);
            } else {
                in.position(in.position() + headBytes);
            }
            return decode(second, in);
        }

        @Override
        public @Nullable R atEnd(ByteBuffer in) throws BadMessageException {
            int start = in.position();
            Decoder<R> second = tail;
            if (second == null) {
                T value = head.atEnd(in);
                if (value == null) {
                    return null;
                }
                second = begin(value);
                R result = decode(second, in);
                if (result != null) {
                    return result;
                }
            } else {
                in.position(start + headBytes);
            }
            R result = second.atEnd(in);
            if (result == null) {
                in.position(start);
            }
            return result;
        }

        /** What the second read wants skipped lies behind what the first has read. */
        private @Nullable R decode(Decoder<R> second, ByteBuffer in) throws BadMessageException {
            try {
                return second.decode(in);
            } catch (BadMessageException e) {
                throw e.skipBytes() == 0 ? e : e.skipping(e.skipBytes() + headBytes);
            }
        }

        private Decoder<R> begin(T value) throws BadMessageException {
            Decoder<R> second = next.apply(value).begin(context);
            tail = second;
            return second;
        }

        @Override
        public OptionalInt limitBytes() {
            Decoder<R> second = tail;
            if (second == null) {
                return head.limitBytes();
            }
            OptionalInt limit = second.limitBytes();
            return limit.isPresent() ? OptionalInt.of(Bytes.plus(headBytes, limit.getAsInt())) : limit;
        }
    }
}
