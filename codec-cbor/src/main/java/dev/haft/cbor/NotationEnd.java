package dev.haft.cbor;

/**
 * Finds where a value in diagnostic notation ends, and looks at each byte once: it knows strings, comments and brackets, and
 * leaves the rest to {@link DiagnosticParser}. A number or word by itself ends before white space or a comma.
 */
final class NotationEnd {
    /** The value is not complete. */
    static final int MORE = -1;

    private enum State {
        BEFORE,
        /** In a value, not in a string. */
        WITHIN,
        TEXT,
        BYTES,
        LINE_COMMENT,
        COMMENT
    }

    private State state = State.BEFORE;
    /** Where a comment goes back to. */
    private State around = State.BEFORE;

    private int looked;
    private int depth;
    private boolean escaped;
    /** Where a comment was opened. */
    private int opened;

    private boolean closed;

    /** Whether a number or word by itself is all that there is, so that the end of the stream completes it. */
    boolean isWord() {
        return state == State.WITHIN && depth == 0;
    }

    boolean isBefore() {
        return state == State.BEFORE || (isComment() && around == State.BEFORE);
    }

    private boolean isComment() {
        return state == State.COMMENT || state == State.LINE_COMMENT;
    }

    /** How many bytes the value and what is before it have, or MORE. */
    int scan(byte[] bytes, int start, int stop) {
        for (int at = start + looked; at < stop; at++) {
            byte b = bytes[at];
            switch (state) {
                case TEXT, BYTES -> {
                    if (escaped) {
                        escaped = false;
                    } else if (b == '\\') {
                        escaped = true;
                    } else if (b == (state == State.TEXT ? '"' : '\'')) {
                        state = State.WITHIN;
                        if (depth == 0) {
                            return at + 1 - start;
                        }
                    }
                }
                case LINE_COMMENT -> {
                    if (b == '\n') {
                        state = around;
                    }
                }
                case COMMENT -> {
                    if (b == '/') {
                        // An empty one begins a comment up to the end of the line.
                        state = at - start == opened + 1 ? State.LINE_COMMENT : around;
                    }
                }
                default -> {
                    if (depth == 0 && state == State.WITHIN && endsWord(b)) {
                        looked = at - start;
                        return looked;
                    }
                    plain(b, at - start);
                    if (closed) {
                        return at + 1 - start;
                    }
                }
            }
        }
        looked = stop - start;
        return MORE;
    }

    private static boolean endsWord(byte b) {
        return b == ',' || b == '#' || b == '/' || isBlank(b);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private void plain(byte b, int offset) {
        switch (b) {
            case ' ', '\n', '\r', '\t' -> {}
            case ',' -> {}
            case '#', '/' -> {
                around = state;
                opened = offset;
                state = b == '#' ? State.LINE_COMMENT : State.COMMENT;
            }
            case '"' -> state = State.TEXT;
            case '\'' -> state = State.BYTES;
            case '[', '{', '(', '<' -> {
                state = State.WITHIN;
                depth++;
            }
            case ']', '}', ')', '>' -> {
                state = State.WITHIN;
                depth--;
                closed = depth <= 0;
            }
            default -> state = State.WITHIN;
        }
    }
}
