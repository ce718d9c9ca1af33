package dev.haft.tls.bc;

import static dev.haft.tls.bc.Fixture.client;
import static dev.haft.tls.bc.Fixture.pair;
import static dev.haft.tls.bc.Fixture.server;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.haft.HandleException;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsIdentity;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsProtocol;
import dev.haft.tls.TlsPsk;
import dev.haft.tls.TlsSession.PeerVerification;
import dev.haft.tls.TlsTrust;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import org.bouncycastle.tls.AlertDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FeaturesTest {
    private static void talk(TlsPair pair) throws HandleException {
        TlsPair.pass(pair.client, pair.server, "ping");
        TlsPair.pass(pair.server, pair.client, "pong");
        assertEquals("ping", pair.server.text());
        assertEquals("pong", pair.client.text());
    }

    @Test
    void aKeyThatBothKnowNeedsNoCertificate() throws HandleException {
        TlsPsk psk = TlsPsk.of("sensor", new byte[32]);
        TlsPair pair = pair(TlsOptions.builder().psks(psk), TlsOptions.builder().psks(psk))
                .shake();

        talk(pair);
        assertArrayEquals(psk.identity(), pair.server.engine.session().pskIdentity());
        assertArrayEquals(psk.identity(), pair.client.engine.session().pskIdentity());
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void aRawPublicKeyStandsForTheCertificate(TlsProtocol version) throws HandleException {
        KeyPair key = Pki.keyPair("P-256");
        TlsPair pair = pair(
                        TlsOptions.builder().protocols(version).trust(TlsTrust.rawPublicKeys(List.of(key.getPublic()))),
                        TlsOptions.builder().identity(TlsIdentity.rawPublicKey(key.getPrivate(), key.getPublic())))
                .shake();

        talk(pair);
        assertEquals(key.getPublic(), pair.client.engine.session().peerPublicKey());
        assertEquals(PeerVerification.VERIFIED, pair.client.engine.session().peerVerification());
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void theServerNameChoosesTheContext(TlsProtocol version) throws HandleException {
        TlsContext chosen = server().build().context();
        Pki.Given other = Fixture.CA.give("other.test", "P-256");
        TlsPair pair = pair(
                        client().protocols(version),
                        TlsOptions.builder().identity(other.identity()).contextsByName(Map.of("server.test", chosen)))
                .shake();

        assertEquals(
                List.of(Fixture.SERVER.certificate()),
                pair.client.engine.session().peerCertificates());
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void handshakesRunAsTasksWhereThereIsAnExecutor(TlsProtocol version) throws HandleException {
        TlsPair pair = pair(client().protocols(version).executor(Runnable::run), server().executor(Runnable::run))
                .shake();

        talk(pair);
    }

    @ParameterizedTest
    @CsvSource({
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, TLSv1.1",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CCM, TLSv1.2", "TLS_AES_128_CCM_SHA256, TLSv1.3"
    })
    void suitesThatTheJdkHasNoAeadForGoOnWithBouncyCastle(String suite, String version) throws HandleException {
        TlsPair pair = pair(
                        client().ciphers(suite).protocols(version),
                        server().ciphers(suite).protocols(version))
                .shake();

        talk(pair);
        assertEquals(suite, pair.client.engine.session().cipherSuite());
        pair.client.engine.closeOutput();
        TlsPair.pass(pair.client, pair.server, "");
        TlsPair.pass(pair.server, pair.client, "still here");
        assertEquals("still here", pair.client.text());
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, TLS_1_2",
        "RSA, TLS_1_3",
        "P-384, TLS_1_2",
        "P-384, TLS_1_3",
        "Ed25519, TLS_1_2",
        "Ed25519, TLS_1_3"
    })
    void keysOfAllKindsSign(String kind, TlsProtocol version) throws HandleException {
        TlsPair pair = pair(
                        client().protocols(version),
                        TlsOptions.builder()
                                .identity(Fixture.CA.give("server.test", kind).identity()))
                .shake();

        talk(pair);
    }

    /** RFC 7301 §3.2. */
    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void noApplicationProtocolInCommonIsAnAlert(TlsProtocol version) throws HandleException {
        TlsPair pair =
                pair(client().protocols(version).applicationProtocols("imap"), server().applicationProtocols("pop3"));
        pair.client.engine.start();
        pair.server.engine.start();

        assertThrows(HandleException.class, () -> TlsPair.pass(pair.client, pair.server, ""));

        byte[] alert = pair.server.output(new byte[0]);
        assertEquals(7, alert.length);
        assertEquals(AlertDescription.no_application_protocol, alert[6]);
    }

    @ParameterizedTest
    @CsvSource({"TLS_1_2, imap,", "TLS_1_2,, imap", "TLS_1_3, imap,", "TLS_1_3,, imap"})
    void whoKnowsOfNoApplicationProtocolsIsTakenAsHeIs(TlsProtocol version, String clients, String servers)
            throws HandleException {
        TlsOptions.Builder client = client().protocols(version);
        TlsOptions.Builder server = server();
        if (clients != null) {
            client.applicationProtocols(clients);
        }
        if (servers != null) {
            server.applicationProtocols(servers);
        }
        TlsPair pair = pair(client, server).shake();

        talk(pair);
        assertNull(pair.client.engine.session().applicationProtocol());
        assertNull(pair.server.engine.session().applicationProtocol());
    }

    @Test
    void aServerWithoutIdentityIsRefused() {
        assertThrows(HandleException.class, () -> pair(client(), TlsOptions.builder()));
    }
}
