package dev.haft.tls.bc;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.bouncycastle.tls.EncryptionAlgorithm;
import org.jspecify.annotations.Nullable;

/** The ciphers of records that the JDK has: with its intrinsics they are many times faster than any in Java alone. */
enum Aead {
    AES_128_GCM("AES/GCM/NoPadding", "AES", 16),
    AES_256_GCM("AES/GCM/NoPadding", "AES", 32),
    CHACHA20_POLY1305("ChaCha20-Poly1305", "ChaCha20", 32);

    static final int TAG_BYTES = 16;
    static final int NONCE_BYTES = 12;

    private final String transformation;
    final String key;
    final int keyBytes;

    Aead(String transformation, String key, int keyBytes) {
        this.transformation = transformation;
        this.key = key;
        this.keyBytes = keyBytes;
    }

    /** By BouncyCastle's number; null if it is none of these. */
    static @Nullable Aead of(int encryptionAlgorithm) {
        return switch (encryptionAlgorithm) {
            case EncryptionAlgorithm.AES_128_GCM -> AES_128_GCM;
            case EncryptionAlgorithm.AES_256_GCM -> AES_256_GCM;
            case EncryptionAlgorithm.CHACHA20_POLY1305 -> CHACHA20_POLY1305;
            default -> null;
        };
    }

    /** The JDK's own, even where another provider comes first. */
    Cipher cipher() throws GeneralSecurityException {
        Provider jdk = Security.getProvider("SunJCE");
        return jdk == null ? Cipher.getInstance(transformation) : Cipher.getInstance(transformation, jdk);
    }

    AlgorithmParameterSpec parameters(byte[] nonce) {
        return this == CHACHA20_POLY1305 ? new IvParameterSpec(nonce) : new GCMParameterSpec(8 * TAG_BYTES, nonce);
    }
}
