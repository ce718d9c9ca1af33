package dev.haft.tls.bc.context;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/**
 * The signatures of certificates that were found right last: who connects again and again meets the same chains, and a
 * signature that was right stays so, whatever else becomes of its certificate. For any thread.
 */
final class KnownSignatures {
    /** How a signature is checked that is not known yet. */
    interface Check {
        void verify(X509Certificate certificate, PublicKey key)
                throws CertificateException, NoSuchAlgorithmException, InvalidKeyException, NoSuchProviderException,
                        SignatureException;
    }

    private static final int MOST = 256;

    private final Check check;
    private final RecentlyUsed<Boolean> right = new RecentlyUsed<>(MOST);

    KnownSignatures(Check check) {
        this.check = check;
    }

    /**
     * Checks that the owner of a key has signed a certificate.
     *
     * @throws SignatureException if it is not so
     */
    void verify(X509Certificate certificate, PublicKey key)
            throws CertificateException, NoSuchAlgorithmException, InvalidKeyException, NoSuchProviderException,
                    SignatureException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] signer = key.getEncoded();
        // Its length keeps the two apart.
        digest.update(ByteBuffer.allocate(4).putInt(0, signer.length));
        digest.update(signer);
        ByteBuffer both = ByteBuffer.wrap(digest.digest(certificate.getEncoded()));
        if (right.get(both) == null) {
            check.verify(certificate, key);
            right.put(both, Boolean.TRUE);
        }
    }
}
