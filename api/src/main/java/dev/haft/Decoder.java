package dev.haft;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One read in flight: looks at the bytes that have come and takes one value from their front, or nothing.
 *
 * <p>The law of the decoder:
 *
 * <ol>
 *   <li>A whole value is there: move the position behind it and return the value.
 *   <li>Not yet: return null. The engine puts position, limit and order back, and asks again when more has come (or
 *       without more: the same bytes may be shown twice).
 *   <li>It can never become one: throw {@link BadMessageException}. The bytes stay.
 * </ol>
 *
 * <p>The buffer is array-backed and big-endian. Its position is the first unread byte; bytes may move between two calls
 * (count offsets from the position), so a decoder keeps no byte and no buffer, but it should keep how far it has looked,
 * so that its work is linear when a message comes byte by byte. Once it has returned a value it is not asked again.
 *
 * <p><b>Thread safety</b>: called on the loop of its handle only; needs none.
 *
 * <p><b>Errors</b>: a RuntimeException is {@link ErrorCode#CALLBACK_FAILED}, fatal.
 *
 * <pre>{@code
 * Decoder<Integer> u16 = in -> in.remaining() < 2 ? null : in.getShort() & 0xffff;
 * }</pre>
 *
 * @param <T> what it gives
 */
@ConsumerType
@FunctionalInterface
public interface Decoder<T> {
    /**
     * Takes a value from the front of the bytes, if it is there.
     *
     * @param in the unread bytes; may be empty
     * @return the value, or null for "not enough yet"
     * @throws BadMessageException if no bytes to come can make it a value
     */
    @Nullable T decode(ByteBuffer in) throws BadMessageException;

    /**
     * The stream has ended and {@link #decode} has returned null for the bytes that are left: the last chance.
     *
     * @param in the unread bytes
     * @return the last value; or null, and then a moved position says that what was passed may be ignored (white space
     *     after the last message, say). Bytes that are left over are {@link ErrorCode#UNEXPECTED_END}
     * @throws BadMessageException if they are no message
     */
    default @Nullable T atEnd(ByteBuffer in) throws BadMessageException {
        return null;
    }

    /**
     * How many bytes this read may have waiting, if it knows: it stands above the handle's {@code maxReadBufferBytes}
     * while the read is first in the queue.
     *
     * @return the read's own bound, or empty if the handle's holds
     */
    default OptionalInt limitBytes() {
        return OptionalInt.empty();
    }

    /**
     * Whether it takes bytes before it has its value, as {@link Reads#stream} does: then those that it has passed are gone
     * when it returns null, or throws, and it is asked to go on behind them. It must remember no places in the bytes, as other
     * reads may take some in between. Must not change from true to false.
     *
     * @return false, but for reads that hand a message on piece by piece
     */
    default boolean isStreaming() {
        return false;
    }
}
