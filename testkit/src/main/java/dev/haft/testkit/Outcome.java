package dev.haft.testkit;

import dev.haft.ErrorCode;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that came of a stream that was shown to a read. Arrays are equal if their elements are.
 *
 * @param kind what it is
 * @param value of a {@link Kind#VALUE} the value, of an {@link Kind#ERROR} its {@link ErrorCode}, else null
 * @param message of an error its message, else empty
 * @param at how many bytes of the stream had been consumed then
 */
public record Outcome(Kind kind, @Nullable Object value, String message, long at) {
    /** What may come of a stream. */
    public enum Kind {
        /** A value. */
        VALUE,
        /** The read refused what it saw. */
        ERROR,
        /** The stream ended between two messages. */
        END,
        /** The stream ended, and bytes were left. */
        CUT_OFF
    }

    static Outcome value(Object value, long at) {
        return new Outcome(Kind.VALUE, value, "", at);
    }

    static Outcome error(ErrorCode code, String message, long at) {
        return new Outcome(Kind.ERROR, code, message, at);
    }

    static Outcome end(boolean bytesAreLeft, long at) {
        return new Outcome(bytesAreLeft ? Kind.CUT_OFF : Kind.END, null, "", at);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Outcome that
                && kind == that.kind
                && Objects.deepEquals(value, that.value)
                && message.equals(that.message)
                && at == that.at;
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(new Object[] {kind, value, message, at});
    }

    /** For people: {@code value "abc" at 4}. */
    @Override
    public String toString() {
        return switch (kind) {
            case VALUE -> "value " + Show.value(value) + " at " + at;
            case ERROR -> value + " \"" + message + "\" at " + at;
            case END -> "end at " + at;
            case CUT_OFF -> "cut off at " + at;
        };
    }
}
