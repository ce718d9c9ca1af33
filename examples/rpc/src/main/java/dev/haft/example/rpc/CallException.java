package dev.haft.example.rpc;

/** A call that cannot be answered; its message goes back to the caller. */
final class CallException extends Exception {
    private static final long serialVersionUID = 1L;

    CallException(String message) {
        // An answer, not a failure of the program: nobody looks at its stack.
        super(message, null, false, false);
    }
}
