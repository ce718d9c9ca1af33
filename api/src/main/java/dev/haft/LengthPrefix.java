package dev.haft;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * How a length stands before a message: a number of so many bytes, or one in groups of seven bits. Immutable.
 *
 * <p>{@link #of} takes the letters of Perl's {@code pack} that AnyEvent's {@code packstring} takes; the constants are the same
 * by readable names.
 *
 * <p>Source: parity {@code w.packstring}, {@code r.packstring}.
 */
public final class LengthPrefix {
    /** One byte, 0 to 255 ({@code C}). */
    public static final LengthPrefix U8 = new LengthPrefix("u8", Form.BIG_ENDIAN, 1, false);

    /** Two bytes, big-endian ({@code n}). */
    public static final LengthPrefix U16_BE = new LengthPrefix("u16be", Form.BIG_ENDIAN, 2, false);

    /** Two bytes, little-endian ({@code v}). */
    public static final LengthPrefix U16_LE = new LengthPrefix("u16le", Form.LITTLE_ENDIAN, 2, false);

    /** Three bytes, big-endian. */
    public static final LengthPrefix U24_BE = new LengthPrefix("u24be", Form.BIG_ENDIAN, 3, false);

    /** Three bytes, little-endian. */
    public static final LengthPrefix U24_LE = new LengthPrefix("u24le", Form.LITTLE_ENDIAN, 3, false);

    /** Four bytes, big-endian ({@code N}). */
    public static final LengthPrefix U32_BE = new LengthPrefix("u32be", Form.BIG_ENDIAN, 4, false);

    /** Four bytes, little-endian ({@code V}). */
    public static final LengthPrefix U32_LE = new LengthPrefix("u32le", Form.LITTLE_ENDIAN, 4, false);

    /** Eight bytes, big-endian ({@code Q>}). */
    public static final LengthPrefix U64_BE = new LengthPrefix("u64be", Form.BIG_ENDIAN, 8, false);

    /** Eight bytes, little-endian ({@code Q<}). */
    public static final LengthPrefix U64_LE = new LengthPrefix("u64le", Form.LITTLE_ENDIAN, 8, false);

    /** Groups of seven bits, the highest first, all but the last with the high bit set ({@code w}). */
    public static final LengthPrefix BER = new LengthPrefix("ber", Form.HIGHEST_GROUP_FIRST, 10, false);

    /** Groups of seven bits, the lowest first, all but the last with the high bit set (LEB128, "varint"). */
    public static final LengthPrefix LEB128 = new LengthPrefix("leb128", Form.LOWEST_GROUP_FIRST, 10, false);

    private static final List<LengthPrefix> NAMED =
            List.of(U8, U16_BE, U16_LE, U24_BE, U24_LE, U32_BE, U32_LE, U64_BE, U64_LE, BER, LEB128);

    /** {@link #read}: more bytes are needed. */
    static final long INCOMPLETE = -1;

    private enum Form {
        BIG_ENDIAN,
        LITTLE_ENDIAN,
        HIGHEST_GROUP_FIRST,
        LOWEST_GROUP_FIRST
    }

    private final String name;
    private final Form form;

    /** How many bytes; of groups, how many at most. */
    private final int bytes;

    private final boolean signed;

    private LengthPrefix(String name, Form form, int bytes, boolean signed) {
        this.name = name;
        this.form = form;
        this.bytes = bytes;
        this.signed = signed;
    }

    /**
     * By a name or a letter: {@code u8}, {@code u16be}, {@code u16le}, {@code u24be}, {@code u24le}, {@code u32be},
     * {@code u32le}, {@code u64be}, {@code u64le}, {@code ber} and {@code leb128} are the constants. A letter is one of
     * Perl's {@code pack}, of {@code cCsSlLqQiInNvVjJw}, then {@code !} (native size, or signed) and
     * {@code <} or {@code >} (little- or big-endian) where Perl allows them. Without them {@code sSlLqQiIjJ} are in the
     * byte order of this machine, and as on a 64-bit machine: {@code i} has 4 bytes, {@code l!} and {@code j} have 8.
     *
     * @param format such as {@code N}, {@code n}, {@code w}, {@code S<} or {@code u24be}
     * @return the prefix
     * @throws IllegalArgumentException if there is no such format
     */
    public static LengthPrefix of(String format) {
        for (LengthPrefix named : NAMED) {
            if (named.name.equals(format)) {
                return named;
            }
        }
        return ofLetter(format);
    }

    private static LengthPrefix ofLetter(String format) {
        char letter = format.isEmpty() ? ' ' : format.charAt(0);
        String modifiers = format.isEmpty() ? "" : format.substring(1);
        boolean bang = modifiers.contains("!");
        boolean little = modifiers.contains("<");
        boolean big = modifiers.contains(">");
        int known = (bang ? 1 : 0) + (little || big ? 1 : 0);
        if (modifiers.length() != known
                || (bang && "sSlLiInNvV".indexOf(letter) < 0)
                || (known > (bang ? 1 : 0) && "sSlLqQiIjJ".indexOf(letter) < 0)) {
            throw new IllegalArgumentException("no length format '" + format + "'");
        }
        boolean bigEndian = big || (!little && ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN);
        boolean lower = Character.isLowerCase(letter);
        return switch (letter) {
            case 'c', 'C' -> fixed(format, true, 1, lower);
            case 's', 'S' -> fixed(format, bigEndian, 2, lower);
            case 'l', 'L' -> fixed(format, bigEndian, bang ? 8 : 4, lower);
            case 'i', 'I' -> fixed(format, bigEndian, 4, lower);
            case 'q', 'Q', 'j', 'J' -> fixed(format, bigEndian, 8, lower);
            case 'n', 'N' -> fixed(format, true, lower ? 2 : 4, bang);
            case 'v', 'V' -> fixed(format, false, lower ? 2 : 4, bang);
            case 'w' -> BER;
            default -> throw new IllegalArgumentException("no length format '" + format + "'");
        };
    }

    private static LengthPrefix fixed(String format, boolean bigEndian, int bytes, boolean signed) {
        return new LengthPrefix(format, bigEndian ? Form.BIG_ENDIAN : Form.LITTLE_ENDIAN, bytes, signed);
    }

    /** The longest that it can be. */
    int maxBytes() {
        return bytes;
    }

    /**
     * Reads a length and moves the position behind it.
     *
     * @param most what is more than this need not be known exactly, or to its end
     * @return {@link #INCOMPLETE} if there are too few bytes; {@link Long#MAX_VALUE} for what is larger
     * @throws BadMessageException if it is negative, or longer than it can be
     */
    long read(ByteBuffer in, int most) throws BadMessageException {
        boolean groups = form == Form.HIGHEST_GROUP_FIRST || form == Form.LOWEST_GROUP_FIRST;
        return groups ? readGroups(in, most) : readFixed(in);
    }

    private long readFixed(ByteBuffer in) throws BadMessageException {
        if (in.remaining() < bytes) {
            return INCOMPLETE;
        }
        long value = 0;
        int start = in.position();
        for (int i = 0; i < bytes; i++) {
            int at = form == Form.BIG_ENDIAN ? i : bytes - 1 - i;
            value = value << 8 | (in.get(start + at) & 0xff);
        }
        in.position(start + bytes);
        if (signed && value >>> (8 * bytes - 1) != 0) {
            throw new BadMessageException("the length is negative");
        }
        return value < 0 ? Long.MAX_VALUE : value;
    }

    /** Further groups only make it larger: one that is too large is so before its last group. */
    private long readGroups(ByteBuffer in, int most) throws BadMessageException {
        long value = 0;
        int start = in.position();
        for (int i = 0; i < in.limit() - start; i++) {
            int octet = in.get(start + i) & 0xff;
            if (i == 0 && octet == 0x80 && form == Form.HIGHEST_GROUP_FIRST) {
                throw new BadMessageException("the length has a leading group of zero");
            }
            if (i == bytes) {
                throw new BadMessageException("the length has more than " + bytes + " groups");
            }
            value = plusGroup(value, octet & 0x7f, i);
            if (value > most) {
                return Long.MAX_VALUE;
            }
            if (octet < 0x80) {
                in.position(start + i + 1);
                return value;
            }
        }
        return INCOMPLETE;
    }

    /** One group more; {@link Long#MAX_VALUE} once it does not fit. */
    private long plusGroup(long value, long group, int index) {
        if (form == Form.HIGHEST_GROUP_FIRST) {
            return value > Long.MAX_VALUE >>> 7 ? Long.MAX_VALUE : value << 7 | group;
        }
        int shift = 7 * index;
        boolean fits = shift < 63 && group <= Long.MAX_VALUE >>> shift;
        return fits || group == 0 ? value | (shift < 63 ? group << shift : 0) : Long.MAX_VALUE;
    }

    /**
     * Writes a length.
     *
     * @throws BadMessageException if it does not fit
     */
    void write(int length, Output out) throws BadMessageException {
        switch (form) {
            case BIG_ENDIAN, LITTLE_ENDIAN -> writeFixed(length, out);
            case HIGHEST_GROUP_FIRST -> {
                for (int shift = 28; shift > 0; shift -= 7) {
                    if (length >>> shift != 0) {
                        out.write(length >>> shift | 0x80);
                    }
                }
                out.write(length & 0x7f);
            }
            case LOWEST_GROUP_FIRST -> {
                int rest = length;
                while (rest > 0x7f) {
                    out.write(rest | 0x80);
                    rest >>>= 7;
                }
                out.write(rest);
            }
        }
    }

    private void writeFixed(int length, Output out) throws BadMessageException {
        int bits = 8 * bytes - (signed ? 1 : 0);
        if (bits < 31 && length >>> bits != 0) {
            throw new BadMessageException(length + " bytes are too many for a length of " + this);
        }
        for (int i = 0; i < bytes; i++) {
            int shift = 8 * (form == Form.BIG_ENDIAN ? bytes - 1 - i : i);
            out.write(shift < 32 ? length >>> shift : 0);
        }
    }

    /**
     * Its name.
     *
     * @return such as {@code u32be}, or the letter that it was made of
     */
    @Override
    public String toString() {
        return name;
    }
}
