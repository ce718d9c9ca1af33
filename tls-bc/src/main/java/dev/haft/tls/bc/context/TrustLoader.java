package dev.haft.tls.bc.context;

import dev.haft.tls.TlsTrust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** Loads whom to trust. Parity {@code tls.ca}. For one thread. */
final class TrustLoader {
    /** As {@code c_rehash} names certificates and revocation lists. */
    private static final Pattern HASHED = Pattern.compile("[0-9a-f]{8}\\.r?[0-9]{1,9}");

    private static final System.Logger LOG = System.getLogger("dev.haft.tls");

    private final WatchedFiles files;
    private final List<Anchor> anchors = new ArrayList<>();
    private final List<X509CRL> crls = new ArrayList<>();
    private final List<PublicKey> rawKeys = new ArrayList<>();

    private TrustLoader(WatchedFiles files) {
        this.files = files;
    }

    /**
     * Loads all.
     *
     * @param sources where from; none: this machine's, or else this Java runtime's
     * @param files notes what is read
     * @return what was found
     * @throws IOException if a source cannot be read or holds nothing; the message says which
     */
    static TrustStore load(List<TlsTrust> sources, WatchedFiles files) throws IOException {
        TrustLoader loader = new TrustLoader(files);
        if (sources.isEmpty()) {
            if (!loader.addSystem()) {
                loader.addJdk();
            }
        }
        for (TlsTrust source : sources) {
            loader.add(source);
        }
        return new TrustStore(loader.anchors, loader.crls, loader.rawKeys);
    }

    private void add(TlsTrust source) throws IOException {
        if (source instanceof TlsTrust.CaFile file) {
            add(
                    Pem.parse(file.file().toString(), text(file.file())),
                    file.file().toString());
        } else if (source instanceof TlsTrust.CaPath path) {
            addDirectory(path.directory());
        } else if (source instanceof TlsTrust.CaText text) {
            add(Pem.parse("CA text", text.pem()), "CA text");
        } else if (source instanceof TlsTrust.Store store) {
            add(store.store(), "key store");
        } else if (source instanceof TlsTrust.Certificates certificates) {
            for (X509Certificate certificate : certificates.certificates()) {
                add(certificate);
            }
        } else if (source instanceof TlsTrust.RawKeys keys) {
            rawKeys.addAll(keys.keys());
        } else if (source instanceof TlsTrust.SystemStore) {
            if (!addSystem()) {
                throw new IOException("the certificates that this machine trusts were not found: set SSL_CERT_FILE");
            }
        } else if (source instanceof TlsTrust.JdkStore) {
            addJdk();
        }
    }

    private String text(Path file) throws IOException {
        return new String(files.read(file), StandardCharsets.ISO_8859_1);
    }

    private void add(Pem pem, String source) throws IOException {
        if (pem.anchors().isEmpty() && pem.crls().isEmpty()) {
            throw new IOException(source + ": there is no certificate in it");
        }
        anchors.addAll(pem.anchors());
        crls.addAll(pem.crls());
    }

    private void add(X509Certificate certificate) throws IOException {
        try { // as this runtime has it, whoever made it
            anchors.add(Anchor.of(Pem.certificate(certificate.getEncoded())));
        } catch (CertificateEncodingException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void add(KeyStore store, String source) throws IOException {
        int before = anchors.size();
        try {
            for (String alias : Collections.list(store.aliases())) {
                Certificate certificate = store.isCertificateEntry(alias) ? store.getCertificate(alias) : null;
                if (certificate instanceof X509Certificate x509) {
                    add(x509);
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(source + ": " + e.getMessage(), e);
        }
        if (anchors.size() == before) {
            throw new IOException(source + ": there is no trusted certificate in it");
        }
    }

    /** A directory of many hands: a file in it that is damaged is told of and passed over. */
    private void addDirectory(Path directory) throws IOException {
        files.note(directory);
        int before = anchors.size() + crls.size();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                directory,
                entry -> HASHED.matcher(entry.getFileName().toString()).matches())) {
            for (Path entry : entries) {
                try {
                    Pem pem = Pem.parse(entry.toString(), text(entry));
                    anchors.addAll(pem.anchors());
                    crls.addAll(pem.crls());
                } catch (IOException e) {
                    LOG.log(System.Logger.Level.WARNING, "passed over: " + e.getMessage());
                }
            }
        } catch (IOException e) {
            throw new IOException(directory + ": not a directory that can be read: " + e, e);
        }
        if (anchors.size() + crls.size() == before) {
            throw new IOException(directory + ": no file in it is named by its hash; see openssl-rehash(1)");
        }
    }

    private boolean addSystem() {
        for (Path bundle : SystemTrust.bundles()) {
            if (Files.isReadable(bundle)) {
                try {
                    add(Pem.parse(bundle.toString(), text(bundle)), bundle.toString());
                    return true;
                } catch (IOException e) {
                    LOG.log(System.Logger.Level.WARNING, "passed over: " + e.getMessage());
                }
            }
        }
        for (Path directory : SystemTrust.directories()) {
            if (Files.isDirectory(directory)) {
                try {
                    addDirectory(directory);
                    return true;
                } catch (IOException e) {
                    LOG.log(System.Logger.Level.DEBUG, "passed over: " + e.getMessage());
                }
            }
        }
        for (String type : SystemTrust.keyStores()) {
            try {
                KeyStore store = KeyStore.getInstance(type);
                store.load(null, null);
                add(store, type);
                return true;
            } catch (GeneralSecurityException | IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "passed over: " + type + ": " + e.getMessage());
            }
        }
        return false;
    }

    private void addJdk() throws IOException {
        Path file = SystemTrust.jdk();
        String password = System.getProperty("javax.net.ssl.trustStorePassword");
        files.read(file); // noted
        try {
            String type = System.getProperty("javax.net.ssl.trustStoreType");
            char[] secret = password == null ? null : password.toCharArray();
            KeyStore store;
            if (type == null) {
                store = KeyStore.getInstance(file.toFile(), secret);
            } else {
                store = KeyStore.getInstance(type);
                try (var in = Files.newInputStream(file)) {
                    store.load(in, secret);
                }
            }
            add(store, file.toString());
        } catch (GeneralSecurityException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }
}
