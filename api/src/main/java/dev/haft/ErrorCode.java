package dev.haft;

/**
 * Why a handle failed: a closed set, one code for one thing that a program may want to react to.
 *
 * <p>In brackets the errno that AnyEvent::Handle gives in the same place (parity {@code cb.on_error}). A code that is
 * {@linkplain #fatal() fatal} destroys the handle when the error callback has returned.
 */
public enum ErrorCode {
    /** The stream ended between two messages and there is no {@code onEof} callback (0). */
    END_OF_STREAM(true),
    /** The stream ended while a read was still waiting for bytes (EPIPE). */
    UNEXPECTED_END(true),
    /** Something was written after {@code pushShutdown}, or to a peer that has closed (EPIPE). */
    WRITE_CLOSED(true),
    /** What came is not what the read's format allows; the bytes stay where they are (EBADMSG). */
    BAD_MESSAGE(false),
    /** The message is longer than the read's own limit; the bytes stay where they are (EBADMSG). */
    TOO_LONG(false),
    /** More bytes wait to be read, or to be written, than the handle may hold (ENOSPC). */
    BUFFER_FULL(true),
    /** Nothing happened for as long as a timeout says (ETIMEDOUT); fatal only while connecting. */
    TIMED_OUT(false),
    /** TLS could not be started or broke (EPROTO). */
    TLS_FAILED(true),
    /** The stream ended within TLS without its orderly end (EPIPE). */
    TLS_TRUNCATED(true),
    /** Nobody listens at that endpoint (ECONNREFUSED). */
    CONNECTION_REFUSED(true),
    /** The peer broke the connection off (ECONNRESET). */
    CONNECTION_RESET(true),
    /** There is no way to that endpoint (ENETUNREACH, EHOSTUNREACH). */
    UNREACHABLE(true),
    /** The host name has no address (ENXIO). */
    UNKNOWN_HOST(true),
    /** No read or write type of that name is there now. */
    TYPE_UNAVAILABLE(false),
    /** A callback, or a decoder, of the program threw an exception: it is the cause. */
    CALLBACK_FAILED(true),
    /** The handle was destroyed or closed first; only futures report this. */
    DESTROYED(true),
    /** Any other failure of input or output. */
    IO(true);

    private final boolean fatal;

    ErrorCode(boolean fatal) {
        this.fatal = fatal;
    }

    /**
     * Whether errors of this code end the handle, as a rule; {@link HandleException#fatal()} tells of one error.
     *
     * @return true if the handle is destroyed after the error callback
     */
    public boolean fatal() {
        return fatal;
    }
}
