package dev.haft;

/**
 * Whether a stream begins with TLS; see {@link Reads#tlsDetect}.
 *
 * @param tls true if it does
 * @param major of the version on the wire: 3; 0 if it is no TLS
 * @param minor of the version on the wire: 0 to 4 for SSL 3.0 and TLS 1.0 to 1.3, though TLS 1.3 usually says 1
 */
public record TlsDetection(boolean tls, int major, int minor) {
    /** It does not. */
    static final TlsDetection NONE = new TlsDetection(false, 0, 0);
}
