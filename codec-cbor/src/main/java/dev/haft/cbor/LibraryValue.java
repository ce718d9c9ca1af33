package dev.haft.cbor;

import com.upokecenter.cbor.CBOREncodeOptions;
import com.upokecenter.cbor.CBORException;
import com.upokecenter.cbor.CBORObject;
import dev.haft.BadMessageException;

/** An item as the library decodes it. */
record LibraryValue(CBOREncodeOptions options) implements ItemValue<CBORObject> {
    /** The library refuses to go deeper. */
    private static final int LIBRARY_DEPTH = 500;

    @Override
    public CBORObject of(byte[] item, int depth) throws BadMessageException {
        try {
            return depth <= LIBRARY_DEPTH
                    ? CBORObject.DecodeFromBytes(item, options)
                    : new DeepItem(item, options, depth - LIBRARY_DEPTH).value();
        } catch (CBORException | IllegalArgumentException | IllegalStateException | ArithmeticException e) {
            throw refused(e);
        }
    }

    /** The library does not tell where; the item begins at the first unread byte. */
    static BadMessageException refused(RuntimeException e) {
        return new BadMessageException("bad CBOR: " + e.getMessage(), e);
    }
}
