package dev.haft.tls.bc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCertificate;

/** What a peer has shown: a chain of certificates, or one raw public key, as bytes. Immutable; looked into when asked. */
final class PeerChain {
    static final PeerChain EMPTY = new PeerChain(List.of(), false);

    private final List<byte[]> encoded;
    private final boolean raw;

    PeerChain(List<byte[]> encoded, boolean raw) {
        this.encoded = List.copyOf(encoded);
        this.raw = raw;
    }

    static PeerChain of(Certificate certificate) throws IOException {
        List<byte[]> encoded = new ArrayList<>(certificate.getLength());
        for (TlsCertificate one : certificate.getCertificateList()) {
            encoded.add(one.getEncoded());
        }
        return encoded.isEmpty()
                ? EMPTY
                : new PeerChain(encoded, certificate.getCertificateType() == CertificateType.RawPublicKey);
    }

    boolean isEmpty() {
        return encoded.isEmpty();
    }

    boolean isRaw() {
        return raw;
    }

    List<byte[]> encoded() {
        return encoded;
    }

    /** The certificates; none if there is a raw public key. */
    List<X509Certificate> certificates() throws TlsFatalAlert {
        if (raw || encoded.isEmpty()) {
            return List.of();
        }
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> certificates = new ArrayList<>(encoded.size());
            for (byte[] one : encoded) {
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(one)));
            }
            return List.copyOf(certificates);
        } catch (CertificateException e) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "a certificate cannot be read", e);
        }
    }

    /** The raw public key. */
    PublicKey publicKey() throws TlsFatalAlert {
        byte[] key = encoded.get(0);
        String algorithm;
        try {
            algorithm = SubjectPublicKeyInfo.getInstance(key)
                    .getAlgorithm()
                    .getAlgorithm()
                    .getId();
        } catch (IllegalArgumentException e) {
            throw new TlsFatalAlert(AlertDescription.unsupported_certificate, "a public key cannot be read", e);
        }
        X509EncodedKeySpec spec = new X509EncodedKeySpec(key);
        try {
            return KeyFactory.getInstance(jdkName(algorithm)).generatePublic(spec);
        } catch (GeneralSecurityException e) {
            return bouncyKey(algorithm, spec, e);
        }
    }

    /** The JDK 17 does not know all of its algorithms by their identifiers. */
    private static String jdkName(String identifier) {
        return switch (identifier) {
            case "1.2.840.113549.1.1.1" -> "RSA";
            case "1.2.840.10045.2.1" -> "EC";
            case "1.3.101.112" -> "Ed25519";
            case "1.3.101.113" -> "Ed448";
            default -> identifier;
        };
    }

    /** For algorithms that this JDK does not know, such as ML-DSA on 17. */
    private static PublicKey bouncyKey(String algorithm, X509EncodedKeySpec spec, Exception unknown)
            throws TlsFatalAlert {
        try {
            return KeyFactory.getInstance(algorithm, new BouncyCastleProvider()).generatePublic(spec);
        } catch (GeneralSecurityException e) {
            unknown.addSuppressed(e);
        }
        throw new TlsFatalAlert(AlertDescription.unsupported_certificate, "a public key cannot be read", unknown);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof PeerChain chain) || raw != chain.raw || encoded.size() != chain.encoded.size()) {
            return false;
        }
        for (int i = 0; i < encoded.size(); i++) {
            if (!Arrays.equals(encoded.get(i), chain.encoded.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return encoded.isEmpty() ? 0 : Arrays.hashCode(encoded.get(0));
    }
}
