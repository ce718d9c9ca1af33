package dev.haft.tls.bc;

import java.security.MessageDigest;
import org.bouncycastle.tls.crypto.TlsHash;

/** A hash of the JDK's. */
final class JdkHash implements TlsHash {
    private final HybridCrypto crypto;
    private final MessageDigest digest;

    JdkHash(HybridCrypto crypto, MessageDigest digest) {
        this.crypto = crypto;
        this.digest = digest;
    }

    @Override
    public void update(byte[] input, int inOff, int length) {
        digest.update(input, inOff, length);
    }

    @Override
    public byte[] calculateHash() {
        return digest.digest();
    }

    @Override
    public TlsHash cloneHash() {
        crypto.noteTranscript(this);
        return copy();
    }

    TlsHash copy() {
        return new JdkHash(crypto, JdkDigest.copy(digest));
    }

    @Override
    public void reset() {
        digest.reset();
    }
}
