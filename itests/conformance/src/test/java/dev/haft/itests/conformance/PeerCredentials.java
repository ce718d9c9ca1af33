package dev.haft.itests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** What the peer shows and whom it trusts: engines of the JDK with the certificates of a scenario. */
final class PeerCredentials {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private PeerCredentials() {}

    /** An engine with the certificate and the trust that a step names. */
    static SSLEngine engine(Scenario scenario, JsonNode step, boolean client) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    step.has("cert_file") ? shown(scenario.file(step.path("cert_file"))) : null,
                    step.has("ca_file")
                            ? trusted(scenario.file(step.path("ca_file")))
                            : new TrustManager[] {new Anybody()},
                    null);
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(client);
            return engine;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the peer cannot speak TLS", e);
        }
    }

    /** The file of the same name that Java can read. */
    private static KeyManager[] shown(Path pem) throws IOException, GeneralSecurityException {
        String name = pem.getFileName().toString().replace(".pem", ".p12");
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(pem.resolveSibling(name))) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD);
        return factory.getKeyManagers();
    }

    private static TrustManager[] trusted(Path pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** A peer that verifies nothing. */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
