package dev.haft.json;

import dev.haft.BadMessageException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a JSON text ends, and looks at each byte once: it knows strings and brackets, and leaves the rest of the
 * grammar to the parser. All offsets count from the first unread byte.
 *
 * <p>What it says of a byte depends on the bytes up to it only, never on how many have come.
 */
final class JsonScanner {
    /** The text is not complete. */
    static final int MORE = -1;

    private static final int NOWHERE = -1;

    private enum State {
        /** Only what may be ignored has come. */
        BEFORE,
        /** What came is bad, and so is what follows, up to where a text can start. */
        GARBAGE,
        /** In an object or array, not in a string. */
        BETWEEN,
        STRING,
        /** In a string, behind a backslash. */
        ESCAPE,
        LITERAL,
        NUMBER,
        /** The text is complete. */
        DONE
    }

    private static final String OTHER_ENCODING = "; UTF-16 and UTF-32 are not read";

    private static final long[] NONE = {};

    private static final byte[][] LITERALS = {
        {'t', 'r', 'u', 'e'},
        {'f', 'a', 'l', 's', 'e'},
        {'n', 'u', 'l', 'l'}
    };

    private final TextRules rules;
    private State state = State.BEFORE;
    /** Up to here all has been looked at. */
    private int looked;

    private int textStart;
    private int badBytes;
    private @Nullable BadMessageException pending;

    private boolean nonAscii;

    private int depth;
    /** One bit a level, the innermost lowest: whether it is an object. */
    private long objects;
    /** Those of the levels outside of these, 64 by 64. */
    private long[] outer = NONE;

    private byte[] literal = LITERALS[0];
    private int matched;

    JsonScanner(TextRules rules) {
        this.rules = rules;
    }

    /**
     * Looks at what is new.
     *
     * @return how many bytes the text and what is skipped before it have, or {@link #MORE}
     * @throws BadMessageException at a byte that no text has there; {@link #badBytes()} are to be dropped
     */
    int scan(byte[] bytes, int start, int stop) throws BadMessageException {
        int at = start + looked;
        while (at < stop && state != State.DONE) {
            at = switch (state) {
                case BEFORE -> before(bytes, at, stop, start);
                case GARBAGE -> garbage(bytes, at, stop, start);
                case BETWEEN, STRING, ESCAPE -> within(bytes, at, stop, start);
                case LITERAL -> literal(bytes, at, stop, start);
                case NUMBER -> number(bytes, at, stop, start);
                case DONE -> at;
            };
        }
        looked = at - start;
        return state == State.DONE ? looked : MORE;
    }

    /** Where the text starts, once it is known to. */
    int textStart() {
        return textStart;
    }

    /** Whether there may be bytes in the text that are no ASCII. */
    boolean hasNonAscii() {
        return nonAscii;
    }

    /** Whether nothing but what may be ignored has come. */
    boolean isBeforeText() {
        return state == State.BEFORE;
    }

    /** The error that waits for its bytes to end, if one does. */
    @Nullable BadMessageException pending() {
        return state == State.GARBAGE ? pending : null;
    }

    /** Whether all that has come is a number, of which more may come. */
    boolean isInNumber() {
        return state == State.NUMBER;
    }

    /** After an error of {@link #scan}: how many bytes to drop, at least 1. */
    int badBytes() {
        return badBytes;
    }

    /** Another text follows. */
    void restart() {
        state = State.BEFORE;
        looked = 0;
        depth = 0;
        nonAscii = false;
        pending = null;
    }

    private int before(byte[] bytes, int from, int stop, int start) throws BadMessageException {
        int i = from;
        while (i < stop && Bytes.isIgnorable(bytes[i])) {
            i++;
        }
        if (i == stop) {
            return i;
        }
        byte first = bytes[i];
        textStart = i - start;
        if (first == '{' || first == '[') {
            push(first == '{', textStart);
            state = State.BETWEEN;
        } else if (!rules.scalars()) {
            return badToken(badStart(first, textStart, "expected '{' or '['"), first, i);
        } else if (first == '"') {
            state = State.STRING;
        } else if (first == '-' || (first >= '0' && first <= '9')) {
            state = State.NUMBER;
        } else {
            byte[] word = literalOf(first);
            if (word == null) {
                return badToken(badStart(first, textStart, "expected a JSON value"), first, i);
            }
            literal = word;
            matched = 1;
            state = State.LITERAL;
        }
        return i + 1;
    }

    private static byte @Nullable [] literalOf(byte first) {
        for (byte[] each : LITERALS) {
            if (each[0] == first) {
                return each;
            }
        }
        return null;
    }

    private BadMessageException badStart(byte first, int offset, String expected) {
        String encoding = switch (first & 0xff) {
            case 0x00, 0xfe, 0xff -> OTHER_ENCODING;
            case 0xef -> "; a byte order mark is not allowed";
            default -> "";
        };
        return badByte(first, offset, expected + ", not " + shown(first) + encoding);
    }

    /**
     * Something that is no JSON: an error for each word, not each byte, so if it is to be skipped its end must be there. It
     * must not be reported before: what is skipped would depend on how much has come.
     */
    private int badToken(BadMessageException e, byte b, int at) throws BadMessageException {
        if (!rules.skipBad() || b == ']' || b == '}' || Bytes.isIgnorable(b)) {
            throw e;
        }
        pending = e;
        state = State.GARBAGE;
        return at + 1;
    }

