package dev.haft.tls.bc.context;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.tls.AlertDescription;
import org.jspecify.annotations.Nullable;

/** The rules of RFC 5280 §6.1 for a chain, as the JDK knows them: signatures, dates, constraints, key usage, policies. */
final class PathRules {
    /**
     * What is wrong.
     *
     * @param depth with which certificate
     * @param problem why
     */
    record Finding(int depth, Problem problem) {}

    private final CertificateFactory factory;
    private final Date now;
    private final KnownSignatures.Check signatures;

    PathRules(Instant now, KnownSignatures.Check signatures) {
        this.now = Date.from(now);
        this.signatures = signatures;
        try {
            factory = CertificateFactory.getInstance("X.509");
        } catch (CertificateException e) {
            throw new IllegalStateException("this Java runtime has no X.509 certificates", e);
        }
    }

    /**
     * Checks the certificates below a depth of a chain, given that the one at that depth is trusted.
     *
     * @param chain the peer's own first
     * @param top the depth of the one that is trusted
     * @param limits whether the limits that the trusted one sets in its extensions hold for those below it
     * @return the first thing that is wrong, from the top down; null if nothing
     */
    @Nullable Finding check(List<X509Certificate> chain, int top, boolean limits) {
        if (top == 0) {
            return null;
        }
        X509Certificate trusted = chain.get(top);
        List<CheckedCertificate> path = new ArrayList<>();
        chain.subList(0, top).forEach(certificate -> path.add(new CheckedCertificate(certificate, signatures)));
        TrustAnchor anchor = new TrustAnchor(trusted, null);
        if (limits && hasLimits(trusted)) {
            // The JDK does not look into the extensions of an anchor: make it the first of those below an anchor that
            // has
            // signed it in name only.
            path.add(new CheckedCertificate(trusted, (certificate, key) -> {}));
            anchor = new TrustAnchor(trusted.getIssuerX500Principal(), trusted.getPublicKey(), null);
        }
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
            parameters.setRevocationEnabled(false); // done by Revocation, which says more
            parameters.setDate(now);
            validator().validate(factory.generateCertPath(path), parameters);
            return null;
        } catch (CertPathValidatorException e) {
            int depth = e.getIndex() >= 0 && e.getIndex() < path.size() ? e.getIndex() : 0;
            return new Finding(depth, problem(chain.get(depth), e));
        } catch (CertificateException | InvalidAlgorithmParameterException | RuntimeException e) {
            return new Finding(0, new Problem(AlertDescription.bad_certificate, "cannot be checked: " + e));
        }
    }

    private static boolean hasLimits(X509Certificate authority) {
        int pathLength = authority.getBasicConstraints();
        return (pathLength >= 0 && pathLength < Integer.MAX_VALUE)
                || authority.getExtensionValue(Extension.nameConstraints.getId()) != null;
    }

    /** The JDK's own one, whatever providers the program has registered. */
    private static CertPathValidator validator() {
        try {
            return CertPathValidator.getInstance("PKIX", "SUN");
        } catch (NoSuchAlgorithmException | NoSuchProviderException e) {
            try {
                return CertPathValidator.getInstance("PKIX");
            } catch (GeneralSecurityException none) {
                throw new IllegalStateException("this Java runtime cannot validate certificates", none);
            }
        }
    }

    /** The dates of one certificate. */
    static @Nullable Problem dates(X509Certificate certificate, Instant now) {
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            return new Problem(
                    AlertDescription.certificate_expired,
                    "has expired on " + certificate.getNotAfter().toInstant());
        }
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            return new Problem(
                    AlertDescription.bad_certificate,
                    "is not valid before " + certificate.getNotBefore().toInstant());
        }
        return null;
    }

    private Problem problem(X509Certificate certificate, CertPathValidatorException e) {
        CertPathValidatorException.Reason reason = e.getReason();
        if (reason == BasicReason.EXPIRED || reason == BasicReason.NOT_YET_VALID) {
            Problem dates = dates(certificate, now.toInstant());
            if (dates != null) {
                return dates;
            }
        }
        if (reason == BasicReason.INVALID_SIGNATURE) {
            return new Problem(AlertDescription.decrypt_error, "has a wrong signature");
        }
        if (reason == BasicReason.ALGORITHM_CONSTRAINED) {
            return new Problem(AlertDescription.bad_certificate, "uses what is not secure enough: " + e.getMessage());
        }
        if (reason == PKIXReason.NOT_CA_CERT) {
            return new Problem(AlertDescription.unknown_ca, "is not that of an authority, but has issued one");
        }
        if (reason == PKIXReason.PATH_TOO_LONG) {
            return new Problem(
                    AlertDescription.unknown_ca, "has issued more authorities in a row than it may (path length)");
        }
        if (reason == PKIXReason.INVALID_KEY_USAGE) {
            return new Problem(AlertDescription.unsupported_certificate, "has a key that must not sign certificates");
        }
        if (reason == PKIXReason.INVALID_NAME) {
            return new Problem(AlertDescription.bad_certificate, "has a name that an authority above must not give");
        }
        if (reason == PKIXReason.UNRECOGNIZED_CRIT_EXT) {
            return new Problem(AlertDescription.unsupported_certificate, "has a critical extension that is not known");
        }
        return new Problem(AlertDescription.bad_certificate, "does not pass: " + e.getMessage());
    }
}
