package dev.haft;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What ends a line, and how it is found. Stateless. */
interface LineEnd {
    /** {@link #find}: there is none. */
    long NONE = -1;

    /**
     * Finds the first marker.
     *
     * @param start where the line starts
     * @param from up to where there is none; at least start
     * @param stop the end of the bytes
     * @return where the marker starts and ends, or {@link #NONE}
     */
    long find(byte[] array, int start, int from, int stop);

    /** How many bytes at the end of what was searched in vain may still begin a marker. */
    int overlapBytes();

    /** The longest marker, as far as that is known. */
    int maxBytes();

    /** No marker was found: is the line longer than the limit, whatever comes? */
    default boolean isOver(byte[] array, int start, int stop, int limitBytes) {
        return (long) stop - start - overlapBytes() > limitBytes;
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
                return NONE;
            }
            return found(lf > start && array[lf - 1] == '\r' ? lf - 1 : lf, lf + 1);
        }

        @Override
        public int overlapBytes() {
            return 0;
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
                    return NONE;
                }
                if (matches(array, i, marker.length)) {
                    return found(i, i + marker.length);
                }
            }
            return NONE;
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
        public int overlapBytes() {
            return marker.length - 1;
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

    /** Where a pattern matches; it sees bytes as ISO-8859-1. */
    final class Matching implements LineEnd {
        private final Pattern pattern;

        Matching(Pattern pattern) {
            this.pattern = Objects.requireNonNull(pattern, "marker");
            if (pattern.matcher("").find()) {
                throw new IllegalArgumentException("the marker of a line must not match nothing: " + pattern);
            }
        }

        @Override
        public long find(byte[] array, int start, int from, int stop) {
            Matcher matcher = pattern.matcher(new Latin1(array, start, stop));
            if (!matcher.find() || matcher.end() == 0) {
                return NONE;
            }
            return found(start + matcher.start(), start + matcher.end());
        }

        /** A pattern may look back as far as it likes: it always sees the whole line. */
        @Override
        public int overlapBytes() {
            return 0;
        }

        @Override
        public int maxBytes() {
            return 1024;
        }

        @Override
        public boolean isOver(byte[] array, int start, int stop, int limitBytes) {
            return (long) stop - start > (long) limitBytes + maxBytes();
        }
    }
}
