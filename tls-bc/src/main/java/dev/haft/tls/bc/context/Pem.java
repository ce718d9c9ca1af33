package dev.haft.tls.bc.context;

import dev.haft.tls.TlsPassword;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.CertificateTrustBlock;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.X509TrustedCertificateBlock;
import org.bouncycastle.openssl.bc.BcPEMDecryptorProvider;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;
import org.jspecify.annotations.Nullable;

/** What a PEM text holds. What is of no use here, such as parameters, is passed over. For one thread. */
final class Pem {
    private final String source;
    private final List<Anchor> certificates = new ArrayList<>();
    private final List<X509CRL> crls = new ArrayList<>();
    private final List<Object> keys = new ArrayList<>();
    private @Nullable SubjectPublicKeyInfo publicKey;

    private Pem(String source) {
        this.source = source;
    }

    /**
     * Takes a text apart.
     *
     * @param source where it is from, for messages
     * @param text the text; what is around its blocks is passed over
     * @return what is in it
     * @throws IOException if a block is damaged
     */
    static Pem parse(String source, String text) throws IOException {
        Pem pem = new Pem(source);
        try (Blocks blocks = new Blocks(text)) {
            for (Object block = blocks.next(); block != null; block = blocks.next()) {
                pem.add(block);
            }
        } catch (IOException | RuntimeException e) {
            throw new IOException(source + ": " + e.getMessage(), e);
        }
        return pem;
    }

    private void add(Object block) throws IOException {
        if (block instanceof X509CertificateHolder certificate) {
            certificates.add(Anchor.of(certificate(certificate.getEncoded())));
        } else if (block instanceof X509TrustedCertificateBlock trusted) {
            certificates.add(trusted(trusted));
        } else if (block instanceof X509CRLHolder crl) {
            crls.add(crl(crl.getEncoded()));
        } else if (block instanceof PEMKeyPair
                || block instanceof PEMEncryptedKeyPair
                || block instanceof PrivateKeyInfo
                || block instanceof PKCS8EncryptedPrivateKeyInfo) {
            keys.add(block);
        } else if (block instanceof SubjectPublicKeyInfo key) {
            publicKey = key;
        }
    }

    private static Anchor trusted(X509TrustedCertificateBlock block) throws IOException {
        X509Certificate certificate = certificate(block.getCertificateHolder().getEncoded());
        CertificateTrustBlock trust = block.getTrustBlock();
        return new Anchor(
                certificate, isFor(trust, KeyPurposeId.id_kp_serverAuth), isFor(trust, KeyPurposeId.id_kp_clientAuth));
    }

    private static boolean isFor(@Nullable CertificateTrustBlock trust, KeyPurposeId purpose) {
        if (trust == null) {
            return true;
        }
        Set<ASN1ObjectIdentifier> uses = trust.getUses();
        return !names(trust.getProhibitions(), purpose) && (uses == null || uses.isEmpty() || names(uses, purpose));
    }

    private static boolean names(@Nullable Set<ASN1ObjectIdentifier> purposes, KeyPurposeId purpose) {
        return purposes != null
                && (purposes.contains(purpose.toOID()) || purposes.contains(KeyPurposeId.anyExtendedKeyUsage.toOID()));
    }

    /** The certificates in the order of the text. */
    List<Anchor> anchors() {
        return certificates;
    }

    /** The certificates in the order of the text. */
    List<X509Certificate> certificates() {
        return certificates.stream().map(Anchor::certificate).toList();
    }

    /** The revocation lists. */
    List<X509CRL> crls() {
        return crls;
    }

    /** The public key that stands there as such. */
    @Nullable SubjectPublicKeyInfo publicKey() {
        return publicKey;
    }

    /**
     * The only private key, or the first.
     *
     * @param password asked if it is encrypted
     * @return the key; null if there is none
     * @throws IOException if it cannot be decrypted
     */
    @Nullable PrivateKeyInfo key(@Nullable TlsPassword password) throws IOException {
        if (keys.isEmpty()) {
            return null;
        }
        Object key = keys.get(0);
        if (key instanceof PEMKeyPair pair) {
            return pair.getPrivateKeyInfo();
        }
        if (key instanceof PrivateKeyInfo plain) {
            return plain;
        }
        if (password == null) {
            throw new IOException(source + ": the private key is encrypted, and there is no password");
        }
        char[] secret = password.password(source);
        try {
            return key instanceof PEMEncryptedKeyPair pair
                    ? pair.decryptKeyPair(new BcPEMDecryptorProvider(secret)).getPrivateKeyInfo()
                    : ((PKCS8EncryptedPrivateKeyInfo) key)
                            .decryptPrivateKeyInfo(new JcePKCSPBEInputDecryptorProviderBuilder()
                                    .setProvider(new BouncyCastleProvider())
                                    .build(secret));
        } catch (IOException | PKCSException | RuntimeException e) {
            throw new IOException(source + ": the private key cannot be decrypted: wrong password?", e);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    /**
     * A certificate.
     *
     * @param encoded DER
     * @return the certificate, as this Java runtime has it
     * @throws IOException if it is none
     */
    static X509Certificate certificate(byte[] encoded) throws IOException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (CertificateException e) {
            throw new IOException("not a certificate that can be used: " + e.getMessage(), e);
        }
    }

    private static X509CRL crl(byte[] encoded) throws IOException {
        try {
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(encoded));
        } catch (CertificateException | CRLException e) {
            throw new IOException("not a revocation list that can be used: " + e.getMessage(), e);
        }
    }

    /** A parser that passes over blocks which it does not know, such as {@code DH PARAMETERS}. */
    private static final class Blocks extends PEMParser {
        Blocks(String text) {
            super(new StringReader(text));
        }

        @Nullable Object next() throws IOException {
            while (true) {
                try {
                    return readObject();
                } catch (PEMException e) {
                    throw e;
                } catch (IOException e) {
                    if (e.getMessage() == null || !e.getMessage().startsWith("unrecognised object")) {
                        throw e;
                    }
                }
            }
        }
    }
}
