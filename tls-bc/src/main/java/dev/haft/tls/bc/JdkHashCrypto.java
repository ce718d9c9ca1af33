package dev.haft.tls.bc;

import java.security.SecureRandom;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** BouncyCastle's algorithms on hashes of the JDK, which are several times faster. Has no state: for any thread. */
class JdkHashCrypto extends BcTlsCrypto {
    JdkHashCrypto(SecureRandom random) {
        super(random);
    }

    @Override
    public Digest createDigest(int cryptoHashAlgorithm) {
        String name = JdkDigest.name(cryptoHashAlgorithm);
        return name == null ? super.createDigest(cryptoHashAlgorithm) : new JdkDigest(name);
    }

    @Override
    public Digest cloneDigest(int cryptoHashAlgorithm, Digest digest) {
        return digest instanceof JdkDigest ours ? ours.copy() : super.cloneDigest(cryptoHashAlgorithm, digest);
    }
}
