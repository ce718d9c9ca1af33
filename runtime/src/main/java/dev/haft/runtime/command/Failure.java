package dev.haft.runtime.command;

import dev.haft.HandleException;

/** A command that fails, in the words of {@code haft: CODE: message}. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    Failure(String code, String message) {
        // For people only: nobody looks at its stack.
        super(code + ": " + message, null, false, false);
    }

    Failure(String about, HandleException error) {
        this(error.code().name(), about + ": " + error.getMessage());
    }
}
