package dev.haft.engine.types;

import dev.haft.BadMessageException;
import dev.haft.Decoder;
import dev.haft.Read;
import dev.haft.ReadContext;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A read by name: finds its type when its first byte is there, so that it follows types that come and go. */
final class NamedRead implements Read<Object> {
    private final LiveTypes types;
    private final String name;
    private final Object[] args;

    NamedRead(LiveTypes types, String name, Object[] args) {
        this.types = types;
        this.name = name;
        this.args = args.clone();
    }

    @Override
    public Decoder<Object> begin(ReadContext context) {
        return new Late(context);
    }

    @Override
    public String toString() {
        return name;
    }

    private final class Late implements Decoder<Object> {
        private final ReadContext context;
        private @Nullable Decoder<Object> decoder;

        Late(ReadContext context) {
            this.context = context;
        }

        @Override
        public @Nullable Object decode(ByteBuffer in) throws BadMessageException {
            Decoder<Object> found = decoder;
            if (found == null) {
                if (!in.hasRemaining()) {
                    return null;
                }
                found = types.find(name, args).begin(context);
                decoder = found;
            }
            return found.decode(in);
        }

        @Override
        public @Nullable Object atEnd(ByteBuffer in) throws BadMessageException {
            return decoder == null ? null : decoder.atEnd(in);
        }

        @Override
        public OptionalInt limitBytes() {
            return decoder == null ? OptionalInt.empty() : decoder.limitBytes();
        }

        @Override
        public boolean isStreaming() {
            return decoder != null && decoder.isStreaming();
        }
    }
}
