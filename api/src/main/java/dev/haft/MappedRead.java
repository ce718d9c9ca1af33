package dev.haft;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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

    private final class Mapping implements Decoder<R> {
        private final Decoder<T> decoder;

        Mapping(Decoder<T> decoder) {
            this.decoder = decoder;
        }

        @Override
        public @Nullable R decode(ByteBuffer in) throws BadMessageException {
            return mapped(decoder.decode(in));
        }

        @Override
        public @Nullable R atEnd(ByteBuffer in) throws BadMessageException {
            return mapped(decoder.atEnd(in));
        }

        @Override
        public OptionalInt limitBytes() {
            return decoder.limitBytes();
        }

        @Override
        public boolean isStreaming() {
            return decoder.isStreaming();
        }

        private @Nullable R mapped(@Nullable T value) throws BadMessageException {
            if (value == null) {
                return null;
            }
            R result = function.apply(value);
            if (result == null) {
                throw new BadMessageException(MappedRead.this + " gave null");
            }
            return result;
        }
    }
}
