package dev.haft.spi;

import dev.haft.BadMessageException;
import dev.haft.Write;
import dev.haft.WriteType;
import dev.haft.Writes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** The standard writes by name: each takes text or bytes. */
final class NamedWrites {
    static final List<WriteType> ALL = List.of(
            named("chunk", args -> ofBytes("chunk", Writes.chunk(args.atMost(1).size(0)))),
            named("line", args -> ofText("line", Writes.line(args.atMost(1).charset(0, StandardCharsets.UTF_8)))),
            named("netstring", args -> ofBytes("netstring", Writes.netstring())),
            named("packed", args -> ofBytes("packed", Writes.packed(args.text(0)))),
            named("raw", args -> ofBytes("raw", Writes.bytes())),
            named("some", args -> ofBytes("some", Writes.bytes())));

    private NamedWrites() {}

    private static Write<Object> ofBytes(String name, Write<byte[]> write) {
        return (value, out) -> write.encode(bytes(name, value), out);
    }

    private static byte[] bytes(String name, Object value) throws BadMessageException {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof CharSequence text) {
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        throw refused(name, value);
    }

    private static Write<Object> ofText(String name, Write<CharSequence> write) {
        return (value, out) -> {
            if (value instanceof CharSequence text) {
                write.encode(text, out);
            } else if (value instanceof byte[] bytes) {
                write.encode(new String(bytes, StandardCharsets.UTF_8), out);
            } else {
                throw refused(name, value);
            }
        };
    }

    private static BadMessageException refused(String name, Object value) {
        return new BadMessageException(
                name + " writes text or bytes, not " + value.getClass().getName());
    }

    private static WriteType named(String name, Function<Arguments, Write<Object>> factory) {
        return new WriteType() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Write<Object> write(Object... args) {
                return factory.apply(new Arguments(name, args));
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }
}
