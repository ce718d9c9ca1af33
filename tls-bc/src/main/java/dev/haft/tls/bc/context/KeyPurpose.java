package dev.haft.tls.bc.context;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.tls.AlertDescription;
import org.jspecify.annotations.Nullable;

/** Whether the keys of a chain are for TLS servers or clients (RFC 5280 §4.2.1.3, §4.2.1.12). */
final class KeyPurpose {
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_AGREEMENT = 4;

    private KeyPurpose() {}

    /**
     * Checks one certificate.
     *
     * @param certificate the certificate
     * @param depth 0: the peer's own; others limit what they may issue
     * @param ofServer whether the peer is a server
     * @return null if it is for that
     */
    static @Nullable Problem problem(X509Certificate certificate, int depth, boolean ofServer) {
        boolean[] usage = certificate.getKeyUsage();
        if (depth == 0
                && usage != null
                && !usage[DIGITAL_SIGNATURE]
                && !usage[KEY_ENCIPHERMENT]
                && !usage[KEY_AGREEMENT]) {
            return new Problem(AlertDescription.unsupported_certificate, "has a key that is not for TLS (key usage)");
        }
        List<String> purposes;
        try {
            purposes = certificate.getExtendedKeyUsage();
        } catch (CertificateParsingException e) {
            return new Problem(AlertDescription.bad_certificate, "has a damaged extension: " + e.getMessage());
        }
        String wanted = (ofServer ? KeyPurposeId.id_kp_serverAuth : KeyPurposeId.id_kp_clientAuth).getId();
        if (purposes == null
                || purposes.contains(wanted)
                || purposes.contains(KeyPurposeId.anyExtendedKeyUsage.getId())) {
            return null;
        }
        return new Problem(
                AlertDescription.unsupported_certificate,
                "is not for TLS " + (ofServer ? "servers" : "clients") + " (extended key usage)");
    }
}
