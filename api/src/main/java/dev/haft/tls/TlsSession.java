package dev.haft.tls;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a handshake has agreed on. Immutable, for any thread; stays valid after the end of TLS. Parity {@code tls.session}.
 */
public interface TlsSession {
    /** What is known about who the peer is. */
    enum PeerVerification {
        /** The peer has shown nothing, or nothing was asked of it. */
        NONE,
        /** The peer has shown a certificate or key that nobody has checked: verification is off. */
        UNVERIFIED,
        /** The peer's certificate, its name included where there is one, or its key was checked and accepted. */
        VERIFIED,
        /** It was refused, and the program's {@link VerifyCallback} has accepted it all the same. */
        OVERRIDDEN
    }

    /**
     * Which side this end was.
     *
     * @return the role
     */
    TlsRole role();

    /**
     * The version.
     *
     * @return the protocol
     */
    TlsProtocol protocol();

    /**
     * The cipher suite.
     *
     * @return its IANA name, such as {@code TLS_AES_128_GCM_SHA256}
     */
    String cipherSuite();

    /**
     * The group of the key exchange.
     *
     * @return its IANA name, such as {@code x25519} or {@code X25519MLKEM768}; null if there was none, or it is not known
     */
    @Nullable String group();

    /**
     * The protocol that ALPN has chosen (RFC 7301).
     *
     * @return its name, or null if there was no choice
     */
    @Nullable String applicationProtocol();

    /**
     * The server's name that the client has sent (RFC 6066 §3).
     *
     * @return in ASCII, or null if it has sent none
     */
    @Nullable String serverName();

    /**
     * The peer's certificates; of a resumed session those of the first handshake.
     *
     * @return the peer's own first; empty if it has shown none
     */
    List<X509Certificate> peerCertificates();

    /**
     * The peer's public key, from its certificate or raw (RFC 7250).
     *
     * @return null if it has shown none
     */
    @Nullable PublicKey peerPublicKey();

    /**
     * What is known about who the peer is; of a resumed session what the first handshake has found.
     *
     * @return the result
     */
    PeerVerification peerVerification();

    /**
     * Whether an earlier session goes on, without a new look at certificates.
     *
     * @return true if so
     */
    boolean isResumed();

    /**
     * The name of the external PSK that was used.
     *
     * @return a copy; null if none was
     */
    byte @Nullable [] pskIdentity();

    /**
     * Bytes that both ends can derive and nobody else (RFC 5705, RFC 8446 §7.5).
     *
     * @param label such as {@code EXPORTER-Channel-Binding}
     * @param context what they are bound to; null: nothing
     * @param length how many
     * @return the bytes
     * @throws UnsupportedOperationException if the provider has no exporter, or a session of TLS 1.2 has no extended master
     *     secret (RFC 7627)
     */
    byte[] export(String label, byte @Nullable [] context, int length);
}
