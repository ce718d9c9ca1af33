package dev.haft;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Objects;

/** What a line becomes. */
@FunctionalInterface
interface LineValue<T> {
    LineValue<byte[]> BYTES = (array, start, markerStart, markerEnd) -> Arrays.copyOfRange(array, start, markerStart);

    T of(byte[] array, int start, int markerStart, int markerEnd);

    /** Text without the marker. */
    record Text(Charset charset) implements LineValue<String> {
        public Text {
            Objects.requireNonNull(charset, "charset");
        }

        @Override
        public String of(byte[] array, int start, int markerStart, int markerEnd) {
            return new String(array, start, markerStart - start, charset);
        }
    }

    /** Text and marker. */
    record WithMarker(Charset charset) implements LineValue<Line> {
        public WithMarker {
            Objects.requireNonNull(charset, "charset");
        }

        @Override
        public Line of(byte[] array, int start, int markerStart, int markerEnd) {
            return new Line(
                    new String(array, start, markerStart - start, charset),
                    new String(array, markerStart, markerEnd - markerStart, charset));
        }
    }
}
