package dev.haft;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What ends a line, and how it is found. Immutable, but for what {@link #begin} gives. */
interface LineEnd {
    /** For one line of at most so many bytes. */
    default LineEnd begin(int limitBytes) {
        return this;
    }

    /**
     * Finds the first marker.
     *
     * @param start where the line starts
     * @param from up to where there is none; at least start
     * @param stop the end of the bytes
     * @return where the marker starts and ends; negative, see {@link #from}, if there is none
     * @throws BadMessageException if to find it takes too much
     */
    long find(byte[] array, int start, int from, int stop) throws BadMessageException;

    /** The longest marker, as far as that is known. */
    int maxBytes();

    /** No marker was found: is the line longer than the limit, whatever comes? */
    default boolean isOver(byte[] array, int start, int stop, int limitBytes) {
        return (long) stop - start > limitBytes;
    }

    /** {@link #find}: there is none before here. */
    static long none(int from) {
        return ~(long) from;
    }

    /** Up to where there is none. */
    static int from(long none) {
        return (int) ~none;
    }

    static long found(int markerStart, int markerEnd) {
        return (long) markerStart << 32 | markerEnd;
    }

    static int markerStart(long found) {
        return (int) (found >>> 32);
    }

    static int markerEnd(long found) {
        return (int) found;
    }

    static LineEnd marker(byte[] marker) {
        if (marker.length == 0) {
            throw new IllegalArgumentException("the marker of a line must not be empty");
        }
        return new Literal(marker);
    }

    /** LF, with a CR before it that belongs to it. */
    final class LineFeed implements LineEnd {
        @Override
        public long find(byte[] array, int start, int from, int stop) {
            int lf = Bytes.indexOf(array, from, stop, (byte) '\n');
            if (lf < 0) {
                return none(stop);
            }
            return found(lf > start && array[lf - 1] == '\r' ? lf - 1 : lf, lf + 1);
        }

        @Override
        public int maxBytes() {
            return 2;
        }

        @Override
        public boolean isOver(byte[] array, int start, int stop, int limitBytes) {
            long length = (long) stop - start;
            return length > limitBytes && !(length == limitBytes + 1L && array[stop - 1] == '\r');
        }
    }

    /** Some bytes. What {@link #begin} gives is for one line. */
    final class Literal implements LineEnd {
        private final byte[] marker;
        private final byte first;

        /** How long the longest beginning of the marker is that so many of its first bytes end with; Knuth, Morris and Pratt. */
        private final int[] shorter;

        Literal(byte[] marker) {
            this.marker = marker;
            first = marker[0];
            shorter = new int[marker.length + 1];
            for (int length = 2, known = 0; length <= marker.length; length++) {
                known = next(known, marker[length - 1]);
                shorter[length] = known;
            }
        }

        /** How much of the marker is there if one more byte comes. */
        private int next(int matched, byte octet) {
            int length = matched;
            while (marker[length] != octet) {
                if (length == 0) {
                    return 0;
                }
                length = shorter[length];
            }
            return length + 1;
        }

        @Override
        public LineEnd begin(int limitBytes) {
            return new LiteralSearch(this);
        }

        @Override
        public long find(byte[] array, int start, int from, int stop) {
            throw new IllegalStateException("only one that has begun finds");
        }

        @Override
        public int maxBytes() {
            return marker.length;
        }
    }

    /** {@link Literal}, for one line: looks at each byte once, however often the marker almost comes. */
    final class LiteralSearch implements LineEnd {
        private final Literal literal;

        /** So much of the marker are the last bytes. */
        private int matched;

        LiteralSearch(Literal literal) {
            this.literal = literal;
        }

        @Override
        public long find(byte[] array, int start, int from, int stop) {
            int length = literal.marker.length;
            for (int at = from; at < stop; at++) {
                if (matched > 0) {
                    matched = literal.next(matched, array[at]);
                } else {
                    at = Bytes.indexOf(array, at, stop, literal.first);
                    if (at < 0) {
                        break;
                    }
                    matched = 1;
                }
                if (matched == length) {
                    return found(at + 1 - matched, at + 1);
                }
            }
            return none(stop);
        }

        @Override
        public int maxBytes() {
            return literal.marker.length;
        }

        /** Over the limit unless what is beyond it is the beginning of the marker. */
        @Override
        public boolean isOver(byte[] array, int start, int stop, int limitBytes) {
            return (long) stop - start - matched > limitBytes;
        }
    }

    /** Where a pattern matches; it sees bytes as ISO-8859-1. What {@link #begin} gives is for one line. */
    final class Matching implements LineEnd {
        private static final int MAX_BYTES = 1024;

        private final Pattern pattern;

        Matching(Pattern pattern) {
            this.pattern = Objects.requireNonNull(pattern, "marker");
            if (pattern.matcher("").find()) {
                throw new IllegalArgumentException("the marker of a line must not match nothing: " + pattern);
            }
        }

        @Override
        public LineEnd begin(int limitBytes) {
            return new Searching(new PatternSearch(pattern, false), new Looks(limitBytes));
        }

        @Override
        public long find(byte[] array, int start, int from, int stop) {
            throw new IllegalStateException("only one that has begun finds");
        }

        @Override
        public int maxBytes() {
            return MAX_BYTES;
        }
    }

    /** {@link Matching}, for one line. */
    record Searching(PatternSearch search, Looks looks) implements LineEnd {
        @Override
        public long find(byte[] array, int start, int from, int stop) throws BadMessageException {
            Matcher matcher = search.find(new Latin1(array, start, stop, looks));
            return matcher == null
                    ? none(start + search.from())
                    : found(start + matcher.start(), start + matcher.end());
        }

        @Override
        public int maxBytes() {
            return Matching.MAX_BYTES;
        }

        @Override
        public boolean isOver(byte[] array, int start, int stop, int limitBytes) {
            return search.from() > limitBytes || (long) stop - start > (long) limitBytes + maxBytes();
        }
    }
}