    private int garbage(byte[] bytes, int from, int stop, int start) throws BadMessageException {
        for (int i = from; i < stop; i++) {
            byte b = bytes[i];
            if (b == '{' || b == '[' || Bytes.isIgnorable(b)) {
                badBytes = i - start;
                throw Objects.requireNonNull(pending);
            }
        }
        return stop;
    }

    /** In an object, an array or a string: eight bytes at a time, of which only the special ones are looked at. */
    private int within(byte[] bytes, int from, int stop, int start) throws BadMessageException {
        boolean inString = state != State.BETWEEN;
        int escaped = state == State.ESCAPE ? from : NOWHERE;
        for (int i = from; i < stop; i += Long.BYTES) {
            long eight = Bytes.eight(bytes, i, stop);
            nonAscii |= (eight & Bytes.HIGH) != 0;
            for (long special = Bytes.special(eight); special != 0; special &= special - 1) {
                int at = i + (Long.numberOfTrailingZeros(special) >>> 3);
                byte b = bytes[at];
                if (inString) {
                    if (b == '"' && at != escaped) {
                        inString = false;
                        if (depth == 0) {
                            state = State.DONE;
                            return at + 1;
                        }
                    } else if (b == '\\' && at != escaped) {
                        escaped = at + 1;
                    } else if (Bytes.isControl(b)) {
                        checkControl(b, at - start);
                    }
                } else {
                    switch (Bytes.kind(b)) {
                        case Bytes.QUOTE -> inString = true;
                        case Bytes.OPEN -> push(b == '{', at - start);
                        case Bytes.CLOSE -> {
                            pop(b, at - start);
                            if (depth == 0) {
                                state = State.DONE;
                                return at + 1;
                            }
                        }
                        case Bytes.BAD -> throw badByte(b, at - start, outside(b));
                        default -> {}
                    }
                }
            }
        }
        state = !inString ? State.BETWEEN : escaped == stop ? State.ESCAPE : State.STRING;
        return stop;
    }

    private static String outside(byte b) {
        return shown(b) + " outside of a string" + (b == 0 ? OTHER_ENCODING : "");
    }

    private void checkControl(byte b, int offset) throws BadMessageException {
        if (!rules.controls() || b == 0 || b == Bytes.RECORD_SEPARATOR) {
            throw badByte(b, offset, shown(b) + " in a string");
        }
    }

    private int literal(byte[] bytes, int from, int stop, int start) throws BadMessageException {
        int i = from;
        while (i < stop && matched < literal.length) {
            if (bytes[i] != literal[matched]) {
                String what = shown(bytes[i]) + " where a literal has " + shown(literal[matched]);
                return badToken(badByte(bytes[i], i - start, what), bytes[i], i);
            }
            i++;
            matched++;
        }
        if (matched == literal.length) {
            state = State.DONE;
        }
        return i;
    }

    private int number(byte[] bytes, int from, int stop, int start) throws BadMessageException {
        for (int i = from; i < stop; i++) {
            byte b = bytes[i];
            if (Bytes.endsNumber(b)) {
                state = State.DONE;
                return i;
            }
            nonAscii |= b < 0;
            // A zero byte behind a digit would look like UTF-16 to the parser.
            if (Bytes.isControl(b)) {
                throw badByte(b, i - start, shown(b) + " in a number");
            }
        }
        return stop;
    }

    private void push(boolean object, int offset) throws BadMessageException {
        if (depth == rules.maxDepth()) {
            badBytes = offset + 1;
            throw bad(offset, "nested more than " + rules.maxDepth() + " deep", null);
        }
        if (depth > 0 && depth % Long.SIZE == 0) {
            int full = depth / Long.SIZE;
            if (full > outer.length) {
                outer = Arrays.copyOf(outer, full * 2);
            }
            outer[full - 1] = objects;
        }
        objects = objects << 1 | (object ? 1 : 0);
        depth++;
    }

    private void pop(byte close, int offset) throws BadMessageException {
        boolean object = (objects & 1) != 0;
        if (object != (close == '}')) {
            throw badByte(close, offset, object ? "expected '}', not ']'" : "expected ']', not '}'");
        }
        depth--;
        objects = depth > 0 && depth % Long.SIZE == 0 ? outer[depth / Long.SIZE - 1] : objects >>> 1;
    }

    private BadMessageException badByte(byte b, int offset, String what) {
        // A record separator or newline that cuts a text off stays: it is where the next one starts.
        badBytes = offset > 0 && Bytes.isIgnorable(b) ? offset : offset + 1;
        return bad(offset, what, null);
    }

    static BadMessageException bad(long offset, String what, @Nullable Throwable cause) {
        return new BadMessageException("bad JSON at offset " + offset + ": " + what, cause);
    }

    private static String shown(byte b) {
        return b > 0x20 && b < 0x7f ? "'" + (char) b + "'" : String.format("0x%02X", b & 0xff);
    }

    @Override
    public String toString() {
        return state + " after " + looked + " bytes, depth " + depth;
    }
}
