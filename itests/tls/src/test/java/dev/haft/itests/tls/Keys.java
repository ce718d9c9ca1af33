package dev.haft.itests.tls;

import dev.haft.tls.TlsEngine;
import dev.haft.tls.TlsIdentity;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsPassword;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsTrust;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;

/** A key and its certificate for {@code localhost}, made by the JDK's tool, for our engine and for the JDK's. */
final class Keys {
    private static final String PASSWORD = "changeit";

    private final KeyStore store;
    private final SSLContext jdk;

    private Keys(KeyStore store) throws GeneralSecurityException {
        this.store = store;
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try {
            trusted.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        trusted.setCertificateEntry("test", store.getCertificate("test"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        jdk = SSLContext.getInstance("TLS");
        jdk.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    }

    static Keys make() {
        try {
            Path folder = Files.createTempDirectory("haft-keys");
            Path file = folder.resolve("keys.p12");
            try {
                keytool(file);
                KeyStore store = KeyStore.getInstance("PKCS12");
                try (InputStream in = Files.newInputStream(file)) {
                    store.load(in, PASSWORD.toCharArray());
                }
                return new Keys(store);
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path file) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "test",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Both sides' options. */
    TlsOptions.Builder options() {
        return TlsOptions.builder()
                .identity(TlsIdentity.keyStore(store, "test", TlsPassword.of(PASSWORD)))
                .trust(TlsTrust.certificates(List.of(certificate())));
    }

    private X509Certificate certificate() {
        try {
            return (X509Certificate) store.getCertificate("test");
        } catch (KeyStoreException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same as text. */
    void writePem(Path certificate, Path key) throws IOException, GeneralSecurityException {
        Files.writeString(certificate, pem("CERTIFICATE", certificate().getEncoded()));
        Files.writeString(
                key,
                pem("PRIVATE KEY", store.getKey("test", PASSWORD.toCharArray()).getEncoded()));
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + what
                + "-----\n";
    }

    /** The JDK's engine. */
    TlsEngine jdk(TlsRole role, String protocol) {
        SSLEngine engine = jdk.createSSLEngine("localhost", 0);
        engine.setUseClientMode(role == TlsRole.CLIENT);
        engine.setEnabledProtocols(new String[] {protocol});
        return TlsEngine.of(engine);
    }
}
