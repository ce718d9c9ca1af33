package dev.haft;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

/** {@link Read#map}. */
record MappedRead<T, R>(Read<T> first, Function<? super T, ? extends R> function) implements Read<R> {
    MappedRead {
        Objects.requireNonNull(function, "function");
    }

    @Override
    public Decoder<R> begin(ReadContext context) throws BadMessageException {
        return new Mapping(first.begin(Passing.of(context)));
    }

    @Override
    public String toString() {
        return first + ".map";
    }

    /** The context of a read whose value goes to a function: that does not keep it. */
    record Passing(ReadContext outer) implements ReadContext {
        static ReadContext of(ReadContext context) {
            return context.keepsValue() ? new Passing(context) : context;
        }

        @Override
        public Handle handle() {
            return outer.handle();
        }

        @Override
        public int limitBytes() {
            return outer.limitBytes();
        }

        @Override
        public Timer deadline(Read<?> read, Duration limit) {
            return outer.deadline(read, limit);
        }
    }

    private final class Mapping extends ThenDecoder<T, R> {
        Mapping(Decoder<T> first) {
            super(first);
        }

        @Override
        R then(T value) throws BadMessageException {
            R result = function.apply(value);
            if (result == null) {
                throw new BadMessageException(MappedRead.this + " gave null");
            }
            return result;
        }
    }
}
