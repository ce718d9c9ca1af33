package dev.haft.tls;

import java.security.cert.X509Certificate;

/** Whether a certificate is one of a peer of that name. May be called from several threads. Parity {@code tls.peername}. */
@FunctionalInterface
public interface PeerNameCheck {
    /**
     * Checks.
     *
     * @param certificate the peer's own
     * @param peerName a host name, in ASCII, or an IP address
     * @return whether they belong together
     * @throws Exception if that cannot be said: refused
     */
    boolean matches(X509Certificate certificate, String peerName) throws Exception;
}
