package dev.haft.tls.bc.context;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ocsp.ResponderID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.tls.AlertDescription;
import org.jspecify.annotations.Nullable;

/** Checks a stapled OCSP response (RFC 6960 §3.2, §4.2.2.2). */
final class OcspCheck {
    /** How far the clocks of both sides may be apart. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** How old a response may be that does not say when the next one comes. */
    private static final Duration FRESH = Duration.ofDays(1);

    private OcspCheck() {}

    /**
     * Checks a response.
     *
     * @param encoded DER
     * @param certificate the certificate in question
     * @param issuer who has issued it
     * @param now the time
     * @return null if it says that the certificate is good, and may be believed
     */
    static @Nullable Problem problem(byte[] encoded, X509Certificate certificate, X509Certificate issuer, Instant now) {
        try {
            OCSPResp response = new OCSPResp(encoded);
            if (response.getStatus() != OCSPResp.SUCCESSFUL
                    || !(response.getResponseObject() instanceof BasicOCSPResp basic)) {
                return invalid("says error " + response.getStatus());
            }
            SingleResp single = find(basic, certificate, issuer);
            if (single == null) {
                return invalid("is about another certificate");
            }
            String signer = signerProblem(basic, issuer, now);
            if (signer != null) {
                return invalid(signer);
            }
            String dates = datesProblem(single, now);
            if (dates != null) {
                return invalid(dates);
            }
            CertificateStatus status = single.getCertStatus();
            if (status == CertificateStatus.GOOD) {
                return null;
            }
            return status instanceof RevokedStatus revoked
                    ? new Problem(
                            AlertDescription.certificate_revoked,
                            "was revoked on " + revoked.getRevocationTime().toInstant() + " (OCSP)")
                    : invalid("says that the certificate is not known");
        } catch (IOException | OCSPException | GeneralSecurityException | RuntimeException e) {
            return invalid("is damaged: " + e.getMessage());
        }
    }

    private static Problem invalid(String why) {
        return new Problem(AlertDescription.bad_certificate_status_response, "comes with an OCSP response that " + why);
    }

    private static @Nullable SingleResp find(
            BasicOCSPResp response, X509Certificate certificate, X509Certificate issuer)
            throws GeneralSecurityException {
        for (SingleResp single : response.getResponses()) {
            CertificateID id = single.getCertID();
            String hash = hashName(id);
            if (hash != null
                    && id.getSerialNumber().equals(certificate.getSerialNumber())
                    && Arrays.equals(
                            id.getIssuerNameHash(),
                            digest(hash, certificate.getIssuerX500Principal().getEncoded()))
                    && Arrays.equals(id.getIssuerKeyHash(), keyHash(hash, issuer))) {
                return single;
            }
        }
        return null;
    }

    private static @Nullable String hashName(CertificateID id) {
        return switch (id.getHashAlgOID().getId()) {
            case "1.3.14.3.2.26" -> "SHA-1";
            case "2.16.840.1.101.3.4.2.1" -> "SHA-256";
            case "2.16.840.1.101.3.4.2.2" -> "SHA-384";
            case "2.16.840.1.101.3.4.2.3" -> "SHA-512";
            default -> null;
        };
    }

    private static byte[] digest(String hash, byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance(hash).digest(bytes);
    }

    /** Of the bits of the key, without what says which kind it is. */
    private static byte[] keyHash(String hash, X509Certificate certificate) throws GeneralSecurityException {
        SubjectPublicKeyInfo key =
                SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded());
        return digest(hash, key.getPublicKeyData().getBytes());
    }

    /** It is signed by the issuer itself, or by one whom it has charged with it, whose certificate is in the response. */
    private static @Nullable String signerProblem(BasicOCSPResp response, X509Certificate issuer, Instant now)
            throws IOException, OCSPException, GeneralSecurityException {
        if (isResponder(response, issuer)) {
            return isSignedBy(response, issuer) ? null : "has a wrong signature";
        }
        for (X509CertificateHolder holder : response.getCerts()) {
            X509Certificate delegate = Pem.certificate(holder.getEncoded());
            if (isResponder(response, delegate)) {
                String problem = delegateProblem(delegate, issuer, now);
                return problem != null ? problem : isSignedBy(response, delegate) ? null : "has a wrong signature";
            }
        }
        return "is signed by somebody else";
    }

    private static @Nullable String delegateProblem(X509Certificate delegate, X509Certificate issuer, Instant now)
            throws CertificateParsingException {
        List<String> purposes = delegate.getExtendedKeyUsage();
        if (purposes == null || !purposes.contains(KeyPurposeId.id_kp_OCSPSigning.getId())) {
            return "is signed by one who must not sign any";
        }
        Problem dates = PathRules.dates(delegate, now);
        if (dates != null) {
            return "is signed with a certificate that " + dates.text();
        }
        PathRules.Finding finding =
                new PathRules(now, CheckedCertificate::verify).check(List.of(delegate, issuer), 1, false);
        return finding == null
                ? null
                : "is signed with a certificate that " + finding.problem().text();
    }

    private static boolean isResponder(BasicOCSPResp response, X509Certificate certificate)
            throws GeneralSecurityException {
        ResponderID id = response.getResponderId().toASN1Primitive();
        byte[] keyHash = id.getKeyHash();
        return keyHash != null
                ? Arrays.equals(keyHash, keyHash("SHA-1", certificate))
                : id.getName()
                        .equals(X500Name.getInstance(
                                certificate.getSubjectX500Principal().getEncoded()));
    }

    private static boolean isSignedBy(BasicOCSPResp response, X509Certificate signer) throws OCSPException {
        Boolean ours = SignatureCheck.verify(
                response.getSignatureAlgorithmID(),
                signer.getPublicKey().getEncoded(),
                response.getTBSResponseData(),
                response.getSignature());
        if (ours != null) {
            return ours;
        }
        try {
            return response.isSignatureValid(new JcaContentVerifierProviderBuilder().build(signer.getPublicKey()));
        } catch (OperatorCreationException e) {
            return false;
        }
    }

    private static @Nullable String datesProblem(SingleResp single, Instant now) {
        Instant from = single.getThisUpdate().toInstant();
        Date next = single.getNextUpdate();
        if (from.isAfter(now.plus(SKEW))) {
            return "is not valid before " + from;
        }
        Instant until = next == null ? from.plus(FRESH) : next.toInstant();
        return until.isBefore(now.minus(SKEW)) ? "has expired on " + until : null;
    }
}
