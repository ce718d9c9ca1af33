package dev.haft.tls.bc.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.tls.TlsTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parity {@code tls.ca}. */
class TrustLoaderTest {
    @TempDir
    Path directory;

    private final X509Certificate first;
    private final X509Certificate second;
    private final Pki.Issued issuer;

    TrustLoaderTest() throws Exception {
        issuer = Pki.root(Pki.authority("First"));
        first = issuer.certificate();
        second = Pki.root(Pki.authority("Second")).certificate();
    }

    @Test
    void aBundleMayHaveAnyNumberOfCertificatesAndTextAround() throws Exception {
        Path file = directory.resolve("ca.pem");
        Files.writeString(file, "# first\n" + Pki.pem(first) + "\n# zwei: ü\n" + Pki.pem(second) + Pki.pem(second));
        TrustStore store = load(TlsTrust.caFile(file));
        assertEquals(2, store.size());
        assertTrue(store.contains(first, true) && store.contains(second, false));
    }

    @Test
    void textStoresAndObjectsAreTaken() throws Exception {
        KeyStore keyStore = KeyStore.getInstance("PKCS12");
        keyStore.load(null, null);
        keyStore.setCertificateEntry("second", second);
        TrustStore store = load(TlsTrust.caCert(Pki.pem(first)), TlsTrust.keyStore(keyStore));
        assertTrue(store.contains(first, true) && store.contains(second, true));
        assertTrue(load(TlsTrust.certificates(List.of(first))).contains(first, true));
    }

    @Test
    void whatCannotBeReadIsToldAndNotPassedOver() throws Exception {
        assertTrue(message(TlsTrust.caFile(directory.resolve("gone.pem"))).contains("gone.pem: there is no such file"));
        assertTrue(message(TlsTrust.caCert("nothing")).contains("there is no certificate in it"));
        assertTrue(message(TlsTrust.caPath(directory.resolve("gone"))).contains("not a directory"));
        assertTrue(message(TlsTrust.caPath(directory)).contains("named by its hash"));
        assertTrue(message(TlsTrust.caCert(Pki.pem(first).replaceFirst("MII", "AII")))
                .startsWith("CA text: "));
    }

    private static String message(TlsTrust trust) {
        return assertThrows(IOException.class, () -> load(trust)).getMessage();
    }

    @Test
    void aHashedDirectoryIsTakenWithItsRevocationLists() throws Exception {
        Path hashed = Files.createDirectory(directory.resolve("hashed"));
        Files.writeString(hashed.resolve("first.pem"), Pki.pem(first));
        Files.writeString(
                hashed.resolve("list.pem"),
                Pki.pem(Pki.crl(issuer, Instant.now().plus(Duration.ofDays(1)))));
        Files.writeString(hashed.resolve("README"), "no certificate");
        Tool.openssl(directory, "rehash " + hashed);
        Files.writeString(hashed.resolve("01234567.0"), "damaged, as nobody can help it");
        TrustStore store = load(TlsTrust.caPath(hashed));
        assertEquals(1, store.size());
        assertTrue(store.contains(first, true));
        assertEquals(1, store.crls(first.getSubjectX500Principal()).size());
    }

    @Test
    void aTrustedCertificateOfOpensslIsForWhatItSays() throws Exception {
        Path file = directory.resolve("first.pem");
        Files.writeString(file, Pki.pem(first));
        Tool.openssl(directory, "x509 -in first.pem -addtrust serverAuth -out servers.pem");
        assertTrue(Files.readString(directory.resolve("servers.pem")).contains("BEGIN TRUSTED CERTIFICATE"));
        TrustStore servers = load(TlsTrust.caFile(directory.resolve("servers.pem")));
        assertTrue(servers.contains(first, true));
        assertFalse(servers.contains(first, false));
        Tool.openssl(directory, "x509 -in first.pem -addreject serverAuth -out clients.pem");
        TrustStore clients = load(TlsTrust.caFile(directory.resolve("clients.pem")));
        assertFalse(clients.contains(first, true));
        assertTrue(clients.contains(first, false));
        Tool.openssl(directory, "x509 -in first.pem -trustout -out both.pem");
        TrustStore both = load(TlsTrust.caFile(directory.resolve("both.pem")));
        assertTrue(both.contains(first, true) && both.contains(first, false));
    }

    @Test
    void theRuntimesStoreIsThere() throws Exception {
        assertTrue(load(TlsTrust.jdk()).size() > 10);
    }

    @Test
    void withoutAnySourceThisMachineOrElseTheRuntimeIsTrusted() throws Exception {
        assertTrue(TrustLoader.load(List.of(), new WatchedFiles()).size() > 10);
    }

    private static TrustStore load(TlsTrust... sources) throws IOException {
        return TrustLoader.load(List.of(sources), new WatchedFiles());
    }
}
