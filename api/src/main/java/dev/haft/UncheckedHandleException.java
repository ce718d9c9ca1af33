package dev.haft;

import java.util.Objects;

/**
 * A {@link HandleException} thrown where no checked exception is declared: by {@code pushWrite} when the write type
 * refuses the value or is not there.
 *
 * <p>The handle is unharmed and nothing of the value has been written.
 */
public final class UncheckedHandleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is carried. */
    private final HandleException error;

    /**
     * Wraps an error.
     *
     * @param error what happened
     */
    public UncheckedHandleException(HandleException error) {
        super(error.toString(), Objects.requireNonNull(error, "error"));
        this.error = error;
    }

    /**
     * The error itself.
     *
     * @return what happened
     */
    public HandleException error() {
        return error;
    }

    /**
     * Short for {@code error().code()}.
     *
     * @return the code
     */
    public ErrorCode code() {
        return error.code();
    }
}
