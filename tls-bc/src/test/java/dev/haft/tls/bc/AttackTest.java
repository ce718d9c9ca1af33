package dev.haft.tls.bc;

import static dev.haft.tls.bc.Fixture.client;
import static dev.haft.tls.bc.Fixture.pair;
import static dev.haft.tls.bc.Fixture.server;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.tls.TlsEngine;
import dev.haft.tls.TlsEngine.State;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsProtocol;
import dev.haft.tls.TlsStart;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.tls.AlertDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that mean no good: an error with an alert, bounded memory, no clear text. */
class AttackTest {
    private static TlsPair.End newServer(TlsOptions.Builder options) throws HandleException {
        TlsEngine engine =
                new BcTlsProvider().engine(TlsStart.server(options.build().context()));
        engine.start();
        return new TlsPair.End(engine);
    }

    private static HandleException fails(TlsPair.End end, byte[] bytes) {
        end.arrive(bytes, 0, bytes.length);
        HandleException error = assertThrows(HandleException.class, end::take);
        assertEquals(ErrorCode.TLS_FAILED, error.code());
        assertEquals(State.FAILED, end.engine.state());
        return error;
    }

    private static void assertAlert(int alert, TlsPair.End end) throws HandleException {
        byte[] out = end.output(new byte[0]);
        assertArrayEquals(new byte[] {21, 3, 1, 0, 2, 2, (byte) alert}, out);
        assertFalse(end.engine.hasOutput());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET / HTTP/1.1\r\n", "EHLO example\r\n", "\0\0\0\0\0", "SSH-2.0-x", "\u0017\u0003\u0003\0\u0010"
            })
    void whatIsNotTlsIsToldFromItsFirstByte(String text) throws HandleException {
        TlsPair.End server = newServer(server());

        HandleException error = fails(server, ascii(text.substring(0, 1)));

        assertTrue(error.getMessage().contains("does not speak TLS"), error.getMessage());
        assertAlert(AlertDescription.unexpected_message, server);
    }

    @Test
    void aHelloOfSsl2IsRefused() throws HandleException {
        TlsPair.End server = newServer(server());

        HandleException error = fails(server, new byte[] {(byte) 0x80, 46, 1, 3, 1, 0, 21, 0, 0, 0, 16});

        assertTrue(error.getMessage().contains("SSL 2"), error.getMessage());
        assertAlert(AlertDescription.protocol_version, server);
    }

    @Test
    void aHandshakeHasALimitOfBytes() throws HandleException {
        TlsPair.End server = newServer(server().maxHandshakeBytes(8192));
        byte[] piece = new byte[5 + 1000];
        piece[0] = 22;
        piece[1] = 3;
        piece[2] = 1;
        piece[3] = 1000 >> 8;
        piece[4] = (byte) 1000;
        byte[] first = piece.clone();
        first[5] = 1;
        first[7] = (byte) 0xff;
        server.arrive(first, 0, first.length);
        server.take();

        HandleException error = assertThrows(HandleException.class, () -> {
            for (int i = 0; i < 20; i++) {
                server.arrive(piece, 0, piece.length);
                server.take();
            }
        });

        assertTrue(error.getMessage().contains("more than 8192 bytes"), error.getMessage());
    }

    @Test
    void garbageNeverDoesAnythingButFail() throws HandleException {
        Random random = new Random(42);
        for (int i = 0; i < 300; i++) {
            TlsPair.End server = newServer(server());
            byte[] bytes = new byte[5 + random.nextInt(400)];
            random.nextBytes(bytes);
            bytes[0] = 22;
            bytes[1] = 3;
            bytes[3] = 0;
            bytes[4] = (byte) random.nextInt(256);
            server.arrive(bytes, 0, bytes.length);
            try {
                server.take();
            } catch (HandleException e) {
                assertEquals(ErrorCode.TLS_FAILED, e.code());
            }
            assertEquals("", server.text());
        }
    }

    @ParameterizedTest
    @CsvSource({"TLS_1_2, 0", "TLS_1_2, 5", "TLS_1_2, 20", "TLS_1_3, 0", "TLS_1_3, 5", "TLS_1_3, 20"})
    void aRecordThatWasTamperedWithGivesNoClearText(TlsProtocol version, int at) throws HandleException {
        TlsPair pair = pair(client().protocols(version), server()).shake();
        byte[] record = pair.client.output(ascii("attack at dawn"));
        record[at] ^= 1;

        fails(pair.server, record);

        assertEquals("", pair.server.text());
        byte[] alert = pair.server.output(new byte[0]);
        pair.client.arrive(alert, 0, alert.length);
        HandleException told = assertThrows(HandleException.class, pair.client::take);
        assertTrue(told.getMessage().contains("alert"), told.getMessage());
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void recordsThatAreDroppedDoubledOrReorderedAreNotGenuine(TlsProtocol version) throws HandleException {
        for (int order = 0; order < 3; order++) {
            TlsPair pair = pair(client().protocols(version), server()).shake();
            byte[] one = pair.client.output(ascii("one"));
            byte[] two = pair.client.output(ascii("two"));
            byte[] bytes = switch (order) {
                case 0 -> two;
                case 1 -> Agreement.joined(one, one);
                default -> Agreement.joined(two, one);
            };

            HandleException error = fails(pair.server, bytes);

            assertTrue(error.getMessage().contains("bad_record_mac"), error.getMessage());
            assertEquals(order == 1 ? "one" : "", pair.server.text());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void recordsWithoutDataHaveALimitInARow(TlsProtocol version) throws Exception {
        RecordPair pair = RecordPair.of(version);
        for (int i = 0; i < AeadRecords.MOST_QUIET; i++) {
            pair.send(23, new byte[0]);
        }
        pair.send(23, new byte[1]);
        for (int i = 0; i < AeadRecords.MOST_QUIET; i++) {
            pair.send(23, new byte[0]);
        }

        HandleException error = assertThrows(HandleException.class, () -> pair.send(23, new byte[0]));

        assertTrue(error.getMessage().contains("no data"), error.getMessage());
    }

    @Test
    void aClientThatInsistsOnNegotiatingAgainIsCutOff() throws Exception {
        RecordPair pair = RecordPair.of(TlsProtocol.TLS_1_2);
        byte[] hello = {1, 0, 0, 2, 3, 3};
        pair.send(22, hello);
        assertEquals(State.OPEN, pair.receiver.engine.state());
        assertTrue(pair.receiver.engine.hasOutput(), "no_renegotiation");

        assertThrows(HandleException.class, () -> {
            for (int i = 0; i < 100; i++) {
                pair.send(22, hello);
            }
        });
    }

    @Test
    void aServerThatInsistsOnNegotiatingAgainIsCutOff() throws Exception {
        RecordPair pair = RecordPair.toClient(TlsProtocol.TLS_1_2);
        byte[] helloRequest = new byte[4];
        pair.send(22, helloRequest);
        assertEquals(State.OPEN, pair.receiver.engine.state());
        assertTrue(pair.receiver.engine.hasOutput(), "no_renegotiation");

        assertThrows(HandleException.class, () -> {
            for (int i = 0; i < 100; i++) {
                pair.send(22, helloRequest);
            }
        });
    }

    @Test
    void keyUpdatesAreFollowedAndAnsweredAndHaveALimit() throws Exception {
        RecordPair pair = RecordPair.of(TlsProtocol.TLS_1_3);
        pair.send(22, new byte[] {24, 0, 0, 1, 1});
        pair.sealer.update();
        pair.send(23, ascii("with the next key"));
        assertEquals("with the next key", pair.receiver.text());
        assertTrue(pair.receiver.engine.hasOutput(), "an answer");

        assertThrows(HandleException.class, () -> {
            for (int i = 0; i < 100; i++) {
                pair.send(22, new byte[] {24, 0, 0, 1, 0});
                pair.sealer.update();
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "TLS_1_3, 22, 180000010000",
        "TLS_1_3, 22, 18000002",
        "TLS_1_3, 22, 0d000000",
        "TLS_1_3, 22, 01000000",
        "TLS_1_3, 20, 01",
        "TLS_1_3, 21, 01",
        "TLS_1_3, 24, 00",
        "TLS_1_2, 22, 14000000",
        "TLS_1_2, 20, 01",
        "TLS_1_2, 22, 017fffff",
        "TLS_1_3, 22, 047fffff"
    })
    void messagesOutOfPlaceAreRefused(TlsProtocol version, int type, String hex) throws Exception {
        RecordPair pair = RecordPair.of(version);

        HandleException error = assertThrows(HandleException.class, () -> {
            pair.send(type, HexFormat.of().parseHex(hex));
            // The rest of a message that goes on.
            pair.send(type, new byte[] {0, 0});
        });

        assertEquals(ErrorCode.TLS_FAILED, error.code());
        assertTrue(pair.receiver.engine.hasOutput(), "an alert");
    }

    @ParameterizedTest
    @CsvSource({"TLS_1_2, 2, 0", "TLS_1_3, 2, 10", "TLS_1_3, 1, 10"})
    void alertsOfThePeerAreToldByName(TlsProtocol version, int level, int alert) throws Exception {
        RecordPair pair = RecordPair.of(version);
        if (alert == 0) {
            alert = AlertDescription.user_canceled;
        }
        int description = alert;

        HandleException error =
                assertThrows(HandleException.class, () -> pair.send(21, new byte[] {(byte) level, (byte) description}));

        assertTrue(error.getMessage().contains(Alerts.name(description)), error.getMessage());
        assertFalse(pair.receiver.engine.hasOutput());
    }

    @Test
    void aTicketInManyPiecesIsTaken() throws Exception {
        RecordPair pair = RecordPair.toClient(TlsProtocol.TLS_1_3);
        byte[] ticket = HexFormat.of().parseHex("04000012000000ff00000001010100041122334400000000");
        ticket[3] = (byte) (ticket.length - 4 - 2);
        for (int i = 0; i < ticket.length - 2; i++) {
            pair.send(22, new byte[] {ticket[i]});
        }
        pair.send(23, ascii("data"));

        assertEquals("data", pair.receiver.text());
        // Data within a message is out of place.
        pair.send(22, new byte[] {4});
        assertThrows(HandleException.class, () -> pair.send(23, ascii("data")));
    }
}
