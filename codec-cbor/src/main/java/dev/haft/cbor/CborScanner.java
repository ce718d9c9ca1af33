package dev.haft.cbor;

import dev.haft.BadMessageException;
import java.util.Arrays;

/**
 * Finds where a CBOR item ends, and looks at each head once and at the bytes of strings not at all (RFC 8949 §3, appendix
 * C). It refuses what is not well-formed, and what must become larger than the rules allow, at the first byte that shows
 * it. All offsets count from the first unread byte.
 *
 * <p>What it says of a byte depends on the bytes up to it only, never on how many have come.
 */
final class CborScanner {
    /** The item is not complete. */
    static final int MORE = -1;

    /** An open level has so many items yet to come: an array or map of a known length, or a tag. */
    private static final byte COUNTED = 0;
    /** An open level ends with a break. */
    private static final byte ARRAY = 1;
    /** A map that ends with a break, before a key. */
    private static final byte KEY = 2;
    /** A map that ends with a break, before a value. */
    private static final byte VALUE = 3;
    /** A byte or text string that ends with a break. */
    private static final byte CHUNKS = 4;

    private static final long[] NO_COUNTS = {};
    private static final byte[] NO_KINDS = {};

    private enum Content {
        ANY,
        /** Tag 0: a date as text. */
        TEXT,
        /** Tag 1: a date as a number. */
        NUMBER
    }

    private final ItemRules rules;
    /** Up to here all has been looked at. */
    private int looked;
    /** So many bytes of a string come next. */
    private int skip;
    /** The least number of bytes that the open levels need behind the item that is looked at. */
    private long owed;

    private int depth;
    private int deepest;
    /** COUNTED: items to come; otherwise items, or bytes in chunks, that have come. */
    private long[] counts = NO_COUNTS;

    private byte[] kinds = NO_KINDS;
    private int chunkType;
    private Content content = Content.ANY;
    private boolean done;

    CborScanner(ItemRules rules) {
        this.rules = rules;
    }

    /** How many arrays, maps and tags the item has within each other. */
    int deepest() {
        return deepest;
    }

    /**
     * Looks at what is new.
     *
     * @return how many bytes the item has, or {@link #MORE}
     * @throws BadMessageException at a byte that no item has there, or that shows that it is too large
     */
    int scan(byte[] bytes, int start, int stop) throws BadMessageException {
        int at = start + looked;
        while (!done) {
            if (skip > 0) {
                int here = Math.min(skip, stop - at);
                at += here;
                skip -= here;
                if (skip > 0) {
                    break;
                }
                close();
                continue;
            }
            at = wholeItems(bytes, at, start, stop);
            if (done || at >= stop) {
                break;
            }
            int first = bytes[at] & 0xff;
            int offset = at - start;
            int size = Head.size(first);
            if (size == 0) {
                throw bad(offset, String.format("0x%02X starts no item", first));
            }
            if (first != Head.BREAK) {
                fits(offset, size + owedBehind(offset, first));
            } else if (!mayBreak()) {
                throw bad(offset, "a break where none may be");
            }
            if (size > stop - at) {
                break;
            }
            if (first == Head.BREAK) {
                owed--;
                depth--;
                close();
            } else {
                begin(first, bytes, at, size, offset);
            }
            at += size;
        }
        looked = at - start;
        return done ? looked : MORE;
    }

    /**
     * Passes the items of a level of known length that are there as a whole and have none within, as most are. What is not
     * like that, or may be wrong, is left.
     */
    private int wholeItems(byte[] bytes, int from, int start, int stop) {
        int level = depth - 1;
        if (level < 0
                || kinds[level] != COUNTED
                || content != Content.ANY
                || rules.maxStringBytes() < Head.SHORT_STRING) {
            return from;
        }
        long left = counts[level];
        // How far one of them may reach, so that all that is still owed fits behind it; each that has passed is owed no
        // more.
        long most = rules.limitBytes() + (long) start - owed;
        int at = from;
        while (left > 0 && at < stop) {
            int size = Head.wholeSize(bytes[at]);
            if (size == 0 || size > stop - at || at + size - 1 > most) {
                break;
            }
            at += size;
            most++;
            left--;
        }
        owed -= counts[level] - left;
        counts[level] = left;
        if (left == 0) {
            close();
        }
        return at;
    }

    private boolean mayBreak() {
        return depth > 0 && kinds[depth - 1] != COUNTED && kinds[depth - 1] != VALUE;
    }

    /** What the open levels need behind an item that begins here; refuses it if it may not be there. */
    private long owedBehind(int offset, int first) throws BadMessageException {
        if (content != Content.ANY) {
            checkContent(offset, first);
        }
        if (depth == 0) {
            return 0;
        }
        return switch (kinds[depth - 1]) {
            case COUNTED -> owed - 1;
            case KEY -> owed + 1;
            case VALUE -> owed - 1;
            case CHUNKS -> {
                if (Head.type(first) != chunkType || Head.info(first) == Head.INDEFINITE) {
                    throw bad(offset, "a string of indefinite length has a chunk that is none");
                }
                yield owed;
            }
            default -> owed;
        };
    }

