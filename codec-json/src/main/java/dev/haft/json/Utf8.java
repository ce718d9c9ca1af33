package dev.haft.json;

/**
 * Well-formed UTF-8 (RFC 3629 §4). Jackson looks at the shape of a sequence only, and lets overlong forms and surrogates
 * pass.
 */
final class Utf8 {
    private Utf8() {}

    /** The index of the first byte of the first sequence that is not well-formed, or -1. */
    static int indexOfBad(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            int lead = bytes[i] & 0xff;
            if (lead < 0x80) {
                boolean eightAscii = i <= to - Long.BYTES && (Bytes.eight(bytes, i, to) & Bytes.HIGH) == 0;
                i += eightAscii ? Long.BYTES : 1;
                continue;
            }
            int size = size(lead);
            if (size == 0 || i + size > to || !isSecond(lead, bytes[i + 1] & 0xff)) {
                return i;
            }
            if ((size > 2 && !isContinuation(bytes[i + 2])) || (size > 3 && !isContinuation(bytes[i + 3]))) {
                return i;
            }
            i += size;
        }
        return -1;
    }

    private static int size(int lead) {
        if (lead < 0xc2 || lead > 0xf4) {
            return 0;
        }
        return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
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
