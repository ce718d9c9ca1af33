package dev.haft.tls;

/** Which side of a handshake this end is. Parity {@code tls.option}. */
public enum TlsRole {
    /** Sends the first message and, by default, verifies the other side (AnyEvent's {@code connect}). */
    CLIENT,
    /** Waits for the first message and shows a certificate (AnyEvent's {@code accept}). */
    SERVER
}
