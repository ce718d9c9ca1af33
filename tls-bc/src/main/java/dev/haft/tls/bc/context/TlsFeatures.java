package dev.haft.tls.bc.context;

import java.io.IOException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.jspecify.annotations.Nullable;

/** What a certificate says that its server always does (RFC 7633): numbers of TLS extensions. */
public final class TlsFeatures {
    /** The extension's name. */
    public static final ASN1ObjectIdentifier ID = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.24");

    private static final ASN1Integer STATUS_REQUEST = new ASN1Integer(TlsExtensionsUtils.EXT_status_request);

    private TlsFeatures() {}

    /** What is wrong with a certificate that a client has asked an OCSP response for and that came without one. */
    static @Nullable Problem withoutResponse(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(ID.getId());
        if (extension == null) {
            return null;
        }
        try {
            for (ASN1Encodable feature :
                    features(ASN1OctetString.getInstance(extension).getOctets())) {
                if (STATUS_REQUEST.equals(feature)) {
                    return new Problem(
                            AlertDescription.bad_certificate_status_response,
                            "must come with an OCSP response, and came without");
                }
            }
            return null;
        } catch (IOException e) {
            return new Problem(AlertDescription.bad_certificate, "has a damaged extension: " + e.getMessage());
        }
    }

    /**
     * The extension without what it says of stapling: BouncyCastle looks for the answer where TLS 1.3 does not have it, and does
     * not ask the program's callback.
     *
     * @param extension its value in DER
     * @return the rest; what cannot be read is left as it is
     */
    public static byte[] withoutStapling(byte[] extension) {
        try {
            ASN1Sequence all = features(extension);
            ASN1EncodableVector others = new ASN1EncodableVector();
            for (ASN1Encodable feature : all) {
                if (!STATUS_REQUEST.equals(feature)) {
                    others.add(feature);
                }
            }
            return others.size() == all.size() ? extension : new DERSequence(others).getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            return extension;
        }
    }

    private static ASN1Sequence features(byte[] extension) throws IOException {
        if (ASN1Primitive.fromByteArray(extension) instanceof ASN1Sequence features) {
            return features;
        }
        throw new IOException("its TLS features are no sequence");
    }
}
