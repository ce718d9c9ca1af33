package dev.haft.tls.bc.context;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** Makes certificates, revocation lists and OCSP responses for tests. */
final class Pki {
    private static final Provider BC = new BouncyCastleProvider();
    private static final AtomicLong SERIAL = new AtomicLong(1000);

    /** A certificate and its key. */
    record Issued(X509Certificate certificate, PrivateKey key, String algorithm) {
        String name() {
            return certificate.getSubjectX500Principal().getName();
        }
    }

    /** What is in a certificate. */
    static final class Spec {
        final String name;
        String algorithm = "EC";
        Instant from = Instant.now().minus(Duration.ofDays(2));
        Instant until = Instant.now().plus(Duration.ofDays(30));
        BasicConstraints constraints = new BasicConstraints(false);
        Integer usage;
        KeyPurposeId[] purposes = {};
        GeneralName[] names = {};
        String permitted;
        ASN1Encodable features;
        boolean unknownCritical;
        boolean ids = true;

        private Spec(String name) {
            this.name = name;
        }

        Spec algorithm(String value) {
            algorithm = value;
            return this;
        }

        Spec valid(Instant from, Instant until) {
            this.from = from;
            this.until = until;
            return this;
        }

        Spec pathLength(int value) {
            constraints = new BasicConstraints(value);
            return this;
        }

        Spec usage(int value) {
            usage = value;
            return this;
        }

        Spec purposes(KeyPurposeId... value) {
            purposes = value;
            return this;
        }

        Spec dns(String... value) {
            names = Arrays.stream(value)
                    .map(name -> new GeneralName(GeneralName.dNSName, name))
                    .toArray(GeneralName[]::new);
            return this;
        }

        Spec names(GeneralName... value) {
            names = value;
            return this;
        }

        Spec permitted(String domain) {
            permitted = domain;
            return this;
        }

        /** What the extension of RFC 7633 has. */
        Spec features(ASN1Encodable value) {
            features = value;
            return this;
        }

        /** With the features of RFC 7633, numbers of extensions. */
        Spec features(int... value) {
            return features(new DERSequence(
                    Arrays.stream(value).mapToObj(ASN1Integer::new).toArray(ASN1Integer[]::new)));
        }

        Spec withoutIds() {
            ids = false;
            return this;
        }

        Spec unknownCritical() {
            unknownCritical = true;
            return this;
        }
    }

    private Pki() {}

    static Spec authority(String name) {
        Spec spec = new Spec(name);
        spec.constraints = new BasicConstraints(true);
        spec.usage = KeyUsage.keyCertSign | KeyUsage.cRLSign;
        return spec;
    }

    static Spec leaf(String name) {
        return new Spec(name);
    }

    static Issued root(Spec spec) throws Exception {
        return issue(null, spec);
    }

    static Issued issue(Issued issuer, Spec spec) throws Exception {
        KeyPair pair = keys(spec.algorithm);
        X509Certificate certificate = certify(issuer, pair.getPublic(), pair.getPrivate(), spec);
        return new Issued(certificate, pair.getPrivate(), spec.algorithm);
    }

    /** Another certificate for a key that has one. */
    static X509Certificate certify(Issued issuer, Issued owner, Spec spec) throws Exception {
        return certify(issuer, owner.certificate().getPublicKey(), owner.key(), spec);
    }

