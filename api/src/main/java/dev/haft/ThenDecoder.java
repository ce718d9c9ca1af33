package dev.haft;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Another decoder, and what is done with its value as soon as that is there. */
abstract class ThenDecoder<T, R> implements Decoder<R> {
    private final Decoder<T> first;

    ThenDecoder(Decoder<T> first) {
        this.first = first;
    }

    abstract R then(T value) throws BadMessageException;

    @Override
    public @Nullable R decode(ByteBuffer in) throws BadMessageException {
        T value = first.decode(in);
        return value == null ? null : then(value);
    }

    @Override
    public @Nullable R atEnd(ByteBuffer in) throws BadMessageException {
        T value = first.atEnd(in);
        return value == null ? null : then(value);
    }

    @Override
    public OptionalInt limitBytes() {
        return first.limitBytes();
    }

    @Override
    public boolean isStreaming() {
        return first.isStreaming();
    }
}
