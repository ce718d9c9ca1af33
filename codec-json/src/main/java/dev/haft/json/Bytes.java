package dev.haft.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** What bytes mean in a JSON text. */
final class Bytes {
    /** Kinds of bytes outside of strings. */
    static final byte PLAIN = 0;

    static final byte QUOTE = 1;
    static final byte OPEN = 2;
    static final byte CLOSE = 3;
    static final byte BAD = 4;

    /** Starts each text of a JSON text sequence (RFC 7464); no text has one in it. */
    static final byte RECORD_SEPARATOR = 0x1e;

    /** The high bit of each of eight bytes. */
    static final long HIGH = 0x8080808080808080L;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long SPACES = ' ' * ONES;
    private static final byte[] KINDS = kinds();

    private Bytes() {}

    private static byte[] kinds() {
        byte[] kinds = new byte[256];
        for (int i = 0; i < 0x20; i++) {
            kinds[i] = isIgnorable((byte) i) && i != RECORD_SEPARATOR ? PLAIN : BAD;
        }
        kinds['"'] = QUOTE;
        kinds['{'] = OPEN;
        kinds['['] = OPEN;
        kinds['}'] = CLOSE;
        kinds[']'] = CLOSE;
        return kinds;
    }

    /** What a byte is outside of a string. */
    static byte kind(byte b) {
        return KINDS[b & 0xff];
    }

    /** White space, or a record separator. */
    static boolean isIgnorable(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t' || b == RECORD_SEPARATOR;
    }

    static boolean isControl(byte b) {
        return b >= 0 && b < 0x20;
    }

    /** Whether a number ends before this byte; if it is none of these, it makes the number a bad one. */
    static boolean endsNumber(byte b) {
        return isIgnorable(b) || b == ',' || b == ':' || b == '"' || b == '{' || b == '[' || b == '}' || b == ']';
    }

    /** Eight bytes, the first in the lowest bits; from the stop on there are spaces. */
    static long eight(byte[] bytes, int index, int stop) {
        if (index <= stop - Long.BYTES) {
            return (long) LONGS.get(bytes, index);
        }
        long eight = SPACES;
        for (int i = stop - 1; i >= index; i--) {
            eight = eight << Byte.SIZE | (bytes[i] & 0xff);
        }
        return eight;
    }

    /**
     * The high bit of each byte that is a quote, a backslash, a bracket, a control character, or {@code |}, which is
     * between the brackets.
     */
    static long special(long eight) {
        // Additions of seven bits carry into the high bit of their own byte, so that each bit is exact.
        long low = eight & ~HIGH;
        // Exchanging 0x20 and 0x22 makes of quote and control characters one range: below 0x21.
        long notQuoteOrControl = (low ^ 0x02 * ONES) + 0x5f * ONES;
        // With this bit set [ \\ ] are { | }: from 0x7b to 0x7d.
        long folded = low | 0x20 * ONES;
        long bracketOrBackslash = (folded + 0x05 * ONES) & ~(folded + 0x02 * ONES);
        return (~notQuoteOrControl | bracketOrBackslash) & ~eight & HIGH;
    }
}
