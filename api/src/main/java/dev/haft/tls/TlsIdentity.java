package dev.haft.tls;

import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who this end is: where its private key and its certificate chain come from. Immutable; what a file holds is read when a
 * provider first needs it, and again when the file has changed. Parity {@code tls.cert}.
 *
 * <p>Keys: PKCS#1, SEC1, PKCS#8, encrypted ones with a {@link TlsPassword}. A chain begins with the end's own certificate;
 * each next one has signed the one before.
 */
public sealed interface TlsIdentity {
    /**
     * One PEM file with the key and the chain, in any order.
     *
     * @param file the file
     * @return the identity
     */
    static TlsIdentity pemFile(Path file) {
        return new PemFiles(file, file, null);
    }

    /**
     * A PEM file with the chain and one with the key.
     *
     * @param certificates the chain's file
     * @param key the key's file
     * @return the identity
     */
    static TlsIdentity pemFiles(Path certificates, Path key) {
        return new PemFiles(certificates, key, null);
    }

    /**
     * PEM text with the key and the chain, in any order.
     *
     * @param text the text
     * @return the identity
     */
    static TlsIdentity pem(String text) {
        return new PemText(text, text, null);
    }

    /**
     * PEM text of the chain, and of the key.
     *
     * @param certificates the chain
     * @param key the key
     * @return the identity
     */
    static TlsIdentity pem(String certificates, String key) {
        return new PemText(certificates, key, null);
    }

    /**
     * A PKCS#12 file; its only key, or the first.
     *
     * @param file the file
     * @param password of the file and of the key
     * @return the identity
     */
    static TlsIdentity pkcs12(Path file, TlsPassword password) {
        return new Pkcs12File(file, null, password);
    }

    /**
     * A key of a key store. One that the store does not give out, such as a PKCS#11 token's, signs by the store's provider
     * (TLS 1.2 and 1.3), and the handshake waits for it: {@link TlsOptions.Builder#executor} keeps the loop free.
     *
     * <pre>{@code
     * Provider token = Security.getProvider("SunPKCS11").configure("/etc/myapp/pkcs11.cfg");
     * KeyStore store = KeyStore.getInstance("PKCS11", token);
     * store.load(null, pin);
     * TlsIdentity identity = TlsIdentity.keyStore(store, "server", null);
     * }</pre>
     *
     * @param store loaded already
     * @param alias which key; null: the only one, or the first
     * @param password of the key; null: it needs none
     * @return the identity
     */
    static TlsIdentity keyStore(KeyStore store, @Nullable String alias, @Nullable TlsPassword password) {
        return new Store(store, alias, password);
    }

    /**
     * A key and its chain.
     *
     * @param key the key; one that has no encoding signs by whichever of the JVM's providers takes it (TLS 1.2 and 1.3)
     * @param chain at least one certificate
     * @return the identity
     */
    static TlsIdentity of(PrivateKey key, List<X509Certificate> chain) {
        return new Keys(key, chain);
    }

    /**
     * A raw public key instead of certificates (RFC 7250).
     *
     * @param key the private key
     * @param publicKey the public key
     * @return the identity
     */
    static TlsIdentity rawPublicKey(PrivateKey key, PublicKey publicKey) {
        return new RawKeys(key, publicKey);
    }

    /**
     * This with a password for an encrypted PEM key, a PKCS#12 file or a key of a store.
     *
     * @param password asked when it is needed
     * @return the identity
     * @throws UnsupportedOperationException if nothing of this can be encrypted
     */
    default TlsIdentity password(TlsPassword password) {
        throw new UnsupportedOperationException("a key that is given as an object has no password");
    }

    /**
     * This with an OCSP response that a server staples: a DER file, read again when it has changed. It is not stapled any more
     * when it has expired.
     *
     * @param response the file
     * @return the identity
     */
    default TlsIdentity stapling(Path response) {
        return new Stapled(this, response);
    }

