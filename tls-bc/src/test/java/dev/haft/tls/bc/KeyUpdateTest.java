package dev.haft.tls.bc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.HandleException;
import dev.haft.tls.TlsEngine;
import dev.haft.tls.TlsEngine.State;
import dev.haft.tls.TlsProtocol;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsStart;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys change after a number of records (RFC 8446 §5.5), and whoever asks for new ones too often gains nothing by it. */
class KeyUpdateTest {
    private static final long RECORDS_A_KEY = 4;
    private static final int ROUNDS = 50;

    private static TlsEngine engine(TlsRole role, TlsProtocol version) throws HandleException {
        TlsStart start = role == TlsRole.CLIENT
                ? TlsStart.client(Fixture.client().protocols(version).build().context(), "server.test")
                : TlsStart.server(Fixture.server().build().context());
        return new BcTlsProvider().engine(start, RECORDS_A_KEY);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void talk(TlsPair pair) throws HandleException {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < ROUNDS; i++) {
            TlsPair.pass(pair.client, pair.server, "ping " + i + "\n");
            TlsPair.pass(pair.server, pair.client, "ping " + i + "\n");
            all.append("ping ").append(i).append('\n');
        }
        assertEquals(all.toString(), pair.server.text());
        assertEquals(all.toString(), pair.client.text());
    }

    @Test
    void bothEndsChangeTheirKeysInTime() throws HandleException {
        TlsPair pair = new TlsPair(
                        engine(TlsRole.CLIENT, TlsProtocol.TLS_1_3), engine(TlsRole.SERVER, TlsProtocol.TLS_1_3))
                .shake();

        talk(pair);

        for (TlsPair.End end : new TlsPair.End[] {pair.client, pair.server}) {
            assertEquals(State.OPEN, end.engine.state());
            long records = ((BcEngine) end.engine).sealer().records();
            assertTrue(records <= RECORDS_A_KEY, records + " records with the last key");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theJdkFollowsOurKeysAndWeFollowIts(TlsRole ours) throws HandleException {
        TlsEngine jdk = JdkPeerTest.jdkEngine(ours == TlsRole.SERVER, "TLSv1.3", p -> {});
        TlsEngine bc = engine(ours, TlsProtocol.TLS_1_3);

        talk((ours == TlsRole.CLIENT ? new TlsPair(bc, jdk) : new TlsPair(jdk, bc)).shake());

        assertTrue(((BcEngine) bc).sealer().records() <= RECORDS_A_KEY);
    }

    @ParameterizedTest
    @CsvSource({"TLS_1_3, 1800000101", "TLS_1_2, 01000000"})
    void aPeerThatAsksOnAndOnAndReadsNothingTakesNoMemory(TlsProtocol version, String asks) throws Exception {
        RecordPair pair = RecordPair.of(version);
        byte[] message = HexFormat.of().parseHex(asks);
        for (int i = 0; i < 10_000; i++) {
            pair.send(22, message);
            if (version == TlsProtocol.TLS_1_3) {
                pair.sealer.update();
            }
            pair.send(23, bytes("x"));
        }

        assertEquals(10_000, pair.receiver.clear().length);
        int waiting = pair.receiver.output(new byte[0]).length;
        assertTrue(waiting > 0 && waiting < 100, waiting + " bytes wait");
        // The next one is answered again.
        pair.send(22, message);
        assertTrue(pair.receiver.output(new byte[0]).length > 0);
    }
}
