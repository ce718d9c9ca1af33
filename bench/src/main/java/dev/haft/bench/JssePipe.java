package dev.haft.bench;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Two engines of JSSE, on the kind of buffers that each likes best. */
final class JssePipe implements TlsPipe {
    private static final int BYTES = 80 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final ByteBuffer[] HEAP = {ByteBuffer.allocate(BYTES), ByteBuffer.allocate(BYTES), null};
    private static final ByteBuffer[] DIRECT = {
        ByteBuffer.allocateDirect(BYTES), ByteBuffer.allocateDirect(BYTES), ByteBuffer.allocateDirect(BYTES)
    };

    private final SSLEngine client;
    private final SSLEngine server;
    private final boolean direct;
    private final ByteBuffer net;
    private final ByteBuffer opened;
    private final long started = System.currentTimeMillis();

    JssePipe(SSLEngine client, SSLEngine server, boolean direct) {
        this.client = client;
        this.server = server;
        this.direct = direct;
        net = direct ? DIRECT[0] : HEAP[0];
        opened = direct ? DIRECT[1] : HEAP[1];
    }

    @Override
    public void shake() throws SSLException {
        ByteBuffer toServer = buffer();
        ByteBuffer toClient = buffer();
        client.beginHandshake();
        server.beginHandshake();
        boolean moved;
        do {
            moved = step(client, toClient, toServer);
            moved |= step(server, toServer, toClient);
        } while (moved);
    }

    private ByteBuffer buffer() {
        return direct ? ByteBuffer.allocateDirect(BYTES) : ByteBuffer.allocate(BYTES);
    }

    /** Says what one end has to say, or hears what the other has said; whether it did. */
    private boolean step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        tasks(engine);
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            return engine.wrap(NOTHING, out).bytesProduced() > 0;
        }
        opened.clear();
        in.flip();
        SSLEngineResult result = engine.unwrap(in, opened);
        in.compact();
        return result.bytesConsumed() > 0 || engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK;
    }

    private static void tasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private int open(SSLEngine to) throws SSLException {
        opened.clear();
        while (net.hasRemaining()) {
            SSLEngineResult result = to.unwrap(net, opened);
            tasks(to);
            if (result.getStatus() != SSLEngineResult.Status.OK) {
                throw new IllegalStateException(result.toString());
            }
        }
        return opened.position();
    }

    @Override
    public void pass(boolean fromClient, byte[] clear, int length) throws SSLException {
        ByteBuffer from = ByteBuffer.wrap(clear, 0, length);
        if (direct) {
            from = DIRECT[2].clear();
            from.put(clear, 0, length).flip();
        }
        net.clear();
        while (from.hasRemaining()) {
            (fromClient ? client : server).wrap(from, net);
        }
        net.flip();
        int got = open(fromClient ? server : client);
        if (got != length) {
            throw new IllegalStateException(got + " of " + length + " bytes");
        }
    }

    @Override
    public boolean isResumed() {
        return server.getSession().getCreationTime() < started;
    }
}
