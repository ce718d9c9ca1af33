package dev.haft;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A read of lines; {@link Reads} has the factories ({@code line}, {@code lineBytes}, {@code lineAndMarker}).
 *
 * <p><b>Limits</b>: a line longer than its limit (its marker not counted) is TOO_LONG; its bytes stay. So is one whose marker
 * is a pattern that looks at bytes too often: 256 times at each byte of the limit, on average; see {@link RegexRead}.
 *
 * @param <T> what it gives
 */
public final class LineRead<T> implements Read<T> {
    private final LineEnd end;
    private final LineValue<T> value;
    private final int limitBytes;

    LineRead(LineEnd end, LineValue<T> value, int limitBytes) {
        this.end = end;
        this.value = value;
        this.limitBytes = limitBytes;
    }

    /**
     * The same with another limit.
     *
     * @param bytes the longest line without its marker, at least 1
     * @return a read
     * @throws IllegalArgumentException if bytes is less than 1
     */
    @Override
    public LineRead<T> limit(int bytes) {
        return new LineRead<>(end, value, Bytes.atLeast(1, bytes, "limit"));
    }

    /**
     * The same without a limit of its own: the handle's {@code maxReadBufferBytes} holds.
     *
     * @return a read
     */
    public LineRead<T> unlimited() {
        return new LineRead<>(end, value, Integer.MAX_VALUE);
    }

    @Override
    public Decoder<T> begin(ReadContext context) {
        return new LineDecoder<>(this, end.begin(Math.min(limitBytes, context.limitBytes())));
    }

    @Override
    public String toString() {
        return "line";
    }

    /** Remembers up to where there is no marker. */
    private static final class LineDecoder<T> implements Decoder<T> {
        private final LineRead<T> read;
        private final LineEnd end;
        private int searched;

        LineDecoder(LineRead<T> read, LineEnd end) {
            this.read = read;
            this.end = end;
        }

        @Override
        public @Nullable T decode(ByteBuffer in) throws BadMessageException {
            byte[] array = in.array();
            int start = in.arrayOffset() + in.position();
            int stop = in.arrayOffset() + in.limit();
            long found = end.find(array, start, start + searched, stop);
            if (found < 0) {
                searched = LineEnd.from(found) - start;
                if (end.isOver(array, start, stop, read.limitBytes)) {
                    throw read.tooLong();
                }
                return null;
            }
            int markerStart = LineEnd.markerStart(found);
            int markerEnd = LineEnd.markerEnd(found);
            if (markerStart - start > read.limitBytes) {
                throw read.tooLong();
            }
            T line = read.value.of(array, start, markerStart, markerEnd);
            in.position(markerEnd - in.arrayOffset());
            return line;
        }

        @Override
        public OptionalInt limitBytes() {
            return read.limitBytes == Integer.MAX_VALUE
                    ? OptionalInt.empty()
                    : OptionalInt.of(Bytes.plus(read.limitBytes, end.maxBytes()));
        }
    }

    private BadMessageException tooLong() {
        return BadMessageException.tooLong("line is longer than " + limitBytes + " bytes");
    }
}
