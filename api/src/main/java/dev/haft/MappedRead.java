package dev.haft;

import java.nio.ByteBuffer;
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
        return new Mapping(first.begin(context));
    }

    @Override
    public String toString() {
        return first + ".map";
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
