package dev.haft.cbor;

import com.upokecenter.cbor.CBOREncodeOptions;
import com.upokecenter.cbor.CBORObject;
import dev.haft.Write;
import java.util.Objects;

/**
 * The factories of {@link Cbor} with options of the library; {@link Cbor#with} makes it.
 *
 * <p><b>Thread safety</b>: immutable and thread-safe.
 *
 * <p>Source: parity {@code opt.cbor}.
 */
public final class CborCodec {
    private final CBOREncodeOptions options;

    CborCodec(CBOREncodeOptions options) {
        this.options = Objects.requireNonNull(options, "options");
    }

    /**
     * An item as an object of the library.
     *
     * @return a read of items of at most 1 MiB
     */
    public CborRead<CBORObject> value() {
        return new CborRead<>(new LibraryValue(options), ItemRules.DEFAULT);
    }

    /**
     * An item as a value of a class; see {@link Cbor#as}.
     *
     * @param type the class
     * @param <T> the class
     * @return a read of items of at most 1 MiB
     */
    public <T> CborRead<T> as(Class<T> type) {
        return new CborRead<>(MappedValue.of(new LibraryValue(options), type), ItemRules.DEFAULT);
    }

    /**
     * Writes an object of the library, or any that it can map to one.
     *
     * @return a write
     */
    public Write<Object> write() {
        return new CborWrite((value, out) -> value.WriteTo(out, options));
    }

    @Override
    public String toString() {
        return "cbor codec";
    }
}
