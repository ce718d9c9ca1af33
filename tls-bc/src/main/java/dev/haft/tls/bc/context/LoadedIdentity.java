package dev.haft.tls.bc.context;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.jspecify.annotations.Nullable;

/** Who this end is: a private key that is loaded and fits what is shown with it. Immutable; arrays are not to be changed. */
public final class LoadedIdentity {
    private final @Nullable AsymmetricKeyParameter key;
    private final @Nullable TokenKey tokenKey;
    private final List<X509Certificate> chain;
    private final List<byte[]> encodedChain;
    private final byte[] publicKey;
    private final List<Integer> signatureSchemes;
    private final @Nullable StapledResponse staple;

    LoadedIdentity(
            @Nullable AsymmetricKeyParameter key,
            @Nullable TokenKey tokenKey,
            List<X509Certificate> chain,
            List<byte[]> encodedChain,
            byte[] publicKey,
            List<Integer> signatureSchemes,
            @Nullable StapledResponse staple) {
        this.key = key;
        this.tokenKey = tokenKey;
        this.chain = List.copyOf(chain);
        this.encodedChain = List.copyOf(encodedChain);
        this.publicKey = publicKey;
        this.signatureSchemes = List.copyOf(signatureSchemes);
        this.staple = staple;
    }

    LoadedIdentity stapling(StapledResponse response) {
        return new LoadedIdentity(key, tokenKey, chain, encodedChain, publicKey, signatureSchemes, response);
    }

    /**
     * The private key for BouncyCastle's light-weight API.
     *
     * @return null if it cannot be had in the clear; then there is a {@link #tokenKey}
     */
    public @Nullable AsymmetricKeyParameter key() {
        return key;
    }

    /**
     * The private key if it stays in its token.
     *
     * @return null if it can be had in the clear
     */
    public @Nullable TokenKey tokenKey() {
        return tokenKey;
    }

    /**
     * The own certificate first, each next one has signed the one before.
     *
     * @return empty for a raw public key
     */
    public List<X509Certificate> chain() {
        return chain;
    }

    /**
     * The chain in DER.
     *
     * @return empty for a raw public key
     */
    public List<byte[]> encodedChain() {
        return encodedChain;
    }

    /**
     * The public key (SubjectPublicKeyInfo), which is shown as raw public key.
     *
     * @return in DER
     */
    public byte[] publicKey() {
        return publicKey;
    }

    /**
     * The signatures that the key can make, the best first.
     *
     * @return numbers of {@code SignatureScheme}
     */
    public List<Integer> signatureSchemes() {
        return signatureSchemes;
    }

    /**
     * An OCSP response to staple to the own certificate.
     *
     * @return in DER, or null
     */
    public byte @Nullable [] ocspResponse() {
        StapledResponse response = staple;
        return response == null ? null : response.encoded();
    }

    /**
     * Until when that may be stapled: an expired one would make clients refuse a certificate that is good.
     *
     * @return {@link Instant#MAX} if the response does not say, or there is none
     */
    public Instant ocspUntil() {
        StapledResponse response = staple;
        return response == null ? Instant.MAX : response.until();
    }

    /**
     * Whether a raw public key is shown instead of certificates (RFC 7250).
     *
     * @return true if so
     */
    public boolean isRawPublicKey() {
        return chain.isEmpty();
    }

    /**
     * Without the key.
     *
     * @return for people
     */
    @Override
    public String toString() {
        return isRawPublicKey()
                ? "raw public key"
                : chain.get(0).getSubjectX500Principal().getName();
    }
}
