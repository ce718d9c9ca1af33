package dev.haft.bench;

import dev.haft.HandleException;
import dev.haft.tls.TlsEngine;
import dev.haft.tls.TlsEngine.Received;
import dev.haft.tls.TlsSession;
import java.nio.ByteBuffer;

/** Our engines. */
final class HaftPipe implements TlsPipe {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** As a loop has them: shared by all its connections. */
    private static final ByteBuffer NET = ByteBuffer.allocate(4 * TlsEngine.MAX_RECORD_BYTES);

    private static final ByteBuffer CLEAR = ByteBuffer.allocate(4 * TlsEngine.MAX_RECORD_BYTES);

    private final TlsEngine client;
    private final TlsEngine server;

    HaftPipe(TlsEngine client, TlsEngine server) {
        this.client = client;
        this.server = server;
    }

    @Override
    public void shake() throws HandleException {
        client.start();
        server.start();
        while (client.hasOutput() || server.hasOutput()) {
            move(client, server, NOTHING);
            move(server, client, NOTHING);
        }
        if (client.session() == null || server.session() == null) {
            throw new IllegalStateException(client.state() + " " + server.state());
        }
    }

    @Override
    public void pass(boolean fromClient, byte[] clear, int length) throws HandleException {
        int got = move(fromClient ? client : server, fromClient ? server : client, ByteBuffer.wrap(clear, 0, length));
        if (got != length) {
            throw new IllegalStateException(got + " of " + length + " bytes");
        }
    }

    private static int move(TlsEngine from, TlsEngine to, ByteBuffer clear) throws HandleException {
        NET.clear();
        from.send(clear, NET);
        NET.flip();
        CLEAR.clear();
        Received received;
        do {
            received = to.receive(NET, CLEAR);
        } while (received == Received.RECORD);
        return CLEAR.position();
    }

    @Override
    public boolean isResumed() {
        TlsSession session = server.session();
        return session != null && session.isResumed();
    }
}
