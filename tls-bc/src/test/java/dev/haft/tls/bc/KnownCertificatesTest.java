package dev.haft.tls.bc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.junit.jupiter.api.Test;

/** Certificates that are parsed once. */
class KnownCertificatesTest {
    private static final Pki PKI = Pki.authority();

    private final KnownCertificates known = new KnownCertificates(new SecureRandom());

    private static byte[] encoded() throws CertificateEncodingException {
        return PKI.give("localhost", "P-256").certificate().getEncoded();
    }

    @Test
    void theSameBytesAreTheSameCertificateWithTheSameKey() throws Exception {
        byte[] bytes = encoded();
        TlsCertificate first = known.certificate(bytes);
        TlsCertificate again = known.certificate(bytes.clone());
        assertSame(first, again);
        assertSame(key(first), key(again));
        assertArrayEquals(bytes, first.getEncoded());
    }

    @Test
    void oneOtherByteIsAnotherCertificate() throws Exception {
        byte[] bytes = encoded();
        TlsCertificate first = known.certificate(bytes);
        byte[] forged = bytes.clone();
        forged[forged.length - 1] ^= 1; // of the signature
        TlsCertificate other = known.certificate(forged);
        assertNotSame(first, other);
        assertArrayEquals(forged, other.getEncoded());
    }

    @Test
    void theOldestAreForgotten() throws Exception {
        byte[] bytes = encoded();
        TlsCertificate first = known.certificate(bytes);
        byte[] other = encoded();
        for (int i = 0; i < 100; i++) {
            byte[] next = other.clone();
            next[next.length - 1] = (byte) i;
            known.certificate(next);
        }
        assertNotSame(first, known.certificate(bytes));
    }

    private static Object key(TlsCertificate certificate) throws IOException {
        return ((BcTlsCertificate) certificate).getPubKeyEC();
    }
}
