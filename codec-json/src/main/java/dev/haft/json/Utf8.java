package dev.haft.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Well-formed UTF-8 (RFC 3629 §4). Jackson looks at the shape of a sequence only, and lets overlong forms and surrogates
 * pass.
 */
final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Utf8() {}

    /** The index of the first byte of the first sequence that is not well-formed, or -1. */
    static int indexOfBad(byte[] bytes, int from, int to) {
        int i = from;
        while (true) {
            i = ascii(bytes, i, to);
            // Mostly what follows is of the same kind.
            while (i < to && bytes[i] < 0) {
                int size = size(bytes, i, to);
                if (size == 0) {
                    return i;
                }
                i += size;
            }
            if (i >= to) {
                return -1;
            }
        }
    }

    /** The first byte from here on that is not ASCII, or the end. */
    private static int ascii(byte[] bytes, int from, int to) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long high = (long) LONGS.get(bytes, i) & Bytes.HIGH;
            if (high != 0) {
                return i + (Long.numberOfTrailingZeros(high) >>> 3);
            }
        }
        while (i < to && bytes[i] >= 0) {
            i++;
        }
        return i;
    }

    /** How long the sequence is that begins here, or 0 if it is malformed. */
    private static int size(byte[] bytes, int i, int to) {
        if (i <= to - Integer.BYTES) {
            int four = (int) INTS.get(bytes, i);
            int lead = four & 0xff;
            // The leads that exclude nothing but what is no continuation.
            if (lead >= 0xc2 && lead <= 0xdf) {
                return (four & 0xc000) == 0x8000 ? 2 : 0;
            }
            if (lead > 0xe0 && lead <= 0xef && lead != 0xed) {
                return (four & 0xc0c000) == 0x808000 ? 3 : 0;
            }
            if (lead > 0xf0 && lead < 0xf4) {
                return (four & 0xc0c0c000) == 0x80808000 ? 4 : 0;
            }
        }
        return sizeByByte(bytes, i, to);
    }

    private static int sizeByByte(byte[] bytes, int i, int to) {
        int lead = bytes[i] & 0xff;
        int size = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (size == 0 || i + size > to || !isSecond(lead, bytes[i + 1] & 0xff)) {
            return 0;
        }
        boolean isWhole = (size < 3 || isContinuation(bytes[i + 2])) && (size < 4 || isContinuation(bytes[i + 3]));
        return isWhole ? size : 0;
    }

    /** The table of RFC 3629 §4: the second byte excludes overlong forms, surrogates and what is above U+10FFFF. */
    private static boolean isSecond(int lead, int second) {
        int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        return lowest <= second && second <= highest;
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xc0) == 0x80;
    }
}
