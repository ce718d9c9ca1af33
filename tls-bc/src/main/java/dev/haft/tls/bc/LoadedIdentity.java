package dev.haft.tls.bc;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.jspecify.annotations.Nullable;

/**
 * Who this end is.
 *
 * @param key the private key
 * @param chain the certificates, this end's own first; empty if it shows a raw public key
 * @param publicKey of the key
 * @param ocspResponse what a server staples; null if there is none
 */
record LoadedIdentity(
        PrivateKey key,
        List<X509Certificate> chain,
        PublicKey publicKey,
        @Nullable OCSPResponse ocspResponse) {
    LoadedIdentity {
        chain = List.copyOf(chain);
    }

    boolean isRaw() {
        return chain.isEmpty();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "LoadedIdentity["
                + (isRaw() ? publicKey.getAlgorithm() : chain.get(0).getSubjectX500Principal()) + "]";
    }
}
