package dev.haft.tls;

/** Whether a server asks its clients for a certificate. Parity {@code tls.verify}. */
public enum TlsClientAuth {
    /** It does not. */
    NONE,
    /** It asks; a client without one may go on, one with a wrong one may not. */
    WANT,
    /** It asks, and a client without one may not go on. */
    NEED
}
