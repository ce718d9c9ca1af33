package dev.haft.spi;

import dev.haft.Match;
import dev.haft.Read;
import dev.haft.ReadType;
import dev.haft.Reads;
import dev.haft.RegexRead;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** The standard reads by name. */
final class NamedReads {
    private static final int MAX_TO_END_BYTES = 1 << 20;

    static final List<ReadType> ALL = List.of(
            named("chunk", args -> Reads.chunk(args.atMost(1).size(0))),
            named(
                    "line",
                    args -> Reads.line(args.atMost(2).charset(1, StandardCharsets.UTF_8))
                            .limit(args.size(0, Reads.MAX_LINE_BYTES))),
            named("netstring", args -> Reads.netstring(args.atMost(1).size(0, Reads.MAX_NETSTRING_BYTES))),
            named("packed", args -> Reads.packed(args.atMost(2).text(0), args.size(1, Reads.MAX_PACKED_BYTES))),
            named("peek", args -> Reads.peek(args.atMost(1).size(0))),
            named(
                    "proxyHeader",
                    args -> args.has(0) ? Reads.proxyHeader(args.atMost(1).size(0)) : Reads.proxyHeader()),
            named("raw", args -> Reads.some(args.atMost(1).size(0, 64 << 10))),
            named("regex", args -> regex(args.atMost(4)).map(Match::text)),
            named("some", args -> Reads.some(args.atMost(1).size(0, 64 << 10))),
            named("tlsDetect", args -> {
                args.atMost(0);
                return Reads.tlsDetect();
            }),
            named("toEnd", args -> Reads.toEnd(args.atMost(1).size(0, MAX_TO_END_BYTES))));

    private NamedReads() {}

    /** The pattern, the limit, what is to be rejected and what to be skipped; an empty text is none. */
    private static RegexRead regex(Arguments args) {
        RegexRead read = Reads.regex(args.text(0)).limit(args.size(1, Reads.MAX_LINE_BYTES));
        if (args.has(2) && !args.text(2).isEmpty()) {
            read = read.reject(args.text(2));
        }
        return args.has(3) && !args.text(3).isEmpty() ? read.skip(args.text(3)) : read;
    }

    private static ReadType named(String name, Function<Arguments, Read<?>> factory) {
        return new ReadType() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Read<Object> read(Object... args) {
                return factory.apply(new Arguments(name, args)).map(value -> value);
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }
}
