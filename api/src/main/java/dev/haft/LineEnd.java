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

    /** Some bytes. */
    final class Literal implements LineEnd {
        private final byte[] marker;

        Literal(byte[] marker) {
            this.marker = marker;
        }

        @Override
        public long find(byte[] array, int start, int from, int stop) {
            int last = stop - marker.length;
            for (int i = from; i <= last; i++) {
                i = Bytes.indexOf(array, i, last + 1, marker[0]);
                if (i < 0) {
                    break;
                }
                if (matches(array, i, marker.length)) {
                    return found(i, i + marker.length);
                }
            }
            return none(Math.max(from, last + 1));
        }

        private boolean matches(byte[] array, int at, int length) {
            for (int i = 0; i < length; i++) {
                if (array[at + i] != marker[i]) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public int maxBytes() {
            return marker.length;
        }

        /** Over the limit unless what is beyond it is the beginning of the marker. */
        @Override
        public boolean isOver(byte[] array, int start, int stop, int limitBytes) {
            long length = (long) stop - start;
            if (length <= limitBytes) {
                return false;
            }
            for (int beyond = (int) Math.min(length, marker.length - 1L); beyond >= length - limitBytes; beyond--) {
                if (matches(array, stop - beyond, beyond)) {
                    return false;
                }
            }
            return true;
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
