package dev.haft.tls.bc;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.crypto.ExtendedDigest;
import org.bouncycastle.tls.crypto.CryptoHashAlgorithm;
import org.jspecify.annotations.Nullable;

/** A hash of the JDK's, as BouncyCastle's algorithms take it. */
final class JdkDigest implements ExtendedDigest {
    private final MessageDigest digest;

    JdkDigest(String name) {
        this(of(name));
    }

    private JdkDigest(MessageDigest digest) {
        this.digest = digest;
    }

    /** The JDK's name; null for what it need not do. */
    static @Nullable String name(int cryptoHashAlgorithm) {
        return switch (cryptoHashAlgorithm) {
            case CryptoHashAlgorithm.sha1 -> "SHA-1";
            case CryptoHashAlgorithm.sha256 -> "SHA-256";
            case CryptoHashAlgorithm.sha384 -> "SHA-384";
            case CryptoHashAlgorithm.sha512 -> "SHA-512";
            default -> null;
        };
    }

    static MessageDigest of(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    JdkDigest copy() {
        return new JdkDigest(copy(digest));
    }

    @Override
    public String getAlgorithmName() {
        return digest.getAlgorithm();
    }

    @Override
    public int getDigestSize() {
        return digest.getDigestLength();
    }

    @Override
    public int getByteLength() {
        return digest.getDigestLength() > 32 ? 128 : 64;
    }

    @Override
    public void update(byte in) {
        digest.update(in);
    }

    @Override
    public void update(byte[] in, int inOff, int len) {
        digest.update(in, inOff, len);
    }

    @Override
    public int doFinal(byte[] out, int outOff) {
        try {
            return digest.digest(out, outOff, digest.getDigestLength());
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void reset() {
        digest.reset();
    }
}
