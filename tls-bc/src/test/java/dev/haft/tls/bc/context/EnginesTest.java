package dev.haft.tls.bc.context;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.tls.PeerNameScheme;
import dev.haft.tls.TlsClientAuth;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsEngine;
import dev.haft.tls.TlsEngine.Received;
import dev.haft.tls.TlsEngine.State;
import dev.haft.tls.TlsIdentity;
import dev.haft.tls.TlsOcsp;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsPassword;
import dev.haft.tls.TlsProtocol;
import dev.haft.tls.TlsSession;
import dev.haft.tls.TlsSession.PeerVerification;
import dev.haft.tls.TlsStart;
import dev.haft.tls.TlsTrust;
import dev.haft.tls.bc.BcTlsProvider;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is loaded, in handshakes of two engines in memory. */
class EnginesTest {
    private static final String NAME = "own.test";
    private static final int STATUS_REQUEST = 5;

    private final BcTlsProvider provider = new BcTlsProvider();
    private final Pki.Issued root;
    private final Pki.Issued middle;
    private final Pki.Issued own;

    @TempDir
    Path directory;

    EnginesTest() throws Exception {
        root = Pki.root(Pki.authority("Root"));
        middle = Pki.issue(root, Pki.authority("Middle"));
        own = Pki.issue(middle, Pki.leaf(NAME).dns(NAME));
    }

