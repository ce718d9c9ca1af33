package dev.haft.cbor;

import dev.haft.BadMessageException;

/** What becomes of the exact bytes of one well-formed item. */
@FunctionalInterface
interface ItemValue<T> {
    /** The array is the callee's; depth is how many arrays, maps and tags are within each other. */
    T of(byte[] item, int depth) throws BadMessageException;
}
