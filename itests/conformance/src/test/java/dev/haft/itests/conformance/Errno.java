package dev.haft.itests.conformance;

import dev.haft.ErrorCode;

/** What AnyEvent::Handle calls an error. */
final class Errno {
    private Errno() {}

    static String of(ErrorCode code) {
        return switch (code) {
            case END_OF_STREAM -> "0";
            case UNEXPECTED_END, WRITE_CLOSED, TLS_TRUNCATED -> "EPIPE";
            case BAD_MESSAGE, TOO_LONG -> "EBADMSG";
            case BUFFER_FULL -> "ENOSPC";
            case TIMED_OUT -> "ETIMEDOUT";
            case TLS_FAILED -> "EPROTO";
            case CONNECTION_REFUSED -> "ECONNREFUSED";
            case CONNECTION_RESET -> "ECONNRESET";
            case UNREACHABLE -> "ENETUNREACH";
            case UNKNOWN_HOST -> "ENXIO";
            case IO -> "EIO";
            // It has no such errors.
            case TYPE_UNAVAILABLE, CALLBACK_FAILED, DESTROYED -> code.name();
        };
    }
}
