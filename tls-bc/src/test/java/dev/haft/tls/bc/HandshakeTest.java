package dev.haft.tls.bc;

import static dev.haft.tls.bc.Fixture.client;
import static dev.haft.tls.bc.Fixture.pair;
import static dev.haft.tls.bc.Fixture.server;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.haft.HandleException;
import dev.haft.tls.TlsProtocol;
import dev.haft.tls.TlsSession;
import dev.haft.tls.TlsSession.PeerVerification;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HandshakeTest {
    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void clearTextGoesBothWays(TlsProtocol version) throws HandleException {
        TlsPair pair = pair(client().protocols(version), server()).shake();

        TlsPair.pass(pair.client, pair.server, "hello");
        TlsPair.pass(pair.server, pair.client, "hello yourself");

        assertEquals("hello", pair.server.text());
        assertEquals("hello yourself", pair.client.text());
        TlsSession session = pair.client.engine.session();
        assertEquals(version, session.protocol());
        assertEquals(PeerVerification.VERIFIED, session.peerVerification());
        assertEquals(List.of(Fixture.SERVER.certificate()), session.peerCertificates());
        assertEquals("server.test", session.serverName());
        assertEquals("server.test", pair.server.engine.session().serverName());
        assertEquals(version == TlsProtocol.TLS_1_3 ? "X25519MLKEM768" : "x25519", session.group());
        assertArrayEquals(
                pair.server.engine.session().export("EXPORTER-test", new byte[] {1}, 40),
                session.export("EXPORTER-test", new byte[] {1}, 40));
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void handshakesWorkByteByByte(TlsProtocol version) throws HandleException {
        TlsPair pair = pair(client().protocols(version), server()).shake(n -> 1);

        TlsPair.pass(pair.client, pair.server, "hello");

        assertEquals("hello", pair.server.text());
    }
}
