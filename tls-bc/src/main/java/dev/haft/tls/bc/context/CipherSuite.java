package dev.haft.tls.bc.context;

import dev.haft.tls.TlsProtocol;

/**
 * A cipher suite.
 *
 * @param code its number
 * @param name its IANA name
 * @param openssl its name in OpenSSL
 * @param exchange ECDHE, DHE, RSA; any in TLS 1.3
 * @param authentication ECDSA, RSA; any in TLS 1.3
 * @param encryption AESGCM, AESCCM, AESCCM8, ARIAGCM, CHACHA20, AES, CAMELLIA
 * @param bits of the key
 * @param aead whether encryption and authentication are one
 * @param mac AEAD, SHA, SHA256, SHA384
 * @param oldest the version that brought it; SSL 3 counts as TLS 1.0
 */
record CipherSuite(
        int code,
        String name,
        String openssl,
        String exchange,
        String authentication,
        String encryption,
        int bits,
        boolean aead,
        String mac,
        TlsProtocol oldest) {
    /** Whether a stolen key does not open what was recorded. */
    boolean forwardSecret() {
        return !exchange.equals("RSA");
    }

    @Override
    public String toString() {
        return openssl;
    }
}
