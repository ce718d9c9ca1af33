package dev.haft.tls.bc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsSecret;

/**
 * The key of a ticket. BouncyCastle takes each PSK for an external one; what it derives from this one has the label of
 * resumption instead (RFC 8446 §7.1): "res binder" for "ext binder".
 */
final class ResumptionSecret extends BcTlsSecret {
    ResumptionSecret(HybridCrypto crypto, byte[] psk) {
        super(crypto, psk);
    }

    /** The zeros that a PSK is extracted with. */
    static final class Salt extends BcTlsSecret {
        private final HybridCrypto owner;

        Salt(HybridCrypto crypto, byte[] zeros) {
            super(crypto, zeros);
            owner = crypto;
        }

        @Override
        public synchronized TlsSecret hkdfExtract(int cryptoHashAlgorithm, TlsSecret ikm) {
            TlsSecret extracted = super.hkdfExtract(cryptoHashAlgorithm, ikm);
            return ikm instanceof ResumptionSecret ? new Early(owner, extracted.extract()) : extracted;
        }
    }

    /** The early secret of a resumption. */
    private static final class Early extends BcTlsSecret {
        private static final byte[] EXTERNAL = "tls13 ext binder".getBytes(StandardCharsets.US_ASCII);
        private static final int LABEL_AT = 3;

        Early(HybridCrypto crypto, byte[] data) {
            super(crypto, data);
        }

        @Override
        public synchronized TlsSecret hkdfExpand(int cryptoHashAlgorithm, byte[] info, int length) {
            byte[] changed = info;
            if (isExternal(info)) {
                changed = info.clone();
                changed[LABEL_AT + 6] = 'r';
                changed[LABEL_AT + 7] = 'e';
                changed[LABEL_AT + 8] = 's';
            }
            return super.hkdfExpand(cryptoHashAlgorithm, changed, length);
        }

        private static boolean isExternal(byte[] info) {
            return info.length >= LABEL_AT + EXTERNAL.length
                    && Arrays.equals(info, LABEL_AT, LABEL_AT + EXTERNAL.length, EXTERNAL, 0, EXTERNAL.length);
        }
    }
}
