package dev.haft.cbor;

import dev.haft.Write;
import dev.haft.WriteType;

/**
 * The write type {@code cbor}: any value that the library can map. The argument {@code "deterministic"} asks for the one form
 * of RFC 8949 §4.2.
 *
 * <p><b>Thread safety</b>: thread-safe.
 *
 * <p>Source: parity {@code w.cbor}.
 */
public final class CborWriteType implements WriteType {
    /** For ServiceLoader. */
    public CborWriteType() {}

    @Override
    public String name() {
        return "cbor";
    }

    @Override
    public Write<Object> write(Object... args) {
        if (args.length == 0) {
            return Cbor.write();
        }
        if (args.length > 1 || !args[0].toString().equals("deterministic")) {
            throw new IllegalArgumentException("cbor: the one argument there is is 'deterministic'");
        }
        return Cbor.deterministic();
    }

    @Override
    public String toString() {
        return name();
    }
}
