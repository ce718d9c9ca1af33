package dev.haft.tls.bc.context;

import java.security.cert.X509Certificate;

/**
 * A certificate that is trusted because it is known.
 *
 * @param certificate an authority's, or the peer's own
 * @param forServers whether for peers that are servers
 * @param forClients whether for peers that are clients
 */
record Anchor(X509Certificate certificate, boolean forServers, boolean forClients) {
    /** For both. */
    static Anchor of(X509Certificate certificate) {
        return new Anchor(certificate, true, true);
    }
}
