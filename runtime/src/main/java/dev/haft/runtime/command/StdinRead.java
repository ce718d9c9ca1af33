package dev.haft.runtime.command;

import dev.haft.BadMessageException;
import dev.haft.Decoder;
import dev.haft.Read;
import dev.haft.ReadContext;
import dev.haft.Reads;
import dev.haft.Types;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How standard input is cut into values: as a read type does, but kind to what people and editors leave at the end.
 *
 * @param read cuts them
 * @param end what is left at the end
 */
record StdinRead(Read<?> read, End end) implements Read<Object> {
    private static final int MAX_LINE_BYTES = 1 << 20;

    /** What may be left at the end. */
    enum End {
        /** A line that nothing ends. */
        LINE,
        /** A line feed that is no part of a value. */
        LINE_FEED
    }

    /** The values that a write type is to write. */
    static Read<?> of(TypeSpec write, Types types) {
        return switch (write.name()) {
            case "line", "netstring" -> lines();
            case "chunk" -> new StdinRead(types.read("chunk", write.arguments()), End.LINE_FEED);
            case "raw", "some" -> types.read("raw");
            default -> ofType(write, types);
        };
    }

    private static Read<?> ofType(TypeSpec write, Types types) {
        String notation = write.notation(types.readNames());
        if (!notation.equals(write.name())) {
            return types.read(notation);
        }
        return types.readNames().contains(notation) ? types.read(notation, write.arguments()) : lines();
    }

    private static Read<?> lines() {
        return new StdinRead(Reads.line().limit(MAX_LINE_BYTES), End.LINE);
    }

    @Override
    public Decoder<Object> begin(ReadContext context) throws BadMessageException {
        return new Values(read.begin(context), end);
    }

    @Override
    public String toString() {
        return read.toString();
    }

    /** The decoder of the type, and the end. */
    private record Values(Decoder<?> decoder, End end) implements Decoder<Object> {
        @Override
        public @Nullable Object decode(ByteBuffer in) throws BadMessageException {
            return decoder.decode(in);
        }

        @Override
        public @Nullable Object atEnd(ByteBuffer in) {
            if (!in.hasRemaining()) {
                return null;
            }
            String left = StandardCharsets.UTF_8.decode(in.duplicate()).toString();
            if (end == End.LINE) {
                in.position(in.limit());
                return left;
            }
            if (left.equals("\n") || left.equals("\r\n")) {
                in.position(in.limit());
            }
            return null;
        }

        @Override
        public OptionalInt limitBytes() {
            return decoder.limitBytes();
        }
    }
}
