package dev.haft.tls.bc;

import dev.haft.tls.bc.context.RecentlyUsed;
import dev.haft.tls.bc.context.TlsFeatures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that peers have shown last, parsed, with their public keys: BouncyCastle makes tables for a key that it
 * meets again, with which it verifies its signatures more than twice as fast. That a certificate is known says nothing about
 * whether it is to be trusted: that is asked each time. For any thread.
 */
final class KnownCertificates {
    /** A key comes to about 10 KB with its tables. */
    private static final int MOST = 64;

    private static final int MOST_BYTES = 8192;

    private final JdkHashCrypto crypto;
    private final RecentlyUsed<TlsCertificate> known = new RecentlyUsed<>(MOST);

    KnownCertificates(SecureRandom random) {
        crypto = new JdkHashCrypto(random);
    }

    /** The certificate of these bytes, which must not be changed. */
    TlsCertificate certificate(byte[] encoded) throws IOException {
        if (encoded.length > MOST_BYTES) {
            return new WithKey(crypto, encoded);
        }
        ByteBuffer key = ByteBuffer.wrap(encoded);
        TlsCertificate found = known.get(key);
        if (found != null) {
            return found;
        }
        TlsCertificate made = new WithKey(crypto, encoded);
        known.put(key, made);
        return made;
    }

    /** Keeps the key, which BouncyCastle would make anew each time it is asked for. Stapling is checked with the chain. */
    private static final class WithKey extends BcTlsCertificate {
        private final @Nullable AsymmetricKeyParameter key;

        WithKey(JdkHashCrypto crypto, byte[] encoded) throws IOException {
            super(crypto, encoded);
            key = key();
        }

        /** A key of a kind that nobody knows matters only if it is asked for. */
        private @Nullable AsymmetricKeyParameter key() {
            try {
                return super.getPublicKey();
            } catch (IOException e) {
                return null;
            }
        }

        @Override
        public byte @Nullable [] getExtension(ASN1ObjectIdentifier extensionOID) throws IOException {
            byte[] value = super.getExtension(extensionOID);
            return value != null && extensionOID.equals(TlsFeatures.ID) ? TlsFeatures.withoutStapling(value) : value;
        }

        @Override
        protected AsymmetricKeyParameter getPublicKey() throws IOException {
            AsymmetricKeyParameter made = key;
            return made == null ? super.getPublicKey() : made;
        }
    }
}
