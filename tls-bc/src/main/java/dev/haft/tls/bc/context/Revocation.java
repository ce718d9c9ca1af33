package dev.haft.tls.bc.context;

import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.tls.AlertDescription;
import org.jspecify.annotations.Nullable;

/**
 * Looks certificates up in revocation lists (RFC 5280 §6.3) that are there already; complete lists of the issuer itself only.
 * For any thread. Parity {@code tls.crl}.
 */
final class Revocation {
    private static final int CRL_SIGN = 6;

    /** A list and the key that has signed it, checked once: lists may have megabytes. */
    private record Signed(X509CRL crl, X509Certificate issuer) {}

    private final TrustStore trust;
    private final Set<Signed> right = ConcurrentHashMap.newKeySet();

    Revocation(TrustStore trust) {
        this.trust = trust;
    }

    /**
     * Looks one up.
     *
     * @param certificate the certificate
     * @param issuer who has issued it
     * @param now the time
     * @return null if a valid list does not have it
     */
    @Nullable Problem problem(X509Certificate certificate, X509Certificate issuer, Instant now) {
        Problem last = new Problem(
                AlertDescription.certificate_unknown,
                "cannot be checked: there is no revocation list of "
                        + issuer.getSubjectX500Principal().getName());
        for (X509CRL crl : trust.crls(issuer.getSubjectX500Principal())) {
            String unusable = unusable(crl, certificate, issuer, now);
            if (unusable != null) {
                last = new Problem(
                        AlertDescription.certificate_unknown,
                        "cannot be checked: the revocation list of "
                                + issuer.getSubjectX500Principal().getName() + " " + unusable);
                continue;
            }
            X509CRLEntry entry = crl.getRevokedCertificate(certificate.getSerialNumber());
            if (entry == null) {
                return null;
            }
            return new Problem(
                    AlertDescription.certificate_revoked,
                    "was revoked on " + entry.getRevocationDate().toInstant()
                            + (entry.getRevocationReason() == null ? "" : " (" + entry.getRevocationReason() + ")"));
        }
        return last;
    }

    private @Nullable String unusable(X509CRL crl, X509Certificate certificate, X509Certificate issuer, Instant now) {
        boolean[] usage = issuer.getKeyUsage();
        if (usage != null && !usage[CRL_SIGN]) {
            return "is signed with a key that must not sign lists";
        }
        if (now.isBefore(crl.getThisUpdate().toInstant())) {
            return "is not valid before " + crl.getThisUpdate().toInstant();
        }
        if (crl.getNextUpdate() != null && now.isAfter(crl.getNextUpdate().toInstant())) {
            return "has expired on " + crl.getNextUpdate().toInstant();
        }
        String scope = outOfScope(crl, certificate);
        if (scope != null) {
            return scope;
        }
        Signed signed = new Signed(crl, issuer);
        if (!right.contains(signed)) {
            if (!isSignedBy(crl, issuer)) {
                return "has a wrong signature";
            }
            right.add(signed);
        }
        return null;
    }

    /** A list may be for some certificates only, and have other critical extensions that change what it means. */
    private static @Nullable String outOfScope(X509CRL crl, X509Certificate certificate) {
        Set<String> critical = crl.getCriticalExtensionOIDs();
        if (critical == null || critical.isEmpty()) {
            return null;
        }
        if (!critical.equals(Set.of(Extension.issuingDistributionPoint.getId()))) {
            return "has a critical extension that is not known";
        }
        IssuingDistributionPoint point;
        try {
            point = IssuingDistributionPoint.getInstance(
                    ASN1OctetString.getInstance(crl.getExtensionValue(Extension.issuingDistributionPoint.getId()))
                            .getOctets());
        } catch (RuntimeException e) {
            return "has a damaged extension";
        }
        boolean authority = certificate.getBasicConstraints() >= 0;
        return point.isIndirectCRL()
                        || point.onlyContainsAttributeCerts()
                        || point.getOnlySomeReasons() != null
                        || (authority ? point.onlyContainsUserCerts() : point.onlyContainsCACerts())
                ? "is for other certificates"
                : null;
    }

    private static boolean isSignedBy(X509CRL crl, X509Certificate issuer) {
        try {
            Boolean ours = SignatureCheck.verify(
                    new AlgorithmIdentifier(new ASN1ObjectIdentifier(crl.getSigAlgOID())),
                    issuer.getPublicKey().getEncoded(),
                    crl.getTBSCertList(),
                    crl.getSignature());
            if (ours == null) {
                crl.verify(issuer.getPublicKey());
                return true;
            }
            return ours;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
