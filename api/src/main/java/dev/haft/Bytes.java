package dev.haft;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Searching byte arrays, and arithmetic on sizes. */
final class Bytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    private Bytes() {}

    /** The index of the first such byte from {@code from} (inclusive) to {@code to} (exclusive), or -1. */
    static int indexOf(byte[] bytes, int from, int to, byte wanted) {
        int i = from;
        long pattern = (wanted & 0xffL) * LOW;
        // Eight bytes at a time: a byte that is equal becomes zero, and a zero byte is what borrows into its high bit.
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long x = (long) LONGS.get(bytes, i) ^ pattern;
            long found = (x - LOW) & ~x & HIGH;
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** The sum of two sizes, at most {@link Integer#MAX_VALUE}. */
    static int plus(int a, int b) {
        return (int) Math.min(Integer.MAX_VALUE, (long) a + b);
    }

    /** The value, if it is at least the bound. */
    static int atLeast(int bound, int value, String option) {
        if (value < bound) {
            throw new IllegalArgumentException(option + ": " + value + " bytes, must be at least " + bound);
        }
        return value;
    }
}
