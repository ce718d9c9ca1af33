package dev.haft.tls.bc;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key schedules of TLS 1.2 (RFC 5246 §5) and TLS 1.3 (RFC 8446 §7.1), on one of their two hashes. */
enum KeyDerivation {
    SHA_256("SHA-256", "HmacSHA256", 32),
    SHA_384("SHA-384", "HmacSHA384", 48);

    private static final byte[] PREFIX = "tls13 ".getBytes(StandardCharsets.US_ASCII);

    private final String hash;
    private final String hmac;
    private final int bytes;

    KeyDerivation(String hash, String hmac, int bytes) {
        this.hash = hash;
        this.hmac = hmac;
        this.bytes = bytes;
    }

    /** The size of the hash and of each secret. */
    int bytes() {
        return bytes;
    }

    String hash() {
        return hash;
    }

    byte[] hash(byte[] of) {
        try {
            return MessageDigest.getInstance(hash).digest(of);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(hmac);
            mac.init(new SecretKeySpec(key, hmac));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** HKDF-Expand-Label of RFC 8446 §7.1. */
    byte[] expandLabel(byte[] secret, String label, byte[] context, int length) {
        byte[] name = label.getBytes(StandardCharsets.US_ASCII);
        byte[] info = new byte[2 + 1 + PREFIX.length + name.length + 1 + context.length];
        info[0] = (byte) (length >>> 8);
        info[1] = (byte) length;
        info[2] = (byte) (PREFIX.length + name.length);
        System.arraycopy(PREFIX, 0, info, 3, PREFIX.length);
        System.arraycopy(name, 0, info, 3 + PREFIX.length, name.length);
        int end = 3 + PREFIX.length + name.length;
        info[end] = (byte) context.length;
        System.arraycopy(context, 0, info, end + 1, context.length);

        Mac mac = mac(secret);
        byte[] out = new byte[length];
        byte[] block = new byte[0];
        for (int at = 0, n = 1; at < length; at += bytes, n++) {
            mac.update(block);
            mac.update(info);
            block = mac.doFinal(new byte[] {(byte) n});
            System.arraycopy(block, 0, out, at, Math.min(bytes, length - at));
        }
        return out;
    }

    /** PRF of RFC 5246 §5. */
    byte[] prf(byte[] secret, String label, byte[] seed, int length) {
        byte[] name = label.getBytes(StandardCharsets.US_ASCII);
        byte[] labelled = Arrays.copyOf(name, name.length + seed.length);
        System.arraycopy(seed, 0, labelled, name.length, seed.length);
        Mac mac = mac(secret);
        byte[] out = new byte[length];
        byte[] a = labelled;
        for (int at = 0; at < length; at += bytes) {
            a = mac.doFinal(a);
            mac.update(a);
            byte[] block = mac.doFinal(labelled);
            System.arraycopy(block, 0, out, at, Math.min(bytes, length - at));
        }
        return out;
    }
}
