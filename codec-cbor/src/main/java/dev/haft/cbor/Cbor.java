package dev.haft.cbor;

import com.upokecenter.cbor.CBOREncodeOptions;
import com.upokecenter.cbor.CBORObject;
import dev.haft.Write;

/**
 * Reads and writes of CBOR items.
 *
 * <pre>{@code
 * handle.onEach(Cbor.value(), (h, call) -> h.pushWrite(Cbor.write(), Map.of("got", call.size())));
 * }</pre>
 *
 * <p>A read takes one item; items that follow each other (RFC 8742) are simply read one after the other.
 *
 * <p><b>Thread safety</b>: all that these methods return is immutable and thread-safe. (A {@link CBORObject} is not.)
 *
 * <p><b>Limits</b>: {@link #MAX_ITEM_BYTES}, {@link #MAX_DEPTH} and {@link #MAX_ELEMENTS}, see {@link CborRead}.
 *
 * <p>Source: RFC 8949, RFC 8742; parity {@code r.cbor}, {@code w.cbor}, {@code opt.cbor}.
 */
public final class Cbor {
    /** The default limit of an item: 1 MiB. */
    public static final int MAX_ITEM_BYTES = 1 << 20;

    /** The limit of nesting: 512 arrays, maps and tags within each other. */
    public static final int MAX_DEPTH = 512;

    /** The default limit of the elements of an array, and of the pairs of a map: 1048576. */
    public static final int MAX_ELEMENTS = 1 << 20;

    private Cbor() {}

    /**
     * An item as an object of the library.
     *
     * <pre>
     * 82 01 61 61 | 03   ->  [1, "a"]     and 03 stays
     * </pre>
     *
     * <p>It is what {@link CBORObject#DecodeFromBytes(byte[])} makes, with two differences: items nested between 500 and
     * {@link #MAX_DEPTH} deep are read too, and the content of tags 0 and 1 is checked (RFC 8949 §3.4.1, §3.4.2). Other tags
     * stay tags.
     *
     * @return a read of items of at most 1 MiB
     */
    public static CborRead<CBORObject> value() {
        return with(CBOREncodeOptions.Default).value();
    }

    /**
     * An item as a value of a class.
     *
     * <p>{@code Object} gives plain values: Map, List, String, byte[], Boolean, Integer, Long, BigInteger, Double,
     * BigDecimal; null within arrays and maps; what is none of these stays a {@link CBORObject}. Map, List, Collection and
     * Number are the same for those that are one. Any other class is what
     * {@link CBORObject#ToObject(java.lang.reflect.Type)} makes of it: a class with setters, a list, a number, an enum.
     *
     * <p>The library finds setters by reflection: the package of such a class must be open to {@code dev.haft.cbor} if it is
     * in a named module. It remembers them in a table of its own, so that the class stays loaded until this bundle goes: a
     * bundle that is to be unloaded takes {@link #value()} and makes its objects itself.
     *
     * @param type the class
     * @param <T> the class
     * @return a read of items of at most 1 MiB; null is no value: BAD_MESSAGE
     */
    public static <T> CborRead<T> as(Class<T> type) {
        return with(CBOREncodeOptions.Default).as(type);
    }

    /**
     * The exact bytes of one item, undecoded: well-formed, but its text is not checked for UTF-8, nor its maps for equal
     * keys, nor what is in its tags.
     *
     * @return a read of items of at most 1 MiB
     */
    public static CborRead<byte[]> bytes() {
        return new CborRead<>((item, depth) -> item, ItemRules.DEFAULT.withoutTags());
    }

    /**
     * The same factories with options of the library (parity {@code opt.cbor}).
     *
     * @param options such as {@code new CBOREncodeOptions("allowduplicatekeys=true")}
     * @return a codec
     */
    public static CborCodec with(CBOREncodeOptions options) {
        return new CborCodec(options);
    }

    /**
     * Writes a {@link CBORObject}, or any object that the library can map to one: a map, a list, an array, text, bytes, a
     * number, an enum, an object with getters. Numbers have their shortest form, lengths are definite.
     *
     * @return a write; a value that cannot be mapped, or is nested too deep, is {@link dev.haft.ErrorCode#BAD_MESSAGE}, and
     *     nothing of it is written
     */
    public static Write<Object> write() {
        return with(CBOREncodeOptions.Default).write();
    }

    /**
     * The same in the one form that RFC 8949 §4.2 calls deterministic: equal values have equal bytes. Keys of maps are in
     * the order of their bytes, numbers have their shortest form, not-a-number is {@code f97e00}.
     *
     * @return a write
     */
    public static Write<Object> deterministic() {
        return new CborWrite(DeterministicForm::write);
    }
}
