package dev.haft.tls.bc;

import static dev.haft.tls.bc.Fixture.client;
import static dev.haft.tls.bc.Fixture.pair;
import static dev.haft.tls.bc.Fixture.server;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.tls.TlsClientAuth;
import dev.haft.tls.TlsEngine.State;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsProtocol;
import dev.haft.tls.TlsPsk;
import dev.haft.tls.TlsRole;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.HandshakeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with the peer's bytes is told by the alert that the RFCs have for it, and not called an error of our own. */
class AlertTest {
    private static final int TOO_LARGE = 8 << 20;

    private static Stream<Arguments> ends() {
        return Stream.of(TlsProtocol.TLS_1_2, TlsProtocol.TLS_1_3)
                .flatMap(version -> Stream.of(TlsRole.values()).map(role -> Arguments.of(version, role)));
    }

    private static byte[] record(int type, byte[] fragment) {
        byte[] record = new byte[Framing.HEADER_BYTES + fragment.length];
        ByteBuffer.wrap(record).put((byte) type).putShort((short) 0x303).putShort((short) fragment.length);
        System.arraycopy(fragment, 0, record, Framing.HEADER_BYTES, fragment.length);
        return record;
    }

    private static byte[] header(int type, int length) {
        return ByteBuffer.allocate(4).putInt(type << 24 | length).array();
    }

    /** The alert, in clear text, that these bytes come to within the handshake. */
    private static int alertWithin(TlsProtocol version, TlsRole receiver, byte[] bytes) throws HandleException {
        TlsPair pair = pair(client().protocols(version), server());
        pair.client.engine.start();
        pair.server.engine.start();
        TlsPair.End end = receiver == TlsRole.CLIENT ? pair.client : pair.server;
        pair.client.output(new byte[0]);
        return alert(end, bytes);
    }

    private static int alert(TlsPair.End end, byte[] bytes) throws HandleException {
        end.arrive(bytes, 0, bytes.length);
        HandleException error = assertThrows(HandleException.class, end::take);
        assertEquals(ErrorCode.TLS_FAILED, error.code());
        assertEquals(State.FAILED, end.engine.state());
        byte[] out = end.output(new byte[0]);
        byte[] last = Arrays.copyOfRange(out, out.length - 7, out.length);
        assertEquals(ContentType.alert, last[0]);
        assertEquals(Alerts.FATAL, last[5]);
        assertTrue(error.getMessage().contains(Alerts.name(last[6])), error.getMessage());
        return last[6];
    }

    @ParameterizedTest
    @MethodSource("ends")
    void aMessageThatIsTooLargeIsRefusedAtItsHeader(TlsProtocol version, TlsRole receiver) throws HandleException {
        int type = receiver == TlsRole.SERVER ? HandshakeType.client_hello : HandshakeType.server_hello;

        int alert = alertWithin(version, receiver, record(ContentType.handshake, header(type, TOO_LARGE)));

        assertEquals(AlertDescription.illegal_parameter, alert);
    }

