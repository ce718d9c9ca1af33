package dev.haft.tls.bc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.tls.TlsClientAuth;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsEngine;
import dev.haft.tls.TlsEngine.Received;
import dev.haft.tls.TlsEngine.State;
import dev.haft.tls.TlsProtocol;
import dev.haft.tls.TlsSession.PeerVerification;
import dev.haft.tls.TlsStart;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The JDK's engine, by its adapter: against itself and against ours. */
class JdkPeerTest {
    private static final SSLContext JDK = jdk();

    private static SSLContext jdk() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", Fixture.SERVER.key().getPrivate(), new char[0], new Certificate[] {
                Fixture.SERVER.certificate()
            });
            store.setCertificateEntry("ca", Fixture.CA.certificate());
            KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
            keys.init(store, new char[0]);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static TlsEngine jdkEngine(boolean client, String version, Consumer<SSLParameters> more) {
        SSLEngine engine = client ? JDK.createSSLEngine("server.test", 443) : JDK.createSSLEngine();
        engine.setUseClientMode(client);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        more.accept(parameters);
        engine.setSSLParameters(parameters);
        return TlsEngine.of(engine);
    }

    private static TlsPair pair(String client, String server, String version, Consumer<SSLParameters> more)
            throws HandleException {
        BcTlsProvider provider = new BcTlsProvider();
        return new TlsPair(
                client.equals("jdk")
                        ? jdkEngine(true, version, more)
                        : provider.engine(TlsStart.client(
                                Fixture.client()
                                        .protocols(version)
                                        .applicationProtocols("imap", "pop3")
                                        .build()
                                        .context(),
                                "server.test")),
                server.equals("jdk")
                        ? jdkEngine(false, version, more)
                        : provider.engine(TlsStart.server(Fixture.server()
                                .protocols(version)
                                .applicationProtocols("pop3", "imap")
                                .build()
                                .context())));
    }

    @ParameterizedTest
    @CsvSource({
        "jdk, jdk, TLSv1.2",
        "jdk, jdk, TLSv1.3",
        "jdk, bc, TLSv1.2",
        "jdk, bc, TLSv1.3",
        "bc, jdk, TLSv1.2",
        "bc, jdk, TLSv1.3",
        "bc, bc, TLSv1.2",
        "bc, bc, TLSv1.3"
    })
    void dataGoesBothWaysInAnyPieces(String client, String server, String version) throws HandleException {
        Random random = new Random(7);
        TlsPair pair = pair(client, server, version, p -> {}).shake(n -> 1 + random.nextInt(700));
        byte[] large = new byte[100_000];
        random.nextBytes(large);

        TlsPair.pass(pair.client, pair.server, large, n -> 1 + random.nextInt(30_000));
        assertArrayEquals(large, pair.server.clear());
        TlsPair.pass(pair.server, pair.client, large, n -> 1 + random.nextInt(30_000));
        assertArrayEquals(large, pair.client.clear());
        assertEquals(version, pair.client.engine.session().protocol().toString());
        assertEquals("server.test", pair.server.engine.session().serverName());
        assertEquals(
                List.of(Fixture.SERVER.certificate()),
                pair.client.engine.session().peerCertificates());
    }

    @ParameterizedTest
    @CsvSource({"jdk, bc, TLSv1.2", "jdk, bc, TLSv1.3", "bc, jdk, TLSv1.2", "bc, jdk, TLSv1.3"})
    void theServerChoosesTheApplicationProtocol(String client, String server, String version) throws HandleException {
        TlsPair pair = pair(
                        client,
                        server,
                        version,
                        p -> p.setApplicationProtocols(new String[] {client.equals("jdk") ? "imap" : "pop3"}))
                .shake();

        String chosen = client.equals("jdk") ? "imap" : "pop3";
        assertEquals(chosen, pair.client.engine.session().applicationProtocol());
        assertEquals(chosen, pair.server.engine.session().applicationProtocol());
    }

    @ParameterizedTest
    @CsvSource({
        "jdk, jdk, TLSv1.2",
        "jdk, jdk, TLSv1.3",
        "jdk, bc, TLSv1.2",
        "jdk, bc, TLSv1.3",
        "bc, jdk, TLSv1.2",
        "bc, jdk, TLSv1.3"
    })
    void whatFollowsCloseNotifyIsLeftAndTlsStartsAgain(String client, String server, String version)
            throws HandleException {
        TlsPair pair = pair(client, server, version, p -> {}).shake();
        byte[] clear = "clear".getBytes(StandardCharsets.US_ASCII);

        pair.client.engine.closeOutput();
        byte[] end = Agreement.joined(pair.client.output(new byte[0]), clear);
        pair.server.arrive(end, 0, end.length);
        assertEquals(Received.CLOSED, pair.server.take());
        assertArrayEquals(clear, pair.server.residue());
        pair.server.engine.closeOutput();
        byte[] answer = Agreement.joined(pair.server.output(new byte[0]), clear);
        pair.client.arrive(answer, 0, answer.length);
        assertEquals(Received.CLOSED, pair.client.take());
        assertArrayEquals(clear, pair.client.residue());
        assertEquals(State.CLOSED, pair.client.engine.state());
        assertEquals(State.CLOSED, pair.server.engine.state());
    }

    @ParameterizedTest
    @CsvSource({"jdk, jdk, TLSv1.2", "jdk, jdk, TLSv1.3"})
    void theAdapterTellsTruncationAndFailure(String client, String server, String version) throws HandleException {
        TlsPair pair = pair(client, server, version, p -> {}).shake();
        HandleException truncated = assertThrows(HandleException.class, pair.client.engine::endOfInput);
        assertEquals(ErrorCode.TLS_TRUNCATED, truncated.code());

        byte[] garbage = {23, 3, 3, 0, 20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20};
        pair.server.arrive(garbage, 0, garbage.length);
        HandleException failed = assertThrows(HandleException.class, pair.server::take);
        assertEquals(ErrorCode.TLS_FAILED, failed.code());
        assertEquals(State.FAILED, pair.server.engine.state());
        assertTrue(pair.server.engine.hasOutput(), "an alert");
        assertNull(pair.server.engine.session().group());
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void theJdksClientShowsItsCertificate(TlsProtocol version) throws HandleException {
        TlsContext server = Fixture.server()
                .clientAuth(TlsClientAuth.NEED)
                .trust(Fixture.CA.trust())
                .build()
                .context();
        TlsPair pair = new TlsPair(
                        jdkEngine(
                                true,
                                version.toString(),
                                p -> p.setServerNames(List.of(new SNIHostName("other.test")))),
                        new BcTlsProvider().engine(TlsStart.server(server)))
                .shake();

        assertEquals(PeerVerification.VERIFIED, pair.server.engine.session().peerVerification());
        assertEquals(
                List.of(Fixture.SERVER.certificate()),
                pair.server.engine.session().peerCertificates());
        assertEquals("other.test", pair.server.engine.session().serverName());
    }

    @ParameterizedTest
    @CsvSource({"jdk, bc, TLSv1.2", "jdk, bc, TLSv1.3", "bc, jdk, TLSv1.2", "bc, jdk, TLSv1.3"})
    void sessionsResumeWithTheJdk(String client, String server, String version) throws HandleException {
        BcTlsProvider provider = new BcTlsProvider();
        TlsContext ours = (client.equals("bc") ? Fixture.client() : Fixture.server())
                .protocols(version)
                .build()
                .context();
        boolean resumed = false;
        for (int i = 0; i < 2; i++) {
            TlsPair pair = new TlsPair(
                            client.equals("jdk")
                                    ? jdkEngine(true, version, p -> {})
                                    : provider.engine(TlsStart.client(ours, "server.test")),
                            server.equals("jdk")
                                    ? jdkEngine(false, version, p -> {})
                                    : provider.engine(TlsStart.server(ours)))
                    .shake();
            TlsPair.pass(pair.server, pair.client, "x");
            TlsPair.pass(pair.client, pair.server, "y");
            resumed = client.equals("bc")
                    ? pair.client.engine.session().isResumed()
                    : pair.server.engine.session().isResumed();
            pair.client.engine.closeOutput();
            TlsPair.pass(pair.client, pair.server, "");
        }
        assertTrue(resumed);
    }
}
