package dev.haft.tls.bc.context;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.jspecify.annotations.Nullable;

/**
 * Who this end is: a private key that is loaded and fits what is shown with it. Immutable; arrays are not to be changed.
 *
 * @param key the private key for BouncyCastle's light-weight API; null if it cannot be had in the clear (a token's)
 * @param jdkKey the private key for this Java runtime; null if that knows no such keys
 * @param chain the own certificate first, each next one has signed the one before; empty for a raw public key
 * @param encodedChain the same in DER
 * @param publicKey the public key in DER (SubjectPublicKeyInfo): what is shown as raw public key
 * @param signatureSchemes the signatures that the key can make, as numbers ({@code SignatureScheme}), the best first
 * @param ocspResponse an OCSP response in DER to staple to the own certificate, or null
 */
public record LoadedIdentity(
        @Nullable AsymmetricKeyParameter key,
        @Nullable PrivateKey jdkKey,
        List<X509Certificate> chain,
        List<byte[]> encodedChain,
        byte[] publicKey,
        List<Integer> signatureSchemes,
        byte @Nullable [] ocspResponse) {
    /**
     * Whether a raw public key is shown instead of certificates (RFC 7250).
     *
     * @return true if so
     */
    public boolean isRawPublicKey() {
        return chain.isEmpty();
    }

    LoadedIdentity stapling(byte @Nullable [] response) {
        return new LoadedIdentity(key, jdkKey, chain, encodedChain, publicKey, signatureSchemes, response);
    }

    /**
     * Without the key.
     *
     * @return for people
     */
    @Override
    public String toString() {
        return isRawPublicKey() ? "raw public key" : chain.get(0).getSubjectX500Principal().getName();
    }
}
