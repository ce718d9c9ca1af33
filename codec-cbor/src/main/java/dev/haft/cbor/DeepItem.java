package dev.haft.cbor;

import com.upokecenter.cbor.CBOREncodeOptions;
import com.upokecenter.cbor.CBORException;
import com.upokecenter.cbor.CBORObject;
import com.upokecenter.numbers.EInteger;
import dev.haft.BadMessageException;
import java.util.Arrays;

/**
 * An item that is nested deeper than the library goes: its outer levels are opened here, and what is within them is given to
 * the library. The item is well-formed.
 */
final class DeepItem {
    private final byte[] item;
    private final CBOREncodeOptions options;
    private final int levels;
    private int at;

    DeepItem(byte[] item, CBOREncodeOptions options, int levels) {
        this.item = item;
        this.options = options;
        this.levels = levels;
    }

    CBORObject value() {
        if (options.getCtap2Canonical()) {
            throw new CBORException("Depth too high in canonical CBOR");
        }
        return next(levels);
    }

    private CBORObject next(int open) {
        int first = item[at] & 0xff;
        int type = Head.type(first);
        if (open == 0 || type < Head.ARRAY || type == Head.OTHER) {
            return ofLibrary();
        }
        int size = Head.size(first);
        long argument = Head.info(first) == Head.INDEFINITE ? Long.MAX_VALUE : Head.argument(item, at, size);
        at += size;
        return switch (type) {
            case Head.ARRAY -> array(argument, open - 1);
            case Head.MAP -> map(argument, open - 1);
            default ->
                CBORObject.FromObjectAndTag(next(open - 1), EInteger.FromString(Long.toUnsignedString(argument)));
        };
    }

    private CBORObject array(long count, int open) {
        CBORObject array = CBORObject.NewArray();
        for (long i = 0; i < count && !atBreak(); i++) {
            array.Add(next(open));
        }
        return array;
    }

    private CBORObject map(long count, int open) {
        CBORObject map = options.getKeepKeyOrder() ? CBORObject.NewOrderedMap() : CBORObject.NewMap();
        for (long i = 0; i < count && !atBreak(); i++) {
            CBORObject key = next(open);
            CBORObject value = next(open);
            if (!options.getAllowDuplicateKeys() && map.ContainsKey(key)) {
                throw new CBORException("Duplicate key already exists");
            }
            map.set(key, value);
        }
        return map;
    }

    /** Only a level without a length of its own has one. */
    private boolean atBreak() {
        if ((item[at] & 0xff) != Head.BREAK) {
            return false;
        }
        at++;
        return true;
    }

    private CBORObject ofLibrary() {
        int size = sizeFrom(at);
        byte[] inner = Arrays.copyOfRange(item, at, at + size);
        at += size;
        return CBORObject.DecodeFromBytes(inner, options);
    }

    private int sizeFrom(int from) {
        try {
            return new CborScanner(ItemRules.DEFAULT.limit(Integer.MAX_VALUE).withoutTags())
                    .scan(item, from, item.length);
        } catch (BadMessageException e) {
            throw new IllegalStateException("it was well-formed before", e);
        }
    }
}
