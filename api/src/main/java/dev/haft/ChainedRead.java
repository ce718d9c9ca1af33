package dev.haft;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
        return new Chain(context, first.begin(MappedRead.Passing.of(context)));
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

        /** How many bytes the first part has, as long as they are in the buffer. */
        private int headBytes;

        Chain(ReadContext context, Decoder<T> head) {
            this.context = context;
            this.head = head;
        }

        @Override
        public @Nullable R decode(ByteBuffer in) throws BadMessageException {
            int start = in.position();
            int stop = in.limit();
            Decoder<R> second = tail;
            if (second == null) {
                refuseStream();
                T value = head.decode(in);
                if (value == null) {
                    return null;
                }
                second = begin(value, in.position() - start);
            }
            return decode(second, in, start, stop);
        }

        @Override
        public @Nullable R atEnd(ByteBuffer in) throws BadMessageException {
            int start = in.position();
            int stop = in.limit();
            Decoder<R> second = tail;
            if (second == null) {
                T value = head.atEnd(in);
                if (value == null) {
                    return null;
                }
                second = begin(value, in.position() - start);
                R result = decode(second, in, start, stop);
                if (result != null) {
                    return result;
                }
                if (second.isStreaming()) {
                    start = in.position();
                }
            }
            toTail(in, start, stop);
            R result;
            try {
                result = second.atEnd(in);
            } catch (BadMessageException e) {
                throw behindHead(e);
            }
            if (result == null) {
                // The first part is there: what is left is no end between two messages.
                in.position(start);
            }
            return result;
        }

        private @Nullable R decode(Decoder<R> second, ByteBuffer in, int start, int stop) throws BadMessageException {
            toTail(in, start, stop);
            try {
                return second.decode(in);
            } catch (BadMessageException e) {
                throw behindHead(e);
            } finally {
                if (second.isStreaming()) {
                    headBytes = 0;
                }
            }
        }

        /** To where the second part begins, as it is shown to a decoder. */
        private void toTail(ByteBuffer in, int start, int stop) {
            in.limit(stop).position(start + headBytes);
            if (in.order() != ByteOrder.BIG_ENDIAN) {
                in.order(ByteOrder.BIG_ENDIAN);
            }
        }

        /** What the second read wants skipped lies behind what the first has read. */
        private BadMessageException behindHead(BadMessageException e) {
            return e.skipBytes() == 0 ? e : e.skipping(e.skipBytes() + headBytes);
        }

        private Decoder<R> begin(T value, int bytes) throws BadMessageException {
            headBytes = bytes;
            Decoder<R> second = next.apply(value).begin(context);
            tail = second;
            return second;
        }

        /** Its bytes would be gone when the second part has to begin anew. */
        private void refuseStream() {
            if (head.isStreaming()) {
                throw new IllegalStateException(first + " cannot be the first part of flatMap: it keeps no bytes");
            }
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

        @Override
        public boolean isStreaming() {
            Decoder<R> second = tail;
            return second != null && second.isStreaming();
        }
    }
}
