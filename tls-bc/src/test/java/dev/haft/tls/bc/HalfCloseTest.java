package dev.haft.tls.bc;

import static dev.haft.tls.bc.Fixture.client;
import static dev.haft.tls.bc.Fixture.pair;
import static dev.haft.tls.bc.Fixture.server;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.tls.TlsEngine.Received;
import dev.haft.tls.TlsEngine.State;
import dev.haft.tls.TlsProtocol;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HalfCloseTest {
    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void theOtherDirectionStaysOpenAfterCloseNotify(TlsProtocol version) throws HandleException {
        TlsPair pair = pair(client().protocols(version), server()).shake();

        pair.client.engine.closeOutput();
        assertEquals(Received.CLOSED, TlsPair.pass(pair.client, pair.server, ""));
        assertEquals(State.OUTPUT_CLOSED, pair.client.engine.state());
        assertEquals(State.INPUT_CLOSED, pair.server.engine.state());
        TlsPair.pass(pair.server, pair.client, "still here");
        assertEquals("still here", pair.client.text());
        pair.server.engine.closeOutput();
        assertEquals(Received.CLOSED, TlsPair.pass(pair.server, pair.client, ""));

        assertEquals(State.CLOSED, pair.client.engine.state());
        assertEquals(State.CLOSED, pair.server.engine.state());
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void whatFollowsCloseNotifyInOnePieceIsLeft(TlsProtocol version) throws HandleException {
        TlsPair pair = pair(client().protocols(version), server()).shake();
        byte[] clear = "QUIT\r\n".getBytes(StandardCharsets.US_ASCII);

        byte[] data = pair.client.output("bye".getBytes(StandardCharsets.US_ASCII));
        pair.client.engine.closeOutput();
        byte[] all = Agreement.joined(Agreement.joined(data, pair.client.output(new byte[0])), clear);
        pair.server.arrive(all, 0, all.length);

        assertEquals(Received.CLOSED, pair.server.take());
        assertEquals("bye", pair.server.text());
        assertArrayEquals(clear, pair.server.residue());
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void anEndWithoutCloseNotifyIsATruncation(TlsProtocol version) throws HandleException {
        TlsPair pair = pair(client().protocols(version), server()).shake();

        HandleException error = assertThrows(HandleException.class, () -> pair.server.engine.endOfInput());

        assertEquals(ErrorCode.TLS_TRUNCATED, error.code());
        assertEquals(State.FAILED, pair.server.engine.state());
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void anEndAfterCloseNotifyIsNone(TlsProtocol version) throws HandleException {
        TlsPair pair = pair(client().protocols(version), server()).shake();
        pair.client.engine.closeOutput();
        TlsPair.pass(pair.client, pair.server, "");

        pair.server.engine.endOfInput();

        assertEquals(State.INPUT_CLOSED, pair.server.engine.state());
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void anEndWithinTheHandshakeIsAFailure(TlsProtocol version) throws HandleException {
        TlsPair pair = pair(client().protocols(version), server());
        pair.client.engine.start();

        HandleException error = assertThrows(HandleException.class, () -> pair.client.engine.endOfInput());

        assertEquals(ErrorCode.TLS_FAILED, error.code());
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void aHandshakeThatIsClosedTellsThePeerAndHasNoWayOn(TlsProtocol version) throws HandleException {
        TlsPair pair = pair(client().protocols(version), server());
        pair.client.engine.start();
        pair.server.engine.start();
        TlsPair.pass(pair.client, pair.server, "");

        pair.client.engine.closeOutput();

        assertEquals(State.FAILED, pair.client.engine.state());
        HandleException error = assertThrows(HandleException.class, () -> TlsPair.pass(pair.client, pair.server, ""));
        assertTrue(error.getMessage().contains("closed TLS within the handshake"), error.getMessage());
        assertEquals(State.FAILED, pair.server.engine.state());
    }
}
