package dev.haft.cbor;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import com.upokecenter.numbers.EInteger;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** CBOR as values of the platform: what a program gets that does not know the library. */
final class PlainValues {
    private static final int BIGNUM = 2;
    private static final int NEGATIVE_BIGNUM = 3;
    private static final int DECIMAL = 4;
    private static final int SELF_DESCRIBED = 55799;

    private PlainValues() {}

    /** Null for null and undefined. */
    static @Nullable Object of(CBORObject value) {
        if (value.isNull() || value.isUndefined()) {
            return null;
        }
        return value.isTagged() ? tagged(value) : untagged(value);
    }

    private static @Nullable Object tagged(CBORObject value) {
        if (value.HasMostOuterTag(SELF_DESCRIBED)) {
            return of(value.UntagOne());
        }
        boolean isInteger = value.HasMostOuterTag(BIGNUM) || value.HasMostOuterTag(NEGATIVE_BIGNUM);
        if (isInteger && value.isNumber()) {
            return integer(value.AsNumber().ToEInteger());
        }
        if (value.HasMostOuterTag(DECIMAL)
                && value.isNumber()
                && value.AsNumber().IsFinite()) {
            return value.ToObject(BigDecimal.class);
        }
        return value;
    }

    private static @Nullable Object untagged(CBORObject value) {
        CBORType type = value.getType();
        return switch (type) {
            case Boolean -> value.AsBoolean();
            case Integer -> integer(value.AsEIntegerValue());
            case FloatingPoint -> value.AsDoubleValue();
            case ByteString -> value.GetByteString().clone();
            case TextString -> value.AsString();
            case Array -> list(value);
            case Map -> map(value);
            default -> value;
        };
    }

    /** Never so large that it would take long: it has come as bytes. */
    private static Number integer(EInteger integer) {
        BigInteger big = new BigInteger(integer.ToBytes(false));
        if (big.bitLength() < Integer.SIZE) {
            return big.intValueExact();
        }
        return big.bitLength() < Long.SIZE ? (Number) big.longValueExact() : big;
    }

    private static List<@Nullable Object> list(CBORObject array) {
        List<@Nullable Object> list = new ArrayList<>(array.size());
        for (CBORObject each : array.getValues()) {
            list.add(of(each));
        }
        return list;
    }

    private static Map<@Nullable Object, @Nullable Object> map(CBORObject pairs) {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (Map.Entry<CBORObject, CBORObject> each : pairs.getEntries()) {
            map.put(of(each.getKey()), of(each.getValue()));
        }
        return map;
    }
}
