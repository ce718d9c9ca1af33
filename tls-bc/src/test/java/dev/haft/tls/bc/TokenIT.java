package dev.haft.tls.bc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.tls.TlsClientAuth;
import dev.haft.tls.TlsIdentity;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsPassword;
import dev.haft.tls.TlsProtocol;
import dev.haft.tls.TlsSession.PeerVerification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that do not leave their token: SoftHSM's, by PKCS#11, by a provider that is not one of the JVM's. */
class TokenIT {
    private static final char[] PIN = {'1', '2', '3', '4'};

    @TempDir
    private static Path folder;

    private static Provider pkcs11;
    private static KeyStore store;

    @BeforeAll
    static void makeToken() throws Exception {
        Path tokens = Files.createDirectory(folder.resolve("tokens"));
        Files.writeString(Path.of(System.getenv("SOFTHSM2_CONF")), "directories.tokendir = " + tokens + "\n");
        try (Command make = new Command(List.of(
                "softhsm2-util", "--init-token", "--free", "--label", "haft", "--pin", "1234", "--so-pin", "1234"))) {
            make.end();
        }
        Path settings = Files.writeString(folder.resolve("pkcs11.cfg"), """
                name = Haft
                library = /usr/lib/softhsm/libsofthsm2.so
                slotListIndex = 0
                attributes(generate, CKO_PRIVATE_KEY, *) = { CKA_SENSITIVE = true CKA_EXTRACTABLE = false }
                """);
        pkcs11 = Security.getProvider("SunPKCS11").configure(settings.toString());
        store = KeyStore.getInstance("PKCS11", pkcs11);
        store.load(null, PIN);
    }

    /** Makes a key in the token, and keeps its certificate there. */
    private static TlsIdentity identity(String name, String kind) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind, pkcs11);
        if (kind.equals("EC")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        } else {
            generator.initialize(2048);
        }
        Pki.Given given = Fixture.CA.give(name, generator.generateKeyPair());
        store.setKeyEntry(name, given.key().getPrivate(), null, new Certificate[] {given.certificate()});
        Key key = store.getKey(name, null);
        assertNull(key.getEncoded(), "must not leave its token");
        return TlsIdentity.keyStore(store, name, TlsPassword.of("1234"));
    }

    private static void talk(TlsPair pair) throws HandleException {
        TlsPair.pass(pair.client, pair.server, "ping");
        assertEquals("ping", pair.server.text());
        TlsPair.pass(pair.server, pair.client, "pong");
        assertEquals("pong", pair.client.text());
    }

    @ParameterizedTest
    @CsvSource({"EC, TLS_1_2", "EC, TLS_1_3", "RSA, TLS_1_2", "RSA, TLS_1_3"})
    void aServerSignsByItsToken(String kind, TlsProtocol version) throws Exception {
        TlsOptions.Builder server = TlsOptions.builder().identity(identity("server.test", kind));

        TlsPair pair = Fixture.pair(Fixture.client().protocols(version), server).shake();

        assertEquals(PeerVerification.VERIFIED, pair.client.engine.session().peerVerification());
        talk(pair);
        assertNull(Security.getProvider(pkcs11.getName()));
    }

    @ParameterizedTest
    @CsvSource({"EC, TLS_1_2", "EC, TLS_1_3", "RSA, TLS_1_2", "RSA, TLS_1_3"})
    void aClientSignsByItsToken(String kind, TlsProtocol version) throws Exception {
        TlsOptions.Builder client = Fixture.client().protocols(version).identity(identity("client.test", kind));
        TlsOptions.Builder server =
                Fixture.server().clientAuth(TlsClientAuth.NEED).trust(Fixture.CA.trust());

        TlsPair pair = Fixture.pair(client, server).shake();

        assertEquals(PeerVerification.VERIFIED, pair.server.engine.session().peerVerification());
        talk(pair);
    }

    @Test
    void aKeyThatIsGoneFailsTheHandshake() throws Exception {
        TlsOptions.Builder server = TlsOptions.builder().identity(identity("server.test", "EC"));
        TlsPair pair = Fixture.pair(Fixture.client(), server);
        store.deleteEntry("server.test");

        pair.client.engine.start();
        pair.server.engine.start();
        HandleException failed = assertThrows(HandleException.class, () -> TlsPair.pass(pair.client, pair.server, ""));

        assertEquals(ErrorCode.TLS_FAILED, failed.code());
        assertTrue(failed.getMessage().contains("the key's token cannot sign"), failed.getMessage());
        HandleException told = assertThrows(HandleException.class, () -> TlsPair.pass(pair.server, pair.client, ""));
        assertTrue(told.getMessage().contains("internal_error"), told.getMessage());
    }

    @Test
    void itCannotSignForVersionsWhoseSignaturesHaveNoName() throws Exception {
        TlsOptions.Builder server = TlsOptions.builder()
                .identity(identity("server.test", "EC"))
                .protocols(TlsProtocol.TLS_1_1)
                .ciphers("ECDHE-ECDSA-AES128-SHA");

        HandleException refused = assertThrows(HandleException.class, () -> Fixture.pair(Fixture.client(), server));

        assertEquals(ErrorCode.TLS_FAILED, refused.code());
    }
}