    /**
     * PEM files.
     *
     * @param certificates the chain's
     * @param key the key's; may be the same
     * @param password of the key, or null
     */
    record PemFiles(Path certificates, Path key, @Nullable TlsPassword password) implements TlsIdentity {
        /**
         * Checks.
         *
         * @param certificates not null
         * @param key not null
         * @param password may be null
         */
        public PemFiles {
            Objects.requireNonNull(certificates, "certificates");
            Objects.requireNonNull(key, "key");
        }

        @Override
        public TlsIdentity password(TlsPassword password) {
            return new PemFiles(certificates, key, password);
        }
    }

    /**
     * PEM text.
     *
     * @param certificates the chain's
     * @param key the key's; may be the same
     * @param password of the key, or null
     */
    record PemText(
            String certificates, String key, @Nullable TlsPassword password) implements TlsIdentity {
        /**
         * Checks.
         *
         * @param certificates not null
         * @param key not null
         * @param password may be null
         */
        public PemText {
            Objects.requireNonNull(certificates, "certificates");
            Objects.requireNonNull(key, "key");
        }

        @Override
        public TlsIdentity password(TlsPassword password) {
            return new PemText(certificates, key, password);
        }

        /**
         * Without the key.
         *
         * @return for people
         */
        @Override
        public String toString() {
            return "PemText[]";
        }
    }

    /**
     * A PKCS#12 file.
     *
     * @param file the file
     * @param alias which key; null: the only one, or the first
     * @param password of the file and of the key
     */
    record Pkcs12File(Path file, @Nullable String alias, TlsPassword password) implements TlsIdentity {
        /**
         * Checks.
         *
         * @param file not null
         * @param alias may be null
         * @param password not null
         */
        public Pkcs12File {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(password, "password");
        }

        @Override
        public TlsIdentity password(TlsPassword password) {
            return new Pkcs12File(file, alias, password);
        }
    }

    /**
     * A key of a key store.
     *
     * @param store loaded already
     * @param alias which key; null: the only one, or the first
     * @param password of the key, or null
     */
    record Store(
            KeyStore store,
            @Nullable String alias,
            @Nullable TlsPassword password) implements TlsIdentity {
        /**
         * Checks.
         *
         * @param store not null
         * @param alias may be null
         * @param password may be null
         */
        public Store {
            Objects.requireNonNull(store, "store");
        }

        @Override
        public TlsIdentity password(TlsPassword password) {
            return new Store(store, alias, password);
        }
    }

    /**
     * A key and its chain.
     *
     * @param key the key
     * @param chain at least one certificate
     */
    record Keys(PrivateKey key, List<X509Certificate> chain) implements TlsIdentity {
        /**
         * Checks.
         *
         * @param key not null
         * @param chain not empty
         */
        public Keys {
            Objects.requireNonNull(key, "key");
            chain = List.copyOf(chain);
            if (chain.isEmpty()) {
                throw new IllegalArgumentException("chain: empty, must have at least one certificate");
            }
        }

        /**
         * Without the key.
         *
         * @return for people
         */
        @Override
        public String toString() {
            return "Keys[" + chain.get(0).getSubjectX500Principal() + "]";
        }
    }

    /**
     * A raw public key.
     *
     * @param key the private key
     * @param publicKey the public key
     */
    record RawKeys(PrivateKey key, PublicKey publicKey) implements TlsIdentity {
        /**
         * Checks.
         *
         * @param key not null
         * @param publicKey not null
         */
        public RawKeys {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(publicKey, "publicKey");
        }

        /**
         * Without the key.
         *
         * @return for people
         */
        @Override
        public String toString() {
            return "RawKeys[" + publicKey.getAlgorithm() + "]";
        }
    }

    /**
     * One with an OCSP response.
     *
     * @param identity whose
     * @param response a DER file
     */
    record Stapled(TlsIdentity identity, Path response) implements TlsIdentity {
        /**
         * Checks.
         *
         * @param identity not null
         * @param response not null
         */
        public Stapled {
            Objects.requireNonNull(identity, "identity");
            Objects.requireNonNull(response, "response");
        }

        @Override
        public TlsIdentity password(TlsPassword password) {
            return new Stapled(identity.password(password), response);
        }

        @Override
        public TlsIdentity stapling(Path response) {
            return new Stapled(identity, response);
        }
    }
}
