package dev.haft.cbor;

import com.upokecenter.cbor.CBORObject;
import dev.haft.Read;
import dev.haft.ReadType;

/**
 * The read type {@code cbor}: without arguments items as {@link CBORObject}.
 *
 * <p>Arguments, in any order: a Class (what it gives instead, see {@link Cbor#as}), {@code "bytes"} (the exact bytes), a
 * number or its text (the limit in bytes).
 *
 * <p><b>Thread safety</b>: thread-safe.
 *
 * <p><b>Limits and errors</b>: those of {@link CborRead}.
 *
 * <p>Source: parity {@code r.cbor}.
 */
public final class CborReadType implements ReadType {
    /** For ServiceLoader. */
    public CborReadType() {}

    @Override
    public String name() {
        return "cbor";
    }

    @Override
    public Read<Object> read(Object... args) {
        CborRead<Object> read = ofType(args);
        for (Object arg : args) {
            if (arg instanceof Number number) {
                read = read.limit(limit(number));
            } else if (arg instanceof CharSequence text && !text.toString().equals("bytes")) {
                read = read.limit(limit(text.toString()));
            }
        }
        return read;
    }

    private static CborRead<Object> ofType(Object... args) {
        CborRead<Object> read = Cbor.value().asObject();
        for (Object arg : args) {
            if (arg instanceof Class<?> type) {
                read = Cbor.as(type).asObject();
            } else if (arg.equals("bytes")) {
                read = Cbor.bytes().asObject();
            } else if (!(arg instanceof Number || arg instanceof CharSequence)) {
                throw new IllegalArgumentException(
                        "cbor takes no " + arg.getClass().getName());
            }
        }
        return read;
    }

    private static int limit(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("cbor: '" + text + "' is neither a limit in bytes nor 'bytes'", e);
        }
    }

    private static int limit(Number number) {
        try {
            return Math.toIntExact(number.longValue());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("cbor: '" + number + "' is no number of bytes", e);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