    @ParameterizedTest
    @MethodSource("ends")
    void theHeaderOfAMessageThatIsTooLargeMayBeCut(TlsProtocol version, TlsRole receiver) throws HandleException {
        int type = receiver == TlsRole.SERVER ? HandshakeType.client_hello : HandshakeType.server_hello;
        byte[] header = header(type, TOO_LARGE);
        byte[] bytes = {};
        for (byte each : header) {
            bytes = Agreement.joined(bytes, record(ContentType.handshake, new byte[] {each}));
        }

        assertEquals(AlertDescription.illegal_parameter, alertWithin(version, receiver, bytes));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void aRecordThatIsTooLargeIsRefusedAtItsHeader(TlsProtocol version, TlsRole receiver) throws HandleException {
        byte[] header = {ContentType.handshake, 3, 3, (byte) 0x48, 1};

        assertEquals(AlertDescription.record_overflow, alertWithin(version, receiver, header));
    }

    /** The alert that the peer reads. */
    private static String alertAfter(TlsProtocol version, TlsRole receiver, int type, byte[] content, boolean sealed)
            throws Exception {
        TlsPair pair =
                pair(client().protocols(version), server().resumption(false)).shake();
        TlsPair.End receives = receiver == TlsRole.CLIENT ? pair.client : pair.server;
        TlsPair.End sends = receiver == TlsRole.CLIENT ? pair.server : pair.client;
        byte[] bytes = content;
        if (sealed) {
            RecordCipher sealer = ((BcEngine) sends.engine).sealer();
            bytes = new byte[content.length + sealer.overheadBytes()];
            sealer.seal(type, content, 0, content.length, bytes, 0);
        }
        receives.arrive(bytes, 0, bytes.length);
        HandleException failed = assertThrows(HandleException.class, receives::take);
        HandleException told = assertThrows(HandleException.class, () -> TlsPair.pass(receives, sends, ""));
        String name = told.getMessage().replaceFirst(".* alert ", "");
        assertTrue(failed.getMessage().endsWith(name), failed.getMessage());
        return name;
    }

    @ParameterizedTest
    @MethodSource("ends")
    void afterTheHandshakeTheAlertsAreTheSame(TlsProtocol version, TlsRole receiver) throws Exception {
        byte[] message = header(HandshakeType.new_session_ticket, TOO_LARGE);
        byte[] header = {ContentType.application_data, 3, 3, (byte) 0x48, 1};
        byte[] plain = new byte[(1 << 14) + 1];

        assertEquals("illegal_parameter (47)", alertAfter(version, receiver, ContentType.handshake, message, true));
        assertEquals("record_overflow (22)", alertAfter(version, receiver, 0, header, false));
        assertEquals("record_overflow (22)", alertAfter(version, receiver, ContentType.application_data, plain, true));
    }

    private static TlsPair newPair(TlsProtocol version) throws HandleException {
        TlsPair pair = pair(
                client().protocols(version).identity(Fixture.CLIENT.identity()),
                server().clientAuth(TlsClientAuth.NEED).trust(Fixture.CA.trust()));
        pair.client.engine.start();
        pair.server.engine.start();
        return pair;
    }

    @Test
    void aFunctionThatFailsIsNotThePeersError() throws HandleException {
        TlsOptions.Builder byName = server().contextByName(name -> {
            throw new IllegalArgumentException("no such " + name);
        });
        TlsOptions.Builder keys = server().pskLookup(identity -> {
            throw new IllegalArgumentException("no such key");
        });
        for (TlsOptions.Builder options : List.of(byName, keys)) {
            TlsPair pair = pair(client().psks(TlsPsk.of("sensor", new byte[32])), options);
            pair.client.engine.start();
            pair.server.engine.start();

            assertEquals(AlertDescription.internal_error, alert(pair.server, pair.client.output(new byte[0])));
        }
    }

    /** The client's hello, the server's answer, the client's; each in one piece. */
    @ParameterizedTest
    @CsvSource({"TLS_1_2, 0", "TLS_1_2, 1", "TLS_1_2, 2", "TLS_1_3, 0", "TLS_1_3, 1", "TLS_1_3, 2"})
    void aFlightThatWasTamperedWithIsNoErrorOfOurs(TlsProtocol version, int flight) throws HandleException {
        int failed = 0;
        for (int at = 0, length = 1; at < length; at += 11) {
            for (int bits : new int[] {1, 0x80, 0xff}) {
                TlsPair pair = newPair(version);
                for (int i = 0; i < flight; i++) {
                    TlsPair.pass(i % 2 == 0 ? pair.client : pair.server, i % 2 == 0 ? pair.server : pair.client, "");
                }
                byte[] bytes = (flight % 2 == 0 ? pair.client : pair.server).output(new byte[0]);
                TlsPair.End end = flight % 2 == 0 ? pair.server : pair.client;
                // Signatures differ in length.
                length = bytes.length;
                bytes[Math.min(at, length - 1)] ^= (byte) bits;
                end.arrive(bytes, 0, length);
                try {
                    end.take();
                } catch (HandleException e) {
                    failed++;
                    String what = "byte " + at + " xor " + bits + ": " + e.getMessage();
                    assertEquals(ErrorCode.TLS_FAILED, e.code(), what);
                    assertFalse(what.contains("internal_error"), what);
                }
            }
        }
        assertNotEquals(0, failed);
    }
}
