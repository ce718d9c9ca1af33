package dev.haft.tls;

/** What a client does with the OCSP response that a server staples (RFC 6066 §8, RFC 8446 §4.4.2.1). */
public enum TlsOcsp {
    /** It does not ask for one. */
    OFF,
    /**
     * It asks; one that says "revoked", or that is not valid, fails the handshake. None is accepted, unless the server's
     * certificate says that one must be there (must-staple, RFC 7633).
     */
    CHECK,
    /** It asks, and goes on only with one that says "good". */
    REQUIRE
}
