package dev.haft.tls.bc;

import static dev.haft.tls.bc.Fixture.client;
import static dev.haft.tls.bc.Fixture.pair;
import static dev.haft.tls.bc.Fixture.server;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.HandleException;
import dev.haft.tls.TlsClientAuth;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsProtocol;
import dev.haft.tls.TlsSession;
import dev.haft.tls.TlsSession.PeerVerification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResumptionTest {
    @TempDir
    private Path folder;

    private Instant now = Instant.now();

    private BcTlsProvider provider() {
        return new BcTlsProvider(() -> now);
    }

    /** Shakes hands and lets the client take its tickets. */
    private static TlsPair connect(BcTlsProvider provider, TlsContext client, TlsContext server)
            throws HandleException {
        TlsPair pair = pair(provider, client, server).shake();
        TlsPair.pass(pair.server, pair.client, "ready");
        TlsPair.pass(pair.client, pair.server, "thanks");
        assertEquals("ready", pair.client.text());
        assertEquals("thanks", pair.server.text());
        assertEquals(
                pair.client.engine.session().isResumed(),
                pair.server.engine.session().isResumed());
        return pair;
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void theNextConnectionsResume(TlsProtocol version) throws HandleException {
        BcTlsProvider provider = provider();
        TlsContext client = client().protocols(version).build().context();
        TlsContext server = server().build().context();

        assertFalse(connect(provider, client, server).client.engine.session().isResumed());
        for (int i = 0; i < 3; i++) {
            TlsSession session = connect(provider, client, server).client.engine.session();
            assertTrue(session.isResumed());
            assertEquals(PeerVerification.VERIFIED, session.peerVerification());
            assertEquals(List.of(Fixture.SERVER.certificate()), session.peerCertificates());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void aSessionEndsAfterItsLifetimeHoweverOftenItIsResumed(TlsProtocol version) throws HandleException {
        BcTlsProvider provider = provider();
        TlsContext client = client().protocols(version).build().context();
        TlsContext server =
                server().ticketLifetime(Duration.ofMinutes(10)).build().context();
        connect(provider, client, server);

        now = now.plus(Duration.ofMinutes(6));
        assertTrue(connect(provider, client, server).client.engine.session().isResumed());
        now = now.plus(Duration.ofMinutes(6));
        assertFalse(connect(provider, client, server).client.engine.session().isResumed());
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void whatTheClientHasShownIsKeptWithTheTicket(TlsProtocol version) throws HandleException {
        BcTlsProvider provider = provider();
        TlsContext client = client().protocols(version)
                .identity(Fixture.CLIENT.identity())
                .build()
                .context();
        TlsContext server = server().clientAuth(TlsClientAuth.NEED)
                .trust(Fixture.CA.trust())
                .build()
                .context();
        connect(provider, client, server);

        TlsSession session = connect(provider, client, server).server.engine.session();

        assertTrue(session.isResumed());
        assertEquals(PeerVerification.VERIFIED, session.peerVerification());
        assertEquals(List.of(Fixture.CLIENT.certificate()), session.peerCertificates());
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void machinesWithTheSameKeyFileTakeEachOthersTickets(TlsProtocol version) throws Exception {
        Path keys = keyFile("keys", 1);
        TlsContext client = client().protocols(version).build().context();
        BcTlsProvider clients = provider();
        TlsContext one = server().ticketKeyFile(keys).build().context();
        TlsContext other = server().ticketKeyFile(keys).build().context();
        connect(clients, client, one);

        assertTrue(connect(clients, client, other).client.engine.session().isResumed());
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void aServerThatAsksForMoreDoesNotTakeTheTicketsOfOneThatAsksForLess(TlsProtocol version) throws Exception {
        Path keys = keyFile("keys", 1);
        TlsContext client = client().protocols(version)
                .identity(Fixture.CLIENT.identity())
                .build()
                .context();
        BcTlsProvider provider = provider();
        TlsContext open = server().ticketKeyFile(keys).build().context();
        TlsContext strict = server().ticketKeyFile(keys)
                .clientAuth(TlsClientAuth.NEED)
                .trust(Fixture.CA.trust())
                .build()
                .context();
        connect(provider, client, open);

        assertFalse(connect(provider, client, strict).client.engine.session().isResumed());
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void newKeysInTheFileAreUsedAndTheOldOnesAreForgottenWithIt(TlsProtocol version) throws Exception {
        Path keys = keyFile("keys", 1);
        BcTlsProvider provider = provider();
        TlsContext client = client().protocols(version).build().context();
        TlsContext server = server().ticketKeyFile(keys).build().context();
        connect(provider, client, server);

        // The old key stands behind the new one: both open.
        byte[] old = Files.readAllBytes(keys);
        byte[] both = Agreement.joined(Files.readAllBytes(keyFile("other", 2)), old);
        change(keys, both, 1);
        assertTrue(connect(provider, client, server).client.engine.session().isResumed());
        change(keys, Files.readAllBytes(keyFile("third", 3)), 2);
        assertFalse(connect(provider, client, server).client.engine.session().isResumed());
    }

    private void change(Path file, byte[] to, int times) throws IOException {
        Files.write(file, to);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(10L * times)));
        now = now.plusSeconds(11);
    }

    private Path keyFile(String name, int seed) throws IOException {
        byte[] key = new byte[80];
        new Random(seed).nextBytes(key);
        return Files.write(folder.resolve(name), key);
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void nothingIsResumedWhereItIsOff(TlsProtocol version) throws HandleException {
        BcTlsProvider provider = provider();
        TlsContext client = client().protocols(version).build().context();
        TlsContext server = server().resumption(false).build().context();
        connect(provider, client, server);

        assertFalse(connect(provider, client, server).client.engine.session().isResumed());
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void keysOfTheServersOwnChangeWithEachLifetime(TlsProtocol version) throws HandleException {
        BcTlsProvider provider = provider();
        TlsContext client = client().protocols(version).build().context();
        TlsContext server = server().ticketLifetime(Duration.ofHours(1)).build().context();
        connect(provider, client, server);
        now = now.plus(Duration.ofMinutes(59));
        connect(provider, client, server);
        TlsSession first = connect(provider, client, server).client.engine.session();
        now = now.plus(Duration.ofHours(3));

        assertTrue(first.isResumed());
        assertFalse(connect(provider, client, server).client.engine.session().isResumed());
        assertTrue(connect(provider, client, server).client.engine.session().isResumed());
    }
}
