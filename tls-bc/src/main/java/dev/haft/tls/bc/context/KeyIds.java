package dev.haft.tls.bc.context;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.jspecify.annotations.Nullable;

/** Tells who may have issued a certificate, by the names and key identifiers in them. Proves nothing. */
final class KeyIds {
    private KeyIds() {}

    static boolean mayHaveIssued(X509Certificate issuer, X509Certificate certificate) {
        if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        byte[] wanted = authority(certificate.getExtensionValue(Extension.authorityKeyIdentifier.getId()));
        byte[] own = subject(issuer);
        return wanted == null || own == null || Arrays.equals(wanted, own);
    }

    static byte @Nullable [] authority(byte @Nullable [] extension) {
        if (extension == null) {
            return null;
        }
        try {
            return AuthorityKeyIdentifier.getInstance(
                            ASN1OctetString.getInstance(extension).getOctets())
                    .getKeyIdentifierOctets();
        } catch (RuntimeException e) {
            return null; // a hint only
        }
    }

    private static byte @Nullable [] subject(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(Extension.subjectKeyIdentifier.getId());
        if (extension == null) {
            return null;
        }
        try {
            return SubjectKeyIdentifier.getInstance(
                            ASN1OctetString.getInstance(extension).getOctets())
                    .getKeyIdentifier();
        } catch (RuntimeException e) {
            return null; // a hint only
        }
    }
}
