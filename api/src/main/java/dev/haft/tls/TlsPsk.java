package dev.haft.tls;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A key that both ends know already (an external PSK of TLS 1.3, RFC 8446 §4.2.11). Immutable.
 *
 * <p>It is used with a fresh key exchange ({@code psk_dhe_ke}) only, so that what was recorded stays secret if it becomes known.
 */
public final class TlsPsk {
    private final byte[] identity;
    private final byte[] key;
    private final String hash;

    private TlsPsk(byte[] identity, byte[] key, String hash) {
        this.identity = identity.clone();
        this.key = key.clone();
        this.hash = hash;
        if (identity.length < 1 || identity.length > 0xffff) {
            throw new IllegalArgumentException("identity: " + identity.length + " bytes, must be 1 to 65535");
        }
        if (key.length < 16) {
            throw new IllegalArgumentException("key: " + key.length + " bytes, must be at least 16");
        }
        if (!hash.equals("SHA-256") && !hash.equals("SHA-384")) {
            throw new IllegalArgumentException("hash: " + hash + ", must be SHA-256 or SHA-384");
        }
    }

    /**
     * A key for suites with SHA-256, the usual.
     *
     * @param identity its name, in UTF-8
     * @param key at least 16 bytes
     * @return the key
     */
    public static TlsPsk of(String identity, byte[] key) {
        return new TlsPsk(identity.getBytes(StandardCharsets.UTF_8), key, "SHA-256");
    }

    /**
     * A key.
     *
     * @param identity its name
     * @param key at least 16 bytes
     * @param hash {@code SHA-256} or {@code SHA-384}: the one of the cipher suite
     * @return the key
     */
    public static TlsPsk of(byte[] identity, byte[] key, String hash) {
        return new TlsPsk(identity, key, hash);
    }

    /**
     * Its name.
     *
     * @return a copy
     */
    public byte[] identity() {
        return identity.clone();
    }

    /**
     * Its bytes.
     *
     * @return a copy
     */
    public byte[] key() {
        return key.clone();
    }

    /**
     * The hash of the cipher suites that it goes with.
     *
     * @return {@code SHA-256} or {@code SHA-384}
     */
    public String hash() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TlsPsk psk
                && Arrays.equals(identity, psk.identity)
                && Arrays.equals(key, psk.key)
                && hash.equals(psk.hash);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(identity), hash);
    }

    /**
     * Without the key.
     *
     * @return for people
     */
    @Override
    public String toString() {
        return "TlsPsk[" + new String(identity, StandardCharsets.UTF_8) + "]";
    }
}
