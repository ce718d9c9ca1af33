package dev.haft.spi;

import dev.haft.ReadType;
import dev.haft.WriteType;
import java.util.List;

/**
 * The standard types by name, which an engine knows without being told: {@code line}, {@code chunk}, {@code netstring},
 * {@code packed}, {@code some} and {@code raw} to read and to write, {@code peek}, {@code proxyHeader}, {@code regex},
 * {@code tlsDetect} and {@code toEnd} to read.
 *
 * <p>Reads give text ({@code line}, {@code regex}), {@code byte[]}, or values of their own; writes take text or {@code byte[]}.
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