    private static X509Certificate certify(Issued issuer, PublicKey publicKey, PrivateKey own, Spec spec)
            throws Exception {
        PrivateKey signing = issuer == null ? own : issuer.key();
        X500Name name = new X500Name("CN=" + spec.name);
        X500Name issuerName = issuer == null
                ? name
                : X500Name.getInstance(
                        issuer.certificate().getSubjectX500Principal().getEncoded());
        SubjectPublicKeyInfo key = SubjectPublicKeyInfo.getInstance(publicKey.getEncoded());
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                issuerName,
                BigInteger.valueOf(SERIAL.incrementAndGet()),
                Date.from(spec.from),
                Date.from(spec.until),
                name,
                key);
        JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
        if (!spec.ids) {
            builder.addExtension(Extension.basicConstraints, true, spec.constraints);
            return Pem.certificate(builder.build(signer(issuer == null ? spec.algorithm : issuer.algorithm(), signing))
                    .getEncoded());
        }
        builder.addExtension(Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(key));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                ids.createAuthorityKeyIdentifier(
                        issuer == null ? publicKey : issuer.certificate().getPublicKey()));
        builder.addExtension(Extension.basicConstraints, true, spec.constraints);
        if (spec.usage != null) {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(spec.usage));
        }
        if (spec.purposes.length > 0) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(spec.purposes));
        }
        if (spec.names.length > 0) {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(spec.names));
        }
        if (spec.permitted != null) {
            builder.addExtension(
                    Extension.nameConstraints,
                    true,
                    new NameConstraints(
                            new GeneralSubtree[] {
                                new GeneralSubtree(new GeneralName(GeneralName.dNSName, spec.permitted))
                            },
                            null));
        }
        if (spec.features != null) {
            builder.addExtension(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.24"), false, spec.features);
        }
        if (spec.unknownCritical) {
            builder.addExtension(new ASN1ObjectIdentifier("1.2.3.4.5"), true, DERNull.INSTANCE);
        }
        X509CertificateHolder holder =
                builder.build(signer(issuer == null ? spec.algorithm : issuer.algorithm(), signing));
        return Pem.certificate(holder.getEncoded());
    }

    static KeyPair keys(String algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, BC);
        if (algorithm.equals("EC")) {
            generator.initialize(256);
        } else if (algorithm.equals("RSA")) {
            generator.initialize(2048);
        }
        return generator.generateKeyPair();
    }

    private static ContentSigner signer(String algorithm, PrivateKey key) throws Exception {
        String signature = switch (algorithm) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> algorithm;
        };
        return new JcaContentSignerBuilder(signature).setProvider(BC).build(key);
    }

    static X509CRL crl(Issued issuer, Instant until, X509Certificate... revoked) throws Exception {
        JcaX509v2CRLBuilder builder = new JcaX509v2CRLBuilder(
                issuer.certificate().getSubjectX500Principal(),
                Date.from(Instant.now().minus(Duration.ofDays(1))));
        builder.setNextUpdate(Date.from(until));
        for (X509Certificate certificate : revoked) {
            builder.addCRLEntry(certificate.getSerialNumber(), Date.from(Instant.now()), CRLReason.keyCompromise);
        }
        return new JcaX509CRLConverter().getCRL(builder.build(signer(issuer.algorithm(), issuer.key())));
    }

    /** An OCSP response; status null: good. */
    static byte[] ocsp(
            X509Certificate about,
            X509Certificate issuer,
            Issued signer,
            CertificateStatus status,
            Instant from,
            Instant until)
            throws Exception {
        DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
        CertificateID id = new CertificateID(
                digests.get(new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1)),
                new X509CertificateHolder(issuer.getEncoded()),
                about.getSerialNumber());
        BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(new RespID(X500Name.getInstance(
                signer.certificate().getSubjectX500Principal().getEncoded())));
        builder.addResponse(id, status, Date.from(from), until == null ? null : Date.from(until));
        X509CertificateHolder[] certificates = {
            new X509CertificateHolder(signer.certificate().getEncoded())
        };
        OCSPResp response = new OCSPRespBuilder()
                .build(
                        OCSPRespBuilder.SUCCESSFUL,
                        builder.build(
                                signer(signer.algorithm(), signer.key()), certificates, Date.from(Instant.now())));
        return response.getEncoded();
    }

    static String pem(Object... objects) throws IOException {
        StringWriter text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                writer.writeObject(object);
            }
        }
        return text.toString();
    }

    static List<byte[]> encoded(Issued... chain) throws GeneralSecurityException {
        List<byte[]> all = new ArrayList<>();
        for (Issued issued : chain) {
            all.add(issued.certificate().getEncoded());
        }
        return all;
    }
}
