package dev.haft.cbor;

/** The first bytes of an item: three bits of major type, five of additional information, an argument (RFC 8949 §3). */
final class Head {
    static final int UNSIGNED = 0;
    static final int NEGATIVE = 1;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;
    static final int TAG = 6;
    static final int OTHER = 7;

    static final int BREAK = 0xff;

    /** Additional information: this item has no length of its own, a break ends it. */
    static final int INDEFINITE = 31;

    /** The longest string that {@link #wholeSize} knows of. */
    static final int SHORT_STRING = 23;

    private static final int ONE_BYTE = 24;
    private static final int EIGHT_BYTES = 27;

    private static final byte[] WHOLE = whole();

    private Head() {}

    private static byte[] whole() {
        byte[] whole = new byte[256];
        for (int first = 0; first < whole.length; first++) {
            int type = type(first);
            if (type == UNSIGNED || type == NEGATIVE || isFloat(first)) {
                whole[first] = (byte) size(first);
            } else if ((type == BYTES || type == TEXT) && info(first) < ONE_BYTE) {
                whole[first] = (byte) (1 + info(first));
            } else if (type == OTHER && info(first) < ONE_BYTE) {
                whole[first] = 1;
            }
        }
        return whole;
    }

    /** How many bytes an item has that is a number, a string of at most 23 bytes or a simple value; 0 for all others. */
    static int wholeSize(byte first) {
        return WHOLE[first & 0xff];
    }

    static int type(int first) {
        return first >>> 5;
    }

    static int info(int first) {
        return first & 0x1f;
    }

    /** Whether the argument is a float's. */
    static boolean isFloat(int first) {
        return type(first) == OTHER && info(first) > ONE_BYTE && info(first) <= EIGHT_BYTES;
    }

    /** How many bytes a head has; 0 for those that RFC 8949 reserves. */
    static int size(int first) {
        int info = info(first);
        if (info < ONE_BYTE) {
            return 1;
        }
        if (info <= EIGHT_BYTES) {
            return 1 + (1 << (info - ONE_BYTE));
        }
        int type = type(first);
        return info == INDEFINITE && type >= BYTES && type != TAG ? 1 : 0;
    }

    /** The argument, as an unsigned number. */
    static long argument(byte[] bytes, int at, int size) {
        if (size == 1) {
            return info(bytes[at]);
        }
        long argument = 0;
        for (int i = at + 1; i < at + size; i++) {
            argument = argument << Byte.SIZE | (bytes[i] & 0xff);
        }
        return argument;
    }
}
