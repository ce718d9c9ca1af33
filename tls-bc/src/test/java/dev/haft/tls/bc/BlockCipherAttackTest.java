package dev.haft.tls.bc;

import static dev.haft.tls.bc.Fixture.server;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.tls.TlsEngine.State;
import dev.haft.tls.TlsStart;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Peers that mean no good, over the records that BouncyCastle keeps: the same ends as with those of ours. */
class BlockCipherAttackTest {
    private static final int THOUSANDS = 5000;
    private static final byte[] HELLO = {1, 0, 0, 2, 3, 3};
    private static final byte[] NOTHING = {};

    /** What a record of hellos may be answered by is checked behind it, so the cap may be left by one record's answers. */
    private static final int MOST_WAITING_BYTES = BcRecords.MOST_UNSENT_BYTES + (1 << 19);

    private TlsPair.End server;
    private RawClient client;

    @BeforeEach
    void shakeHands() throws Exception {
        server = new TlsPair.End(new BcTlsProvider()
                .engine(TlsStart.server(
                        server().ciphers("ECDHE-ECDSA-AES128-SHA256").build().context())));
        server.engine.start();
        client = new RawClient(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256);
        while (!client.isConnected()) {
            send();
            client.offerInput(server.output(NOTHING));
        }
        assertEquals(State.OPEN, server.engine.state());
    }

    private void send() throws HandleException {
        byte[] bytes = client.output();
        server.arrive(bytes, 0, bytes.length);
        server.take();
    }

    private void send(int type, byte[] content) throws HandleException, IOException {
        client.record(type, content);
        send();
    }

    /** The alert by which it ends, as the client reads it behind all that was to be sent before. */
    private int alert() throws HandleException {
        byte[] out = server.output(NOTHING);
        return assertThrows(TlsFatalAlertReceived.class, () -> client.offerInput(out))
                .getAlertDescription();
    }

    @Test
    void recordsWithoutDataHaveALimitInARow() throws Exception {
        for (int i = 0; i < AeadRecords.MOST_QUIET; i++) {
            send(ContentType.application_data, NOTHING);
        }
        send(ContentType.application_data, new byte[1]);
        int[] sent = {0};

        HandleException error = assertThrows(HandleException.class, () -> {
            for (int i = 0; i < THOUSANDS; i++) {
                send(ContentType.application_data, NOTHING);
                sent[0]++;
            }
        });

        assertEquals(ErrorCode.TLS_FAILED, error.code());
        assertTrue(error.getMessage().contains("no data"), error.getMessage());
        assertEquals(AeadRecords.MOST_QUIET, sent[0]);
        assertEquals(AlertDescription.unexpected_message, alert());
    }

    @Test
    void thousandsOfThemInOnePieceAreNotTakenEither() throws Exception {
        for (int i = 0; i < THOUSANDS; i++) {
            client.record(ContentType.application_data, NOTHING);
        }
        byte[] bytes = client.output();
        server.arrive(bytes, 0, bytes.length);

        assertThrows(HandleException.class, server::take);

        int record = bytes.length / THOUSANDS;
        assertEquals(bytes.length - record * (AeadRecords.MOST_QUIET + 1), server.residue().length);
        assertEquals(AlertDescription.unexpected_message, alert());
    }

    @Test
    void aClientThatInsistsOnNegotiatingAgainIsCutOff() throws Exception {
        send(ContentType.handshake, HELLO);
        assertEquals(State.OPEN, server.engine.state());
        assertTrue(server.engine.hasOutput(), "no_renegotiation");

        assertThrows(HandleException.class, () -> {
            for (int i = 0; i < THOUSANDS; i++) {
                send(ContentType.handshake, HELLO);
            }
        });

        assertEquals(AlertDescription.unexpected_message, alert());
    }

    @Test
    void whoAsksOnAndOnAndReadsNothingIsCutOff() throws Exception {
        HandleException error = assertThrows(HandleException.class, () -> {
            for (int i = 0; i < THOUSANDS; i++) {
                send(ContentType.handshake, HELLO);
                // So that the limit of records without data is not what ends it.
                send(ContentType.application_data, new byte[1]);
            }
        });

        assertEquals(ErrorCode.TLS_FAILED, error.code());
        assertTrue(error.getMessage().contains("does not read"), error.getMessage());
        int waiting = server.output(NOTHING).length;
        assertTrue(waiting > BcRecords.MOST_UNSENT_BYTES && waiting < MOST_WAITING_BYTES, waiting + " bytes wait");
    }

    @Test
    void aRecordFullOfQuestionsIsTheLastOne() throws Exception {
        byte[] hellos = new byte[HELLO.length * 2700];
        for (int i = 0; i < hellos.length; i++) {
            hellos[i] = HELLO[i % HELLO.length];
        }

        assertThrows(HandleException.class, () -> {
            for (int i = 0; i < THOUSANDS; i++) {
                send(ContentType.handshake, hellos);
                send(ContentType.application_data, new byte[1]);
            }
        });

        int waiting = server.output(NOTHING).length;
        assertTrue(waiting < MOST_WAITING_BYTES, waiting + " bytes wait");
    }

    @Test
    void whoReadsLessThanItAsksForIsCutOff() throws Exception {
        ByteBuffer net = ByteBuffer.allocate(16);

        HandleException error = assertThrows(HandleException.class, () -> {
            for (int i = 0; i < 4 * THOUSANDS; i++) {
                send(ContentType.handshake, HELLO);
                send(ContentType.application_data, new byte[1]);
                server.engine.send(ByteBuffer.wrap(NOTHING), net.clear());
            }
        });

        assertTrue(error.getMessage().contains("does not read"), error.getMessage());
        int waiting = server.output(NOTHING).length;
        assertTrue(waiting < MOST_WAITING_BYTES, waiting + " bytes wait");
    }

    @Test
    void whoReadsTheAnswersMayAskOnAndOn() throws Exception {
        for (int i = 0; i < THOUSANDS; i++) {
            send(ContentType.handshake, HELLO);
            send(ContentType.application_data, new byte[1]);
            assertTrue(server.output(NOTHING).length > 0, "an answer");
        }
        assertEquals(State.OPEN, server.engine.state());
    }
}
