package dev.haft.tls;

import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

/**
 * Whom this end trusts: where the certificates of authorities come from. Immutable; files are read when a provider first needs
 * them, and again when they have changed. Parity {@code tls.ca}.
 *
 * <p>Revocation lists ({@code X509 CRL}) that stand in the same files and directories are used if {@link TlsOptions#checkCrl}.
 */
public sealed interface TlsTrust {
    /**
     * A PEM file of certificates.
     *
     * @param file the file
     * @return the source
     */
    static TlsTrust caFile(Path file) {
        return new CaFile(file);
    }

    /**
     * A directory of PEM files that are named by OpenSSL's hash of the subject ({@code 0a1b2c3d.0}; lists {@code .r0}).
     *
     * @param directory the directory
     * @return the source
     */
    static TlsTrust caPath(Path directory) {
        return new CaPath(directory);
    }

    /**
     * PEM text of certificates.
     *
     * @param pem the text
     * @return the source
     */
    static TlsTrust caCert(String pem) {
        return new CaText(pem);
    }

    /**
     * The trusted certificates of a key store.
     *
     * @param store loaded already
     * @return the source
     */
    static TlsTrust keyStore(KeyStore store) {
        return new Store(store);
    }

    /**
     * Certificates.
     *
     * @param certificates of authorities, or of the peer itself
     * @return the source
     */
    static TlsTrust certificates(List<X509Certificate> certificates) {
        return new Certificates(certificates);
    }

    /**
     * Public keys that the peer may show instead of certificates (RFC 7250).
     *
     * @param keys the keys
     * @return the source
     */
    static TlsTrust rawPublicKeys(List<PublicKey> keys) {
        return new RawKeys(keys);
    }

    /**
     * What this machine trusts, such as {@code /etc/ssl/certs}.
     *
     * @return the source
     */
    static TlsTrust system() {
        return new SystemStore();
    }

    /**
     * What this Java runtime trusts ({@code lib/security/cacerts}, or {@code javax.net.ssl.trustStore}).
     *
     * @return the source
     */
    static TlsTrust jdk() {
        return new JdkStore();
    }

    /**
     * A PEM file.
     *
     * @param file the file
     */
    record CaFile(Path file) implements TlsTrust {
        /**
         * Checks.
         *
         * @param file not null
         */
        public CaFile {
            Objects.requireNonNull(file, "file");
        }
    }

    /**
     * A hashed directory.
     *
     * @param directory the directory
     */
    record CaPath(Path directory) implements TlsTrust {
        /**
         * Checks.
         *
         * @param directory not null
         */
        public CaPath {
            Objects.requireNonNull(directory, "directory");
        }
    }

    /**
     * PEM text.
     *
     * @param pem the text
     */
    record CaText(String pem) implements TlsTrust {
        /**
         * Checks.
         *
         * @param pem not null
         */
        public CaText {
            Objects.requireNonNull(pem, "pem");
        }
    }

    /**
     * A key store.
     *
     * @param store loaded already
     */
    record Store(KeyStore store) implements TlsTrust {
        /**
         * Checks.
         *
         * @param store not null
         */
        public Store {
            Objects.requireNonNull(store, "store");
        }
    }

    /**
     * Certificates.
     *
     * @param certificates of authorities, or of the peer itself
     */
    record Certificates(List<X509Certificate> certificates) implements TlsTrust {
        /**
         * Checks.
         *
         * @param certificates no null in it
         */
        public Certificates {
            certificates = List.copyOf(certificates);
        }
    }

    /**
     * Raw public keys.
     *
     * @param keys the keys
     */
    record RawKeys(List<PublicKey> keys) implements TlsTrust {
        /**
         * Checks.
         *
         * @param keys no null in it
         */
        public RawKeys {
            keys = List.copyOf(keys);
        }
    }

    /** What this machine trusts. */
    record SystemStore() implements TlsTrust {}

    /** What this Java runtime trusts. */
    record JdkStore() implements TlsTrust {}
}
