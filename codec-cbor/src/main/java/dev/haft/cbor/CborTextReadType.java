package dev.haft.cbor;

import dev.haft.Read;
import dev.haft.ReadType;

/**
 * The read type {@code cbor-text}: items in diagnostic notation (RFC 8949 §8), as {@link com.upokecenter.cbor.CBORObject},
 * for tools and people. Items are separated by white space or commas; comments are skipped; a text has at most 1 MiB.
 *
 * <p><b>Thread safety</b>: thread-safe.
 */
public final class CborTextReadType implements ReadType {
    private static final String NAME = "cbor-text";

    /** For ServiceLoader. */
    public CborTextReadType() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Read<Object> read(Object... args) {
        if (args.length > 0) {
            throw new IllegalArgumentException(NAME + " takes no arguments");
        }
        return Read.<Object>of(CborTextDecoder::new).named(NAME);
    }

    @Override
    public String toString() {
        return NAME;
    }
}
