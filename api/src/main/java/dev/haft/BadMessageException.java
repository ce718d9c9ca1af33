package dev.haft;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Decoder} throws at bytes, and a {@link Write} at a value, that its format does not allow.
 *
 * <p><b>Bytes on failure</b>: all stay in the buffer, the read leaves the queue and the read side of the handle stands
 * until the program says how to go on (see {@link Handle#onError}). A decoder that knows where the next message can
 * begin says so with {@link #skipping(int)}: those bytes are dropped and the read stays.
 */
public final class BadMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The code. */
    private final ErrorCode code;

    /** How many bytes to drop; 0: none, and the read leaves. */
    private final int skipBytes;

    /**
     * A format violation.
     *
     * @param message what is wrong; to keep errors the same however a stream is cut, it should not depend on how much
     *     has come
     */
    public BadMessageException(String message) {
        this(ErrorCode.BAD_MESSAGE, message, null, 0);
    }

    /**
     * A format violation with a cause.
     *
     * @param message what is wrong
     * @param cause what it follows from, or null
     */
    public BadMessageException(String message, @Nullable Throwable cause) {
        this(ErrorCode.BAD_MESSAGE, message, cause, 0);
    }

    private BadMessageException(ErrorCode code, String message, @Nullable Throwable cause, int skipBytes) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.code = code;
        this.skipBytes = skipBytes;
    }

    /**
     * A message over the read's own limit.
     *
     * @param message what is too long and what the limit is
     * @return an exception with the code {@link ErrorCode#TOO_LONG}
     */
    public static BadMessageException tooLong(String message) {
        return new BadMessageException(ErrorCode.TOO_LONG, message, null, 0);
    }

    /** The same with a cause. */
    static BadMessageException tooLong(String message, Throwable cause) {
        return new BadMessageException(ErrorCode.TOO_LONG, message, cause, 0);
    }

    /**
     * A type that is not there.
     *
     * @param message which one
     * @return an exception with the code {@link ErrorCode#TYPE_UNAVAILABLE}
     */
    public static BadMessageException unavailable(String message) {
        return new BadMessageException(ErrorCode.TYPE_UNAVAILABLE, message, null, 0);
    }

    /**
     * The same error, but the read goes on after dropping bytes, with a new decoder.
     *
     * @param bytes how many, from the first unread one; at least 1 and at most what the decoder was given
     * @return an exception after which the read stays in the queue
     * @throws IllegalArgumentException if bytes is less than 1
     */
    public BadMessageException skipping(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("skipping: " + bytes + " bytes, must be at least 1");
        }
        BadMessageException e = new BadMessageException(code, getMessage(), getCause(), bytes);
        e.setStackTrace(getStackTrace());
        return e;
    }

    /**
     * BAD_MESSAGE, TOO_LONG or TYPE_UNAVAILABLE.
     *
     * @return the code that the handle will report
     */
    public ErrorCode code() {
        return code;
    }

    /**
     * How many bytes are dropped before the read goes on.
     *
     * @return at least 1 if the read stays; 0 if it leaves the queue with the bytes untouched
     */
    public int skipBytes() {
        return skipBytes;
    }

    /**
     * The message.
     *
     * @return never null
     */
    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), "");
    }
}
