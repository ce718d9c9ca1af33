package dev.haft.itests.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.tls.TlsEngine;
import dev.haft.tls.TlsEngine.Received;
import dev.haft.tls.TlsEngine.State;
import dev.haft.tls.TlsIdentity;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsProvider;
import dev.haft.tls.TlsStart;
import dev.haft.tls.TlsTrust;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.ServiceLoader;

/** Whatever comes instead of TLS: on the first byte, and behind a handshake. An error or more to wait for, never a spin. */
class TlsFuzzTest {
    private static final TlsProvider PROVIDER =
            ServiceLoader.load(TlsProvider.class).findFirst().orElseThrow();
    private static final KeyPair KEY = key();
    private static final TlsStart SERVER = TlsStart.server(TlsOptions.builder()
            .identity(TlsIdentity.rawPublicKey(KEY.getPrivate(), KEY.getPublic()))
            .build()
            .context());
    private static final TlsStart CLIENT = TlsStart.client(
            TlsOptions.builder()
                    .trust(TlsTrust.rawPublicKeys(List.of(KEY.getPublic())))
                    .build()
                    .context(),
            "localhost");

    private static KeyPair key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @FuzzTest(maxDuration = "20s")
    void whatComesIsTakenOrRefused(byte[] bytes) throws HandleException {
        TlsEngine first = PROVIDER.engine(SERVER);
        first.start();
        take(first, bytes);

        TlsEngine client = PROVIDER.engine(CLIENT);
        TlsEngine server = PROVIDER.engine(SERVER);
        client.start();
        server.start();
        for (int i = 0; i < 4; i++) {
            take(server, output(client));
            take(client, output(server));
        }
        assertEquals(State.OPEN, server.state());
        take(server, bytes);
        assertEquals(0, take(client, bytes), "nothing is opened that the peer has not sealed");
    }

    private static byte[] output(TlsEngine engine) throws HandleException {
        ByteBuffer out = ByteBuffer.allocate(1 << 18);
        engine.send(ByteBuffer.allocate(0), out);
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    /** How much clear text it makes of it. */
    private static int take(TlsEngine engine, byte[] bytes) throws HandleException {
        ByteBuffer net = ByteBuffer.wrap(bytes);
        ByteBuffer clear = ByteBuffer.allocate(TlsEngine.MAX_CLEAR_BYTES + 256);
        int count = 0;
        try {
            Received received = Received.RECORD;
            while (received == Received.RECORD) {
                int before = net.remaining();
                clear.clear();
                received = engine.receive(net, clear);
                count += clear.position();
                assertTrue(received != Received.RECORD || net.remaining() < before, "a record has bytes");
            }
        } catch (HandleException e) {
            assertEquals(ErrorCode.TLS_FAILED, e.code());
            assertEquals(State.FAILED, engine.state());
        }
        return count;
    }
}
