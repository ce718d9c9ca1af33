package dev.haft.cbor;

import dev.haft.Write;
import dev.haft.WriteType;
import java.nio.charset.StandardCharsets;

/**
 * The write type {@code cbor-text}: an item in diagnostic notation (RFC 8949 §8), on one line, with nothing behind it.
 *
 * <p><b>Thread safety</b>: thread-safe.
 */
public final class CborTextWriteType implements WriteType {
    private static final String NAME = "cbor-text";

    /** For ServiceLoader. */
    public CborTextWriteType() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Write<Object> write(Object... args) {
        if (args.length > 0) {
            throw new IllegalArgumentException(NAME + " takes no arguments");
        }
        return new CborWrite(
                (value, out) -> out.write(DiagnosticNotation.of(value).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return NAME;
    }
}
