package dev.haft.bench;

/** Two ends of a TLS connection in memory, in one thread. */
interface TlsPipe {
    /** Shakes hands, and lets the client take what follows at once. */
    void shake() throws Exception;

    /** Seals so many bytes at one end and opens them at the other. */
    void pass(boolean fromClient, byte[] clear, int length) throws Exception;

    /** Whether the session went on from an earlier one. */
    boolean isResumed();
}
