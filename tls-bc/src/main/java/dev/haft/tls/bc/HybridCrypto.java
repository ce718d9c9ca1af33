package dev.haft.tls.bc;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.crypto.CryptoHashAlgorithm;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsDHConfig;
import org.bouncycastle.tls.crypto.TlsDHDomain;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsECDomain;
import org.bouncycastle.tls.crypto.TlsHash;
import org.bouncycastle.tls.crypto.TlsKemConfig;
import org.bouncycastle.tls.crypto.TlsKemDomain;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.TlsImplUtils;
import org.jspecify.annotations.Nullable;

/**
 * The cryptography of one handshake: elliptic curves and signatures of BouncyCastle, hashes, record ciphers and, where it has
 * it, ML-KEM of the JDK, each where it is the faster one.
 *
 * <p>It also notes what BouncyCastle does not give out: the last record ciphers and the hash of the transcript.
 */
final class HybridCrypto extends JdkHashCrypto {
    private final KnownCertificates certificates;
    private final JdkKem jdkKem;
    private @Nullable AeadCipher cipher;
    private @Nullable JdkHash transcript;
    private int group = -1;

    HybridCrypto(SecureRandom random, KnownCertificates certificates, JdkKem jdkKem) {
        super(random);
        this.certificates = certificates;
        this.jdkKem = jdkKem;
    }

    /** The hash of the key schedule that was agreed on. */
    static KeyDerivation derivation(SecurityParameters handshake) {
        return handshake.getPRFCryptoHashAlgorithm() == CryptoHashAlgorithm.sha384
                ? KeyDerivation.SHA_384
                : KeyDerivation.SHA_256;
    }

    /** The group of the last key exchange, which TLS 1.2 does not tell otherwise; -1 if there was none. */
    int group() {
        return group;
    }

    /** A copy of a secret. */
    byte[] bytes(TlsSecret secret) {
        return adoptSecret(secret).extract();
    }

    /** The record ciphers that were made last; null if they are not ours. */
    @Nullable AeadCipher cipher() {
        return cipher;
    }

    /**
     * The hash of all messages of the handshake up to now and of one more.
     *
     * @throws IllegalStateException if it is not known
     */
    byte[] transcriptHash(byte[] more) {
        JdkHash last = transcript;
        if (last == null) {
            throw new IllegalStateException("there is no transcript yet");
        }
        TlsHash copy = last.copy();
        copy.update(more, 0, more.length);
        return copy.calculateHash();
    }

    /** BouncyCastle takes the hash of a transcript from a copy: what is copied last is the transcript. */
    void noteTranscript(JdkHash copied) {
        transcript = copied;
    }

    @Override
    public TlsCertificate createCertificate(short type, byte[] encoding) throws IOException {
        return type == CertificateType.X509
                ? certificates.certificate(encoding)
                : super.createCertificate(type, encoding);
    }

    @Override
    public TlsCipher createCipher(TlsCryptoParameters parameters, int encryptionAlgorithm, int macAlgorithm)
            throws IOException {
        Aead aead = TlsImplUtils.isTLSv12(parameters) ? Aead.of(encryptionAlgorithm) : null;
        if (aead == null) {
            cipher = null;
            return super.createCipher(parameters, encryptionAlgorithm, macAlgorithm);
        }
        AeadCipher made = AeadCipher.of(this, parameters, aead);
        cipher = made;
        return made;
    }

    @Override
    public TlsHash createHash(int cryptoHashAlgorithm) {
        String name = JdkDigest.name(cryptoHashAlgorithm);
        return name == null ? super.createHash(cryptoHashAlgorithm) : new JdkHash(this, JdkDigest.of(name));
    }

    @Override
    public TlsSecret hkdfInit(int cryptoHashAlgorithm) {
        return switch (cryptoHashAlgorithm) {
            case CryptoHashAlgorithm.sha256 -> new ResumptionSecret.Salt(this, new byte[KeyDerivation.SHA_256.bytes()]);
            case CryptoHashAlgorithm.sha384 -> new ResumptionSecret.Salt(this, new byte[KeyDerivation.SHA_384.bytes()]);
            default -> super.hkdfInit(cryptoHashAlgorithm);
        };
    }

    @Override
    public TlsECDomain createECDomain(TlsECConfig ecConfig) {
        group = ecConfig.getNamedGroup();
        return super.createECDomain(ecConfig);
    }

    @Override
    public TlsDHDomain createDHDomain(TlsDHConfig dhConfig) {
        group = dhConfig.getNamedGroup();
        return super.createDHDomain(dhConfig);
    }

    @Override
    public TlsKemDomain createKemDomain(TlsKemConfig kemConfig) {
        TlsKemDomain jdk = jdkKem.domain(kemConfig);
        TlsKemDomain domain = jdk == null ? super.createKemDomain(kemConfig) : jdk;
        return () -> new CheckedAgreement(domain.createKem());
    }
}
