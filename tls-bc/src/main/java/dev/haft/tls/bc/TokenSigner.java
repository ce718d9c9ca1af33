package dev.haft.tls.bc;

import dev.haft.tls.bc.context.TokenKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsSigner;
import org.bouncycastle.tls.crypto.TlsStreamSigner;
import org.jspecify.annotations.Nullable;

/** Signs with a key that stays in its token, through the JCA. */
record TokenSigner(TokenKey token) implements TlsSigner {
    @Override
    public byte[] generateRawSignature(@Nullable SignatureAndHashAlgorithm algorithm, byte[] hash) throws IOException {
        throw new TlsFatalAlert(
                AlertDescription.internal_error, "a key that stays in its token can be used from TLS 1.2 on");
    }

    @Override
    public @Nullable TlsStreamSigner getStreamSigner(@Nullable SignatureAndHashAlgorithm algorithm) {
        return algorithm == null ? null : new Stream(token, SignatureScheme.from(algorithm));
    }

    /** Collects what is signed: there is little of it, and then a failure of the token has one place. */
    private static final class Stream implements TlsStreamSigner {
        private final TokenKey token;
        private final int scheme;
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();

        Stream(TokenKey token, int scheme) {
            this.token = token;
            this.scheme = scheme;
        }

        @Override
        public OutputStream getOutputStream() {
            return message;
        }

        @Override
        public byte[] getSignature() throws IOException {
            try {
                String name = name(scheme);
                Provider provider = token.provider();
                Signature signature = provider == null || provider.getService("Signature", name) == null
                        ? Signature.getInstance(name)
                        : Signature.getInstance(name, provider);
                signature.initSign(token.key()); // before the parameters: it is what chooses the provider
                PSSParameterSpec pss = pss(scheme);
                if (pss != null) {
                    signature.setParameter(pss);
                }
                signature.update(message.toByteArray());
                return signature.sign();
            } catch (GeneralSecurityException | RuntimeException e) { // a token that is gone fails unchecked
                throw new TlsFatalAlert(AlertDescription.internal_error, "the key's token cannot sign: " + e, e);
            }
        }
    }

    private static String name(int scheme) {
        return switch (scheme) {
            case SignatureScheme.ecdsa_secp256r1_sha256, SignatureScheme.ecdsa_brainpoolP256r1tls13_sha256 ->
                "SHA256withECDSA";
            case SignatureScheme.ecdsa_secp384r1_sha384, SignatureScheme.ecdsa_brainpoolP384r1tls13_sha384 ->
                "SHA384withECDSA";
            case SignatureScheme.ecdsa_secp521r1_sha512, SignatureScheme.ecdsa_brainpoolP512r1tls13_sha512 ->
                "SHA512withECDSA";
            case SignatureScheme.rsa_pkcs1_sha256 -> "SHA256withRSA";
            case SignatureScheme.rsa_pkcs1_sha384 -> "SHA384withRSA";
            case SignatureScheme.rsa_pkcs1_sha512 -> "SHA512withRSA";
            case SignatureScheme.ed25519 -> "Ed25519";
            case SignatureScheme.ed448 -> "Ed448";
            case SignatureScheme.mldsa44 -> "ML-DSA-44";
            case SignatureScheme.mldsa65 -> "ML-DSA-65";
            case SignatureScheme.mldsa87 -> "ML-DSA-87";
            default -> "RSASSA-PSS";
        };
    }

    /** RFC 8446 §4.2.3: the salt is as long as the hash. */
    private static @Nullable PSSParameterSpec pss(int scheme) {
        return switch (scheme) {
            case SignatureScheme.rsa_pss_rsae_sha256, SignatureScheme.rsa_pss_pss_sha256 ->
                new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);
            case SignatureScheme.rsa_pss_rsae_sha384, SignatureScheme.rsa_pss_pss_sha384 ->
                new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 48, 1);
            case SignatureScheme.rsa_pss_rsae_sha512, SignatureScheme.rsa_pss_pss_sha512 ->
                new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, 1);
            default -> null;
        };
    }
}
