package dev.haft;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong on a handle: a {@linkplain #code() code} for programs, a message for people.
 *
 * <p>Each error is reported once: to {@code onError}, or to the future that asked. Source: parity {@code cb.on_error}.
 */
public final class HandleException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The code. */
    private final ErrorCode code;

    /** Whether the handle ends with it. */
    private final boolean fatal;

    /**
     * An error that is fatal if its code is.
     *
     * @param code why
     * @param message for people
     */
    public HandleException(ErrorCode code, String message) {
        this(code, message, null);
    }

    /**
     * An error with a cause that is fatal if its code is.
     *
     * @param code why
     * @param message for people
     * @param cause what it follows from, or null
     */
    public HandleException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, code.fatal(), message, cause);
    }

    /**
     * An error.
     *
     * @param code why
     * @param fatal whether the handle is destroyed after it was reported
     * @param message for people
     * @param cause what it follows from, or null
     */
    public HandleException(ErrorCode code, boolean fatal, String message, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.code = Objects.requireNonNull(code, "code");
        this.fatal = fatal;
    }

    /**
     * Why, for programs.
     *
     * @return the code
     */
    public ErrorCode code() {
        return code;
    }

    /**
     * Whether the handle is destroyed once the error callback has returned.
     *
     * @return true if it is
     */
    public boolean fatal() {
        return fatal;
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

    /**
     * Code and message.
     *
     * @return such as {@code TIMED_OUT: nothing was read for 5 s}
     */
    @Override
    public String toString() {
        return code + ": " + getMessage();
    }
}
