package dev.haft.itests.conformance;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HexFormat;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Values of CBOR as the recorded logs have them; see README.md. */
final class CborNotation {
    private CborNotation() {}

    static String of(CBORObject value) {
        if (value.isTagged()) {
            boolean isBignum = value.isNumber() && (value.HasMostOuterTag(2) || value.HasMostOuterTag(3));
            return isBignum
                    ? value.AsNumber().ToEInteger().toString()
                    : value.getMostOuterTag() + "(" + of(value.UntagOne()) + ")";
        }
        CBORType type = value.getType();
        return switch (type) {
            case ByteString -> "h'" + HexFormat.of().formatHex(value.GetByteString()) + "'";
            case TextString -> JsonText.text(JsonText.NODES.textNode(value.AsString()));
            case FloatingPoint -> number(value.AsDoubleValue());
            case Array -> array(value);
            case Map -> map(value);
            default -> value.toString();
        };
    }

    private static String array(CBORObject array) {
        StringJoiner joiner = new StringJoiner(", ", "[", "]");
        array.getValues().forEach(each -> joiner.add(of(each)));
        return joiner.toString();
    }

    private static String map(CBORObject map) {
        TreeMap<String, String> sorted = new TreeMap<>();
        for (Map.Entry<CBORObject, CBORObject> each : map.getEntries()) {
            CBORObject key = each.getKey();
            sorted.put(key.getType() == CBORType.TextString ? key.AsString() : of(key), of(each.getValue()));
        }
        StringJoiner joiner = new StringJoiner(", ", "{", "}");
        sorted.forEach((key, value) -> joiner.add(
                (key.matches("-?[0-9]+") ? key : JsonText.text(JsonText.NODES.textNode(key))) + ": " + value));
        return joiner.toString();
    }

    /** The shorter of two precisions that is exact. */
    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        String text = shortest(value);
        return text.matches("-?[0-9]+") ? text + ".0" : text;
    }

    /** As C's {@code %.15g} or {@code %.17g}. */
    private static String shortest(double value) {
        for (int digits : new int[] {15, 17}) {
            String text = general(value, digits);
            if (Double.parseDouble(text) == value) {
                return text;
            }
        }
        throw new IllegalStateException("17 digits are always exact: " + value);
    }

    private static String general(double value, int digits) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < digits) {
            return rounded.stripTrailingZeros().toPlainString();
        }
        String unscaled = rounded.stripTrailingZeros().unscaledValue().abs().toString();
        String mantissa = unscaled.charAt(0) + (unscaled.length() > 1 ? "." + unscaled.substring(1) : "");
        return (value < 0 ? "-" : "")
                + mantissa
                + String.format("e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