    private void checkContent(int offset, int first) throws BadMessageException {
        int type = Head.type(first);
        boolean isNumber = type == Head.UNSIGNED || type == Head.NEGATIVE || Head.isFloat(first);
        if (content == Content.TEXT ? type != Head.TEXT : !isNumber) {
            throw bad(offset, content == Content.TEXT ? "tag 0 is of text only" : "tag 1 is of numbers only");
        }
    }

    private void begin(int first, byte[] bytes, int at, int size, int offset) throws BadMessageException {
        countIn(offset);
        content = Content.ANY;
        int type = Head.type(first);
        if (type == Head.UNSIGNED || type == Head.NEGATIVE) {
            close();
        } else if (type == Head.OTHER) {
            if (size == 2 && (bytes[at + 1] & 0xff) < 32) {
                throw bad(offset, "a simple value below 32 in two bytes");
            }
            close();
        } else if (Head.info(first) == Head.INDEFINITE) {
            openIndefinite(type, offset);
        } else {
            long argument = Head.argument(bytes, at, size);
            switch (type) {
                case Head.BYTES, Head.TEXT -> string(argument, offset, size);
                case Head.TAG -> tag(argument, offset, size);
                default -> openCounted(type, argument, offset, size);
            }
        }
    }

    /** The item is one of those of the level that it is in. */
    private void countIn(int offset) throws BadMessageException {
        if (depth == 0) {
            return;
        }
        int level = depth - 1;
        switch (kinds[level]) {
            case COUNTED -> {
                counts[level]--;
                owed--;
            }
            case ARRAY -> elements(++counts[level], "an array", offset);
            case KEY -> {
                elements(++counts[level], "a map", offset);
                kinds[level] = VALUE;
                owed++;
            }
            case VALUE -> {
                kinds[level] = KEY;
                owed--;
            }
            default -> {}
        }
    }

    private void string(long length, int offset, int size) throws BadMessageException {
        long all = length;
        boolean isChunk = depth > 0 && kinds[depth - 1] == CHUNKS;
        if (isChunk && length >= 0) {
            counts[depth - 1] += Math.min(length, Integer.MAX_VALUE);
            all = Math.max(length, counts[depth - 1]);
        }
        if (all < 0 || all > rules.maxStringBytes()) {
            throw tooLong(
                    offset,
                    "a string of " + Long.toUnsignedString(all) + " bytes; the limit is " + rules.maxStringBytes());
        }
        fits(offset, size + length + owed);
        skip = (int) length;
        if (skip == 0) {
            close();
        }
    }

    private void openCounted(int type, long count, int offset, int size) throws BadMessageException {
        elements(count, type == Head.MAP ? "a map" : "an array", offset);
        long items = type == Head.MAP ? 2 * count : count;
        fits(offset, size + items + owed);
        open(COUNTED, items, offset);
        owed += items;
        if (items == 0) {
            close();
        }
    }

    private void tag(long number, int offset, int size) throws BadMessageException {
        fits(offset, size + 1 + owed);
        open(COUNTED, 1, offset);
        owed++;
        if (rules.checkTags()) {
            content = number == 0 ? Content.TEXT : number == 1 ? Content.NUMBER : Content.ANY;
        }
    }

    private void openIndefinite(int type, int offset) throws BadMessageException {
        fits(offset, 2 + owed);
        if (type == Head.BYTES || type == Head.TEXT) {
            chunkType = type;
            push(CHUNKS, 0);
        } else {
            open(type == Head.MAP ? KEY : ARRAY, 0, offset);
        }
        owed++;
    }

    private void open(byte kind, long count, int offset) throws BadMessageException {
        if (depth == rules.maxDepth()) {
            throw bad(offset, "nested more than " + rules.maxDepth() + " deep");
        }
        push(kind, count);
        deepest = Math.max(deepest, depth);
    }

    private void push(byte kind, long count) {
        if (depth == kinds.length) {
            int room = Math.max(8, depth * 2);
            kinds = Arrays.copyOf(kinds, room);
            counts = Arrays.copyOf(counts, room);
        }
        kinds[depth] = kind;
        counts[depth] = count;
        depth++;
    }

    /** An item is complete, and with it all levels that have nothing more to come. */
    private void close() {
        while (depth > 0 && kinds[depth - 1] == COUNTED && counts[depth - 1] == 0) {
            depth--;
        }
        done = depth == 0;
    }

    private void elements(long count, String what, int offset) throws BadMessageException {
        if (count < 0 || count > rules.maxElements()) {
            throw tooLong(
                    offset,
                    what + " of " + Long.toUnsignedString(count) + " elements; the limit is " + rules.maxElements());
        }
    }

    /** Refuses what will be too long, whatever comes: at least so many bytes from this offset on. */
    private void fits(int offset, long bytes) throws BadMessageException {
        if (offset + bytes > rules.limitBytes()) {
            throw tooLong(offset, "the item is longer than " + rules.limitBytes() + " bytes");
        }
    }

    private static BadMessageException tooLong(int offset, String what) {
        return BadMessageException.tooLong("CBOR at offset " + offset + ": " + what);
    }

    static BadMessageException bad(int offset, String what) {
        return new BadMessageException("bad CBOR at offset " + offset + ": " + what);
    }

    @Override
    public String toString() {
        return looked + " bytes, depth " + depth;
    }
}
