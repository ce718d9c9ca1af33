package dev.haft.testkit;

import dev.haft.tls.TlsIdentity;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsTrust;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key and a certificate that it has signed itself, for {@code localhost} and {@code 127.0.0.1}, so that a protocol can be
 * tested over TLS without files: one side shows it, the other one trusts it, or both do both.
 *
 * <p>The key is an elliptic one (P-256), and the certificate holds for 30 days. Made by the JDK's {@code keytool}, which takes
 * about a second: one for all tests of a class will do. Immutable.
 *
 * <pre>{@code
 * TlsContext context = SelfSigned.make().options().build().context();
 * server.startTls(TlsRole.SERVER, context);
 * client.startTls(TlsRole.CLIENT, context);
 * }</pre>
 */
public final class SelfSigned {
    private static final String ALIAS = "test";
    private static final String PASSWORD = "changeit";

    private final KeyStore store;
    private final PrivateKey key;
    private final X509Certificate certificate;

    private SelfSigned(KeyStore store) throws GeneralSecurityException {
        this.store = store;
        key = (PrivateKey) store.getKey(ALIAS, PASSWORD.toCharArray());
        certificate = (X509Certificate) store.getCertificate(ALIAS);
    }

    /**
     * Makes one.
     *
     * @return another one each time
     * @throws IllegalStateException if there is no keytool beside the JVM that runs this, or it fails
     */
    public static SelfSigned make() {
        try {
            Path folder = Files.createTempDirectory("haft-key");
            Path file = folder.resolve("key.p12");
            try {
                keytool(file);
                return new SelfSigned(load(file));
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a key: " + e.getMessage(), e);
        }
    }

    private static void keytool(Path file) throws IOException {
        String asked = "-genkeypair -alias " + ALIAS + " -keyalg EC -groupname secp256r1 -dname CN=localhost"
                + " -ext san=dns:localhost,ip:127.0.0.1 -validity 30 -storetype PKCS12 -storepass " + PASSWORD;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(asked.split(" ", -1)));
        command.addAll(List.of("-keystore", file.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    /**
     * The certificate.
     *
     * @return what the other side is to trust
     */
    public X509Certificate certificate() {
        return certificate;
    }

    /**
     * The key.
     *
     * @return of the certificate
     */
    public PrivateKey key() {
        return key;
    }

    /**
     * Of a side that shows the certificate and trusts it and no other.
     *
     * @return new ones, to which more may be added
     */
    public TlsOptions.Builder options() {
        return TlsOptions.builder()
                .identity(TlsIdentity.of(key, List.of(certificate)))
                .trust(TlsTrust.certificates(List.of(certificate)));
    }

    /**
     * The same for a side that is the JDK's TLS.
     *
     * @return a new context
     */
    public SSLContext jdkContext() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD.toCharArray());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(ALIAS, certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
