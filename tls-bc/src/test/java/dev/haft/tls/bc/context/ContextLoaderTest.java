package dev.haft.tls.bc.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.tls.TlsClientAuth;
import dev.haft.tls.TlsIdentity;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsProtocol;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsTrust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.SignatureScheme;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextLoaderTest {
    private static final Logger LOGGER = Logger.getLogger("dev.haft.tls");

    private final AtomicLong millis = new AtomicLong(System.currentTimeMillis());
    private final InstantSource clock = () -> Instant.ofEpochMilli(millis.get());
    private final ContextLoader loader = new ContextLoader(clock);
    private final List<String> logged = new ArrayList<>();
    private final Handler log = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @TempDir
    Path directory;

    @BeforeEach
    void listen() {
        LOGGER.addHandler(log);
        LOGGER.setUseParentHandlers(false);
    }

    @AfterEach
    void leave() {
        LOGGER.removeHandler(log);
        LOGGER.setUseParentHandlers(true);
    }

    @Test
    void whatHasNotChangedIsTheSame() throws Exception {
        TlsOptions options = server(write("own.pem", Pki.root(Pki.leaf("first"))));
        ContextParts first = loader.parts(options, TlsRole.SERVER);
        millis.addAndGet(60_000);
        assertSame(first, loader.parts(options, TlsRole.SERVER));
    }

    @Test
    void changedFilesAreReadAgainButNotTooOften() throws Exception {
        Path file = write("own.pem", Pki.root(Pki.leaf("first")));
        TlsOptions options = server(file);
        assertEquals("CN=first", name(options));
        write("own.pem", Pki.root(Pki.leaf("second")));
        assertEquals("CN=first", name(options), "looked at too early");
        millis.addAndGet(10_000);
        assertEquals("CN=second", name(options));
    }

    @Test
    void aBrokenFileKeepsTheOldOneAndIsToldOnce() throws Exception {
        Path file = write("own.pem", Pki.root(Pki.leaf("first")));
        TlsOptions options = server(file);
        assertEquals("CN=first", name(options));
        Files.writeString(file, "half of a fi");
        for (int i = 0; i < 3; i++) {
            millis.addAndGet(10_000);
            assertEquals("CN=first", name(options));
        }
        assertEquals(1, logged.size(), logged.toString());
        assertTrue(logged.get(0).contains("own.pem: there is no private key in it"), logged.toString());
        write("own.pem", Pki.root(Pki.leaf("second")));
        millis.addAndGet(10_000);
        assertEquals("CN=second", name(options));
    }

    @Test
    void aKeyAndItsCertificateMayBeReplacedOneAfterTheOther() throws Exception {
        Pki.Issued first = Pki.root(Pki.leaf("first"));
        Pki.Issued second = Pki.root(Pki.leaf("second"));
        Path certificate = Files.writeString(directory.resolve("own.crt"), Pki.pem(first.certificate()));
        Path key = Files.writeString(directory.resolve("own.key"), Pki.pem(first.key()));
        TlsOptions options = TlsOptions.builder()
                .identity(TlsIdentity.pemFiles(certificate, key))
                .build();
        assertEquals("CN=first", name(options));
        replace(certificate, Pki.pem(second.certificate()));
        millis.addAndGet(10_000);
        assertEquals("CN=first", name(options));
        replace(key, Pki.pem(second.key()));
        millis.addAndGet(10_000);
        assertEquals("CN=second", name(options));
    }

    @Test
    void trustIsReadAgainToo() throws Exception {
        Path file = Files.writeString(
                directory.resolve("ca.pem"),
                Pki.pem(Pki.root(Pki.authority("A")).certificate()));
        TlsOptions options = TlsOptions.builder().trust(TlsTrust.caFile(file)).build();
        ContextParts first = loader.parts(options, TlsRole.CLIENT);
        assertNotNull(first.peerCheck());
        replace(file, Pki.pem(Pki.root(Pki.authority("B")).certificate()));
        millis.addAndGet(10_000);
        assertNotSame(first, loader.parts(options, TlsRole.CLIENT));
    }

    @Test
    void aFileThatWasMissingAtFirstIsLookedForAgain() throws Exception {
        TlsOptions options = server(directory.resolve("own.pem"));
        HandleException refused = assertThrows(HandleException.class, () -> loader.parts(options, TlsRole.SERVER));
        assertEquals(ErrorCode.TLS_FAILED, refused.code());
        assertTrue(refused.getMessage().contains("own.pem: there is no such file"), refused.getMessage());
        write("own.pem", Pki.root(Pki.leaf("first")));
        assertEquals("CN=first", name(options));
    }

    @Test
    void aPasswordThatCannotBeHadIsAnErrorOfTls() throws Exception {
        Tool.openssl(directory, "genpkey -algorithm ED25519 -aes256 -pass pass:geheim -out own.pem");
        TlsOptions options = TlsOptions.builder()
                .identity(TlsIdentity.pemFile(directory.resolve("own.pem")).password(what -> {
                    throw new IllegalStateException("nobody is there to ask");
                }))
                .build();
        HandleException refused = assertThrows(HandleException.class, () -> loader.parts(options, TlsRole.SERVER));
        assertEquals(ErrorCode.TLS_FAILED, refused.code());
        assertTrue(refused.getMessage().contains("nobody is there to ask"), refused.getMessage());
    }

    @Test
    void serversThatAskForNoCertificatesTrustNobody() throws Exception {
        TlsTrust missing = TlsTrust.caFile(directory.resolve("gone.pem"));
        Path file = write("own.pem", Pki.root(Pki.leaf("first")));
        TlsOptions options = server(file).with().trust(missing).build();
        assertNull(loader.parts(options, TlsRole.SERVER).peerCheck());
        TlsOptions asking = options.with().clientAuth(TlsClientAuth.WANT).build();
        assertThrows(HandleException.class, () -> new ContextLoader(clock).parts(asking, TlsRole.SERVER));
        assertThrows(HandleException.class, () -> loader.parts(options, TlsRole.CLIENT));
    }

    @Test
    void namesBecomeNumbers() throws Exception {
        TlsOptions options = TlsOptions.builder()
                .verify(false)
                .ciphers("TLS_AES_256_GCM_SHA384:ECDHE-RSA-AES128-GCM-SHA256")
                .groups("x25519")
                .signatureSchemes("ed25519", "rsa_pss_rsae_sha256")
                .build();
        ContextParts parts = loader.parts(options, TlsRole.CLIENT);
        assertEquals(List.of(0x1302, 0xC02F), parts.cipherSuites());
        assertEquals(List.of(NamedGroup.x25519), parts.groups());
        assertEquals(List.of(SignatureScheme.ed25519, SignatureScheme.rsa_pss_rsae_sha256), parts.signatureSchemes());
        assertEquals(Set.of(TlsProtocol.TLS_1_2, TlsProtocol.TLS_1_3), parts.protocols());
    }

    @Test
    void versionsWithoutASuiteAreLeftOut() throws Exception {
        TlsOptions.Builder options = TlsOptions.builder().verify(false);
        ContextParts parts =
                loader.parts(options.ciphers("TLS_AES_128_GCM_SHA256").build(), TlsRole.CLIENT);
        assertEquals(Set.of(TlsProtocol.TLS_1_3), parts.protocols());
        TlsOptions none = options.protocols(TlsProtocol.TLS_1_2).build();
        HandleException refused =
                assertThrows(HandleException.class, () -> new ContextLoader(clock).parts(none, TlsRole.CLIENT));
        assertTrue(refused.getMessage().contains("no cipher suite for [TLSv1.2]"), refused.getMessage());
    }

    @Test
    void unknownNamesAreErrorsOfTls() {
        TlsOptions.Builder options = TlsOptions.builder().verify(false);
        for (TlsOptions wrong : List.of(
                options.ciphers("HIHG").build(),
                options.ciphers(null).groups("x25520").build(),
                options.groups().signatureSchemes("rsa_md5").build())) {
            HandleException refused =
                    assertThrows(HandleException.class, () -> new ContextLoader(clock).parts(wrong, TlsRole.CLIENT));
            assertEquals(ErrorCode.TLS_FAILED, refused.code());
        }
    }

    private String name(TlsOptions options) throws HandleException {
        return loader.parts(options, TlsRole.SERVER).identities().get(0).toString();
    }

    private TlsOptions server(Path file) {
        return TlsOptions.builder()
                .identity(TlsIdentity.pemFile(file))
                .reloadEvery(Duration.ofSeconds(10))
                .build();
    }

    private Path write(String file, Pki.Issued issued) throws Exception {
        return replace(directory.resolve(file), Pki.pem(issued.certificate(), issued.key()));
    }

    /** So that a change is seen even where the file system's clock is coarse. */
    private Path replace(Path file, String text) throws Exception {
        Files.writeString(file, text);
        return Files.setLastModifiedTime(file, FileTime.fromMillis(millis.incrementAndGet()));
    }
}
