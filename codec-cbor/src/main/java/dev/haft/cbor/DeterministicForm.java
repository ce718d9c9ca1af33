package dev.haft.cbor;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import com.upokecenter.numbers.EInteger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The deterministic encoding of RFC 8949 §4.2.1. The library's own canonical form is another one (that of CTAP2: other order
 * of keys, four levels). What is no array, map or tag it writes as §4.2.1 asks, but for not-a-number.
 */
final class DeterministicForm {
    private static final byte[] NOT_A_NUMBER = {(byte) 0xf9, 0x7e, 0x00};

    private DeterministicForm() {}

    static void write(CBORObject value, OutputStream out) throws IOException {
        if (value.isTagged()) {
            tagged(value, out);
            return;
        }
        if (value.getType() == CBORType.Array) {
            head(Head.ARRAY, value.size(), out);
            for (CBORObject each : value.getValues()) {
                write(each, out);
            }
        } else if (value.getType() == CBORType.Map) {
            map(value, out);
        } else if (value.getType() == CBORType.FloatingPoint && Double.isNaN(value.AsDoubleValue())) {
            out.write(NOT_A_NUMBER);
        } else {
            value.WriteTo(out);
        }
    }

    private static void map(CBORObject pairs, OutputStream out) throws IOException {
        TreeMap<byte[], CBORObject> sorted = new TreeMap<>(Arrays::compareUnsigned);
        for (Map.Entry<CBORObject, CBORObject> each : pairs.getEntries()) {
            ByteArrayOutputStream key = new ByteArrayOutputStream();
            write(each.getKey(), key);
            if (sorted.put(key.toByteArray(), each.getValue()) != null) {
                throw new IllegalArgumentException("two keys of a map have the same bytes");
            }
        }
        head(Head.MAP, sorted.size(), out);
        for (Map.Entry<byte[], CBORObject> each : sorted.entrySet()) {
            out.write(each.getKey());
            write(each.getValue(), out);
        }
    }

    private static void tagged(CBORObject value, OutputStream out) throws IOException {
        EInteger tag = value.getMostOuterTag();
        CBORObject content = value.UntagOne();
        boolean isBignum = !content.isTagged()
                && content.getType() == CBORType.ByteString
                && (value.HasMostOuterTag(2) || value.HasMostOuterTag(3));
        if (isBignum) {
            // §3.4.3: the shortest form, which for a small one is that of an integer.
            CBORObject.Write(value.AsNumber().ToEInteger(), out);
        } else {
            head(Head.TAG, tag.ToInt64Unchecked(), out);
            write(content, out);
        }
    }

    /** The argument is unsigned. */
    private static void head(int type, long argument, OutputStream out) throws IOException {
        int first = type << 5;
        if (argument >= 0 && argument < 24) {
            out.write(first | (int) argument);
            return;
        }
        int power = argument < 0 || argument > 0xffff_ffffL ? 3 : argument > 0xffff ? 2 : argument > 0xff ? 1 : 0;
        out.write(first | (24 + power));
        for (int shift = Byte.SIZE * ((1 << power) - 1); shift >= 0; shift -= Byte.SIZE) {
            out.write((int) (argument >>> shift));
        }
    }
}
