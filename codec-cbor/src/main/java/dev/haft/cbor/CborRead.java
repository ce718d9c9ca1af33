package dev.haft.cbor;

import dev.haft.Decoder;
import dev.haft.Read;
import dev.haft.ReadContext;

/**
 * A read of CBOR items; {@link Cbor} has the factories.
 *
 * <p><b>What is read</b>: one item of any kind; items may follow each other (a CBOR sequence, RFC 8742). A tag is part of
 * its item.
 *
 * <p><b>Thread safety</b>: immutable and thread-safe; one may serve all handles.
 *
 * <p><b>Limits</b>: an item has at most {@link Cbor#MAX_ITEM_BYTES} bytes ({@link #limit}, {@link #unlimited}), is nested at
 * most {@link Cbor#MAX_DEPTH} deep ({@link #maxDepth}), has no string longer than the item may be
 * ({@link #maxStringBytes}), and no array or map of more than {@link Cbor#MAX_ELEMENTS} elements or pairs
 * ({@link #maxElements}).
 *
 * <p><b>Errors</b>: over the limit of bytes, string bytes or elements: {@link dev.haft.ErrorCode#TOO_LONG}, as soon as a
 * length says so, not when its bytes have come. Too deep, not well-formed, text that is not UTF-8, two equal keys in a map,
 * not a value of the type: {@link dev.haft.ErrorCode#BAD_MESSAGE}. The message has the offset from the first unread byte,
 * and is the same however the stream is cut. An item that the stream ends in is
 * {@link dev.haft.ErrorCode#UNEXPECTED_END}.
 *
 * <p><b>Bytes on failure</b>: all stay. Nobody can say where the next item begins.
 *
 * <p>Source: RFC 8949, RFC 8742; parity {@code r.cbor}.
 *
 * @param <T> what it gives
 */
public final class CborRead<T> implements Read<T> {
    private final ItemValue<T> value;
    private final ItemRules rules;

    CborRead(ItemValue<T> value, ItemRules rules) {
        this.value = value;
        this.rules = rules;
    }

    private CborRead<T> with(ItemRules other) {
        return new CborRead<>(value, other);
    }

    /**
     * The same with another limit.
     *
     * @param bytes of the longest item, at least 1
     * @return a read
     * @throws IllegalArgumentException if bytes is less than 1
     */
    @Override
    public CborRead<T> limit(int bytes) {
        return with(rules.limit(bytes));
    }

    /**
     * The same without a limit of its own: the handle's {@code maxReadBufferBytes} holds.
     *
     * @return a read
     */
    public CborRead<T> unlimited() {
        return with(rules.limit(Integer.MAX_VALUE));
    }

    /**
     * The same with another limit of nesting.
     *
     * @param levels how many arrays, maps and tags within each other, at least 1
     * @return a read
     * @throws IllegalArgumentException if levels is less than 1, or more than {@link Cbor#MAX_DEPTH}: the library goes
     *     through values by recursion
     */
    public CborRead<T> maxDepth(int levels) {
        if (levels > Cbor.MAX_DEPTH) {
            throw new IllegalArgumentException("maxDepth: " + levels + ", must be at most " + Cbor.MAX_DEPTH);
        }
        return with(rules.depth(levels));
    }

    /**
     * The same with another limit of strings.
     *
     * @param bytes of the longest byte or text string, its chunks together, at least 1
     * @return a read
     * @throws IllegalArgumentException if bytes is less than 1
     */
    public CborRead<T> maxStringBytes(int bytes) {
        return with(rules.stringBytes(bytes));
    }

    /**
     * The same with another limit of elements.
     *
     * @param count of the elements of one array, or the pairs of one map, at least 1
     * @return a read
     * @throws IllegalArgumentException if count is less than 1
     */
    public CborRead<T> maxElements(int count) {
        return with(rules.elements(count));
    }

    /** The same: what only gives a T gives an Object. */
    @SuppressWarnings("unchecked")
    CborRead<Object> asObject() {
        return (CborRead<Object>) this;
    }

    @Override
    public Decoder<T> begin(ReadContext context) {
        return new CborDecoder<>(value, rules);
    }

    @Override
    public String toString() {
        return "cbor";
    }
}
