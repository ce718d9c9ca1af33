package dev.haft.tls.bc;

import dev.haft.tls.TlsSession.PeerVerification;
import dev.haft.tls.TlsStart;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.tls.TlsFatalAlert;
import org.jspecify.annotations.Nullable;

/** Decides about what the peer has shown. For any thread. */
interface PeerVerifier {
    /**
     * A chain of certificates.
     *
     * @param start what for; its options are those of the context that the server name has chosen
     * @param chain the peer's own first; not empty
     * @param ocspResponse what the server has stapled, in DER; null if nothing
     * @throws TlsFatalAlert if it is refused, with the reason as its message
     */
    PeerVerification verify(TlsStart start, List<X509Certificate> chain, byte @Nullable [] ocspResponse)
            throws TlsFatalAlert;

    /**
     * A raw public key (RFC 7250).
     *
     * @throws TlsFatalAlert if it is refused
     */
    PeerVerification verify(TlsStart start, PublicKey key) throws TlsFatalAlert;
}
