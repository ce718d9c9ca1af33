package dev.haft.tls.bc;

import dev.haft.tls.TlsIdentity;
import dev.haft.tls.TlsTrust;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority of the test's own, and the certificates that it gives. */
final class Pki {
    private static final AtomicLong SERIAL = new AtomicLong(System.nanoTime());

    private final KeyPair key;
    private final X509Certificate certificate;

    private Pki(KeyPair key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    static Pki authority() {
        KeyPair key = keyPair("P-256");
        return new Pki(key, certificate("CN=Test CA", key, "CN=Test CA", key, true));
    }

    static KeyPair keyPair(String kind) {
        try {
            KeyPairGenerator generator =
                    KeyPairGenerator.getInstance(kind.startsWith("P-") ? "EC" : kind.startsWith("RSA") ? "RSA" : kind);
            switch (kind) {
                case "P-256" -> generator.initialize(new ECGenParameterSpec("secp256r1"));
                case "P-384" -> generator.initialize(new ECGenParameterSpec("secp384r1"));
                case "RSA" -> generator.initialize(2048);
                default -> {}
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate certificate(
            String subject, KeyPair of, String issuer, KeyPair by, boolean authority) {
        try {
            Instant now = Instant.now();
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name(issuer),
                    BigInteger.valueOf(SERIAL.incrementAndGet()),
                    Date.from(now.minus(1, ChronoUnit.DAYS)),
                    Date.from(now.plus(30, ChronoUnit.DAYS)),
                    new X500Name(subject),
                    of.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!authority) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, subject.substring(3))));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by.getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    TlsTrust trust() {
        return TlsTrust.certificates(List.of(certificate));
    }

    X509Certificate certificate() {
        return certificate;
    }

    Given give(String name, String kind) {
        return give(name, keyPair(kind));
    }

    Given give(String name, KeyPair pair) {
        return new Given(pair, certificate("CN=" + name, pair, "CN=Test CA", key, false));
    }

    /** A key and its certificate. */
    record Given(KeyPair key, X509Certificate certificate) {
        TlsIdentity identity() {
            return TlsIdentity.of(key.getPrivate(), List.of(certificate));
        }
    }
}
