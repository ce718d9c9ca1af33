package dev.haft.spi;

import dev.haft.ReadType;
import dev.haft.WriteType;
import java.util.List;

/**
 * The standard types by name, which an engine knows without being told: {@code line}, {@code chunk}, {@code netstring},
 * {@code packed}, {@code some} and {@code raw} to read and to write; {@code peek}, {@code proxyHeader}, {@code regex},
 * {@code tlsDetect} and {@code toEnd} to read.
 *
 * <p>Arguments, those in brackets may be left out: {@code chunk:BYTES}, {@code line[:LIMIT[,CHARSET]]},
 * {@code netstring[:LIMIT]}, {@code packed:FORMAT[,LIMIT]} (see {@link dev.haft.LengthPrefix#of}), {@code peek:BYTES},
 * {@code proxyHeader[:LIMIT]}, {@code raw[:LIMIT]}, {@code regex:ACCEPT[,LIMIT[,REJECT[,SKIP]]]}, {@code some[:LIMIT]},
 * {@code tlsDetect}, {@code toEnd[:LIMIT]}.
 *
 * <p>Reads give text ({@code line}, {@code regex}), {@code byte[]}, a {@link dev.haft.ProxyHeader} or a
 * {@link dev.haft.TlsDetection}; writes take text or {@code byte[]}. Java serialization has no name: it needs a filter.
 */
public final class StandardTypes {
    private StandardTypes() {}

    /**
     * The standard read types.
     *
     * @return in the order of their names
     */
    public static List<ReadType> reads() {
        return List.copyOf(NamedReads.ALL);
    }

    /**
     * The standard write types.
     *
     * @return in the order of their names
     */
    public static List<WriteType> writes() {
        return List.copyOf(NamedWrites.ALL);
    }
}
