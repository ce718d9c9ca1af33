package dev.haft.runtime;

/** The distribution cannot run; the message names the bundle and what it lacks. */
final class BootException extends Exception {
    private static final long serialVersionUID = 1L;

    BootException(String message) {
        super(message);
    }

    BootException(String message, Throwable cause) {
        super(message, cause);
    }
}