    @ParameterizedTest
    @CsvSource({
        "EC, TLS_1_2",
        "RSA, TLS_1_2",
        "Ed25519, TLS_1_2",
        "Ed448, TLS_1_2",
        "EC, TLS_1_3",
        "RSA, TLS_1_3",
        "Ed25519, TLS_1_3",
        "Ed448, TLS_1_3",
        "ML-DSA-44, TLS_1_3",
        "ML-DSA-65, TLS_1_3",
        "ML-DSA-87, TLS_1_3"
    })
    void keysOfAllKindsShakeHands(String algorithm, TlsProtocol version) throws Exception {
        Pki.Issued authority = Pki.root(Pki.authority("Root").algorithm(algorithm));
        Pki.Issued between = Pki.issue(authority, Pki.authority("Middle").algorithm(algorithm));
        Pki.Issued peer = Pki.issue(between, Pki.leaf(NAME).dns(NAME).algorithm(algorithm));
        TlsOptions server = TlsOptions.builder()
                .identity(TlsIdentity.pem(Pki.pem(peer.key(), peer.certificate(), between.certificate())))
                .build();
        TlsOptions client = TlsOptions.builder()
                .protocols(version)
                .trust(TlsTrust.caCert(Pki.pem(authority.certificate())))
                .build();
        TlsSession session = shake(client, NAME, server);
        assertEquals(PeerVerification.VERIFIED, session.peerVerification());
        assertEquals(List.of(peer.certificate(), between.certificate()), session.peerCertificates());
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void theReasonOfARefusalIsTold(TlsProtocol version) {
        TlsOptions client = client().protocols(version).build();
        HandleException refused =
                assertThrows(HandleException.class, () -> shake(client, "other.test", server().build()));
        assertEquals(ErrorCode.TLS_FAILED, refused.code());
        assertTrue(
                refused.getMessage().contains("CN=own.test at depth 0 is not that of other.test but of own.test"),
                refused.getMessage());
        assertTrue(refused.getMessage().contains("certificate_unknown"), refused.getMessage());
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void clientsAreVerified(TlsProtocol version) throws Exception {
        Pki.Issued known = Pki.issue(root, Pki.leaf("client"));
        Pki.Issued stranger = Pki.root(Pki.leaf("client"));
        TlsOptions server = server().clientAuth(TlsClientAuth.NEED)
                .trust(TlsTrust.certificates(List.of(root.certificate())))
                .build();
        shake(client().protocols(version).identity(identity(known)).build(), NAME, server);
        TlsOptions wrong =
                client().protocols(version).identity(identity(stranger)).build();
        HandleException refused = assertThrows(HandleException.class, () -> shake(wrong, NAME, server));
        assertTrue(refused.getMessage().contains("unknown_ca"), refused.getMessage());
        TlsOptions none = client().protocols(version).build();
        assertThrows(HandleException.class, () -> shake(none, NAME, server));
    }

    private TlsOptions stapling(CertificateStatus status, Instant from, Instant until) throws Exception {
        byte[] response = Pki.ocsp(own.certificate(), middle.certificate(), middle, status, from, until);
        Path file = Files.write(directory.resolve("own.ocsp"), response);
        return TlsOptions.builder().identity(ownIdentity().stapling(file)).build();
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void responsesAreStapledAndChecked(TlsProtocol version) throws Exception {
        Instant now = Instant.now();
        Instant later = now.plus(Duration.ofDays(1));
        TlsOptions client = client().protocols(version).ocsp(TlsOcsp.REQUIRE).build();
        TlsOptions good = stapling(CertificateStatus.GOOD, now, later);
        assertEquals(PeerVerification.VERIFIED, shake(client, NAME, good).peerVerification());
        assertRefused("without an OCSP response", client, server().build());
        TlsOptions checking = client().protocols(version).build();
        assertRefused("certificate_revoked (44)", checking, stapling(new RevokedStatus(Date.from(now)), now, later));
        assertRefused(
                "bad_certificate_status_response (113)",
                checking,
                stapling(CertificateStatus.GOOD, later, later.plusSeconds(1)));
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void aResponseThatHasExpiredIsNotStapled(TlsProtocol version) throws Exception {
        Instant now = Instant.now();
        TlsOptions expired = stapling(CertificateStatus.GOOD, now.minusSeconds(9999), now.minusSeconds(999));
        TlsOptions checks = client().protocols(version).build();
        assertEquals(PeerVerification.VERIFIED, shake(checks, NAME, expired).peerVerification());
        TlsOptions requires = client().protocols(version).ocsp(TlsOcsp.REQUIRE).build();
        assertRefused("without an OCSP response", requires, expired);
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void aServerThatMustStapleIsRefusedUnlessItDoes(TlsProtocol version) throws Exception {
        Instant now = Instant.now();
        Pki.Issued strict = Pki.issue(middle, Pki.leaf(NAME).dns(NAME).features(STATUS_REQUEST));
        TlsIdentity identity = TlsIdentity.of(strict.key(), List.of(strict.certificate(), middle.certificate()));
        byte[] response = Pki.ocsp(
                strict.certificate(), middle.certificate(), middle, CertificateStatus.GOOD, now, now.plusSeconds(999));
        Path file = Files.write(directory.resolve("strict.ocsp"), response);
        TlsOptions silent = TlsOptions.builder().identity(identity).build();
        TlsOptions stapling =
                TlsOptions.builder().identity(identity.stapling(file)).build();
        TlsOptions checks = client().protocols(version).build();

        assertRefused("must come with an OCSP response", checks, silent);
        assertRefused("bad_certificate_status_response (113)", checks, silent);

        assertEquals(PeerVerification.VERIFIED, shake(checks, NAME, stapling).peerVerification());
        TlsOptions doesNotAsk = client().protocols(version).ocsp(TlsOcsp.OFF).build();
        assertEquals(PeerVerification.VERIFIED, shake(doesNotAsk, NAME, silent).peerVerification());
        TlsOptions overrides =
                client().protocols(version).verifyCallback(v -> true).build();
        assertEquals(PeerVerification.OVERRIDDEN, shake(overrides, NAME, silent).peerVerification());
        TlsOptions trustsAll = client().protocols(version).verify(false).build();
        assertEquals(PeerVerification.UNVERIFIED, shake(trustsAll, NAME, silent).peerVerification());
    }

    /** What BouncyCastle checks of RFC 7633 is checked still: a feature that was asked for and not granted. */
    @Test
    void aServerThatMustDoSomethingElseIsRefusedUnlessItDoes() throws Exception {
        int encryptThenMac = 22;
        Pki.Issued strict = Pki.issue(middle, Pki.leaf(NAME).dns(NAME).features(STATUS_REQUEST, encryptThenMac));
        TlsOptions server = TlsOptions.builder()
                .identity(TlsIdentity.of(strict.key(), List.of(strict.certificate(), middle.certificate())))
                .build();
        TlsOptions client = client().protocols(TlsProtocol.TLS_1_2)
                .ciphers("ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-SHA256")
                .ocsp(TlsOcsp.OFF)
                .build();

        assertRefused("Feature 22", client, server);
    }

    private void assertRefused(String why, TlsOptions client, TlsOptions server) {
        HandleException refused = assertThrows(HandleException.class, () -> shake(client, NAME, server));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }

    @Test
    void revokedCertificatesAreRefused() throws Exception {
        Instant later = Instant.now().plus(Duration.ofDays(1));
        String lists = Pki.pem(root.certificate(), Pki.crl(root, later), Pki.crl(middle, later, own.certificate()));
        TlsOptions client = TlsOptions.builder()
                .trust(TlsTrust.caCert(lists))
                .checkCrl(true)
                .build();
        HandleException refused = assertThrows(HandleException.class, () -> shake(client, NAME, server().build()));
        assertTrue(refused.getMessage().contains("certificate_revoked"), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "AES256+AESGCM+ECDHE, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "ECDHE-ECDSA-AES128-SHA256, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        "CHACHA20:!DHE, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "AESCCM+ECDHE+AES128:!AESCCM8, TLS_ECDHE_ECDSA_WITH_AES_128_CCM",
    })
    void cipherStringsChooseTheSuite(String ciphers, String suite) throws Exception {
        TlsOptions server = server().ciphers(ciphers).build();
        TlsOptions client =
                client().protocols(TlsProtocol.TLS_1_2).ciphers("ALL").build();
        assertEquals(suite, shake(client, NAME, server).cipherSuite());
    }

    @ParameterizedTest
    @CsvSource({"x25519, x25519", "P-256, secp256r1", "SecP256r1MLKEM768, SecP256r1MLKEM768", "ffdhe2048, ffdhe2048"})
    void groupsChooseTheKeyExchange(String group, String name) throws Exception {
        assertEquals(
                name,
                shake(
                                client().groups(group).build(),
                                NAME,
                                server().groups(group).build())
                        .group());
    }

    @Test
    void aNewCertificateIsShownWithoutARestart() throws Exception {
        Path file = Files.writeString(
                directory.resolve("own.pem"), Pki.pem(own.certificate(), own.key(), middle.certificate()));
        TlsContext server = TlsOptions.builder()
                .identity(TlsIdentity.pemFile(file))
                .reloadEvery(Duration.ofNanos(1))
                .build()
                .context();
        TlsContext client = client().resumption(false).build().context();
        assertEquals(
                own.certificate(),
                shake(client, NAME, server).peerCertificates().get(0));
        Pki.Issued next = Pki.issue(middle, Pki.leaf(NAME).dns(NAME));
        Files.writeString(file, Pki.pem(next.certificate(), next.key(), middle.certificate()));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
        assertEquals(
                next.certificate(),
                shake(client, NAME, server).peerCertificates().get(0));
    }

    @Test
    void storesAreForBothSides() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry(
                "own", own.key(), "geheim".toCharArray(), new Certificate[] {own.certificate(), middle.certificate()});
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry("root", root.certificate());
        TlsOptions server = TlsOptions.builder()
                .identity(TlsIdentity.keyStore(keys, null, TlsPassword.of("geheim")))
                .build();
        TlsOptions client =
                TlsOptions.builder().trust(TlsTrust.keyStore(authorities)).build();
        assertEquals(PeerVerification.VERIFIED, shake(client, NAME, server).peerVerification());
    }

    @Test
    void rawPublicKeysNeedNoName() throws Exception {
        KeyPair pair = Pki.keys("Ed25519");
        TlsOptions server = TlsOptions.builder()
                .identity(TlsIdentity.rawPublicKey(pair.getPrivate(), pair.getPublic()))
                .build();
        TlsOptions client = TlsOptions.builder()
                .trust(TlsTrust.rawPublicKeys(List.of(pair.getPublic())))
                .peerNameScheme(PeerNameScheme.none())
                .build();
        TlsSession session = shake(client, null, server);
        assertEquals(PeerVerification.VERIFIED, session.peerVerification());
        assertNotNull(session.peerPublicKey());
        assertArrayEquals(pair.getPublic().getEncoded(), session.peerPublicKey().getEncoded());
    }

    private TlsOptions.Builder client() {
        return TlsOptions.builder().trust(TlsTrust.certificates(List.of(root.certificate())));
    }

    private TlsOptions.Builder server() {
        return TlsOptions.builder().identity(ownIdentity());
    }

    private TlsIdentity ownIdentity() {
        return TlsIdentity.of(own.key(), List.of(own.certificate(), middle.certificate()));
    }

    private static TlsIdentity identity(Pki.Issued issued) {
        return TlsIdentity.of(issued.key(), List.of(issued.certificate()));
    }

    private TlsSession shake(TlsOptions client, String peerName, TlsOptions server) throws HandleException {
        return shake(client.context(), peerName, server.context());
    }

    /** Shakes hands, and sends one byte each way, so that late refusals are seen; gives what the client knows. */
    private TlsSession shake(TlsContext client, String peerName, TlsContext server) throws HandleException {
        TlsEngine ours = provider.engine(TlsStart.client(client, peerName));
        TlsEngine theirs = provider.engine(TlsStart.server(server));
        ours.start();
        theirs.start();
        for (int i = 0; i < 10; i++) {
            move(ours, theirs, new byte[0]);
            move(theirs, ours, new byte[0]);
        }
        assertEquals(State.OPEN, ours.state());
        assertEquals(State.OPEN, theirs.state());
        assertEquals(1, move(ours, theirs, new byte[1]));
        assertEquals(1, move(theirs, ours, new byte[1]));
        return ours.session();
    }

    /** Moves what one has to send to the other; gives the number of bytes of clear text that came out. */
    private static int move(TlsEngine from, TlsEngine to, byte[] text) throws HandleException {
        ByteBuffer clear = ByteBuffer.wrap(text);
        ByteBuffer wire = ByteBuffer.allocate(1 << 18);
        ByteBuffer record = ByteBuffer.allocate(TlsEngine.MAX_RECORD_BYTES);
        do {
            record.clear();
            from.send(clear, record);
            wire.put(record.flip());
        } while (record.limit() > 0);
        wire.flip();
        int came = 0;
        while (true) {
            record.clear();
            Received received = to.receive(wire, record);
            came += record.position();
            if (received == Received.TASK) {
                Runnable task = to.task();
                if (task != null) {
                    task.run();
                }
            } else if (received != Received.RECORD) {
                return came;
            }
        }
    }
}
