package dev.haft.cbor;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import java.util.HexFormat;
import java.util.Map;

/** Writes items as people read them (RFC 8949 §8), on one line. */
final class DiagnosticNotation {
    private final StringBuilder text = new StringBuilder();

    private DiagnosticNotation() {}

    static String of(CBORObject value) {
        DiagnosticNotation notation = new DiagnosticNotation();
        notation.append(value);
        return notation.text.toString();
    }

    private void append(CBORObject value) {
        if (value.isTagged()) {
            appendTagged(value);
            return;
        }
        CBORType type = value.getType();
        switch (type) {
            case TextString -> quoted(value.AsString());
            case ByteString ->
                text.append("h'")
                        .append(HexFormat.of().formatHex(value.GetByteString()))
                        .append('\'');
            case Integer -> text.append(value.AsEIntegerValue());
            case FloatingPoint -> number(value.AsDoubleValue());
            case Array -> array(value);
            case Map -> map(value);
            default -> simple(value);
        }
    }

    private void appendTagged(CBORObject value) {
        CBORObject content = value.UntagOne();
        boolean isBig = (value.HasMostOuterTag(2) || value.HasMostOuterTag(3))
                && !content.isTagged()
                && content.getType() == CBORType.ByteString
                && value.AsNumber().ToEInteger().GetUnsignedBitLengthAsInt64() > Long.SIZE;
        if (isBig) {
            text.append(value.AsNumber().ToEInteger());
            return;
        }
        text.append(value.getMostOuterTag()).append('(');
        append(content);
        text.append(')');
    }

    private void array(CBORObject array) {
        text.append('[');
        String separator = "";
        for (CBORObject each : array.getValues()) {
            text.append(separator);
            append(each);
            separator = ", ";
        }
        text.append(']');
    }

    private void map(CBORObject map) {
        text.append('{');
        String separator = "";
        for (Map.Entry<CBORObject, CBORObject> each : map.getEntries()) {
            text.append(separator);
            append(each.getKey());
            text.append(": ");
            append(each.getValue());
            separator = ", ";
        }
        text.append('}');
    }

    private void number(double value) {
        if (Double.isNaN(value)) {
            text.append("NaN");
        } else {
            text.append(Double.toString(value).replace('E', 'e'));
        }
    }

    private void simple(CBORObject value) {
        if (value.isTrue()) {
            text.append("true");
        } else if (value.isFalse()) {
            text.append("false");
        } else if (value.isNull()) {
            text.append("null");
        } else if (value.isUndefined()) {
            text.append("undefined");
        } else {
            text.append("simple(").append(value.getSimpleValue()).append(')');
        }
    }

    private void quoted(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c == '\n') {
                text.append("\\n");
            } else if (c < ' ' || c == 0x7f || (Character.isSurrogate(c) && isLone(value, i))) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    private static boolean isLone(String value, int i) {
        return Character.isHighSurrogate(value.charAt(i))
                ? i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1))
                : i == 0 || !Character.isHighSurrogate(value.charAt(i - 1));
    }
}
