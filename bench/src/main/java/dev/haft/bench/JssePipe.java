package dev.haft.bench;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Two engines of JSSE, on the kind of buffers that each likes best. */
final class JssePipe implements TlsPipe {
    private static final int BYTES = 80 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** As a loop has them: shared by all its connections. */
    private static final Buffers HEAP = Buffers.of(ByteBuffer::allocate);

    private static final Buffers DIRECT = Buffers.of(ByteBuffer::allocateDirect);

    private final SSLEngine client;
    private final SSLEngine server;
    private final TrustAll trust;
    private final Buffers buffers;
    private boolean resumed;

    private record Buffers(ByteBuffer toServer, ByteBuffer toClient, ByteBuffer clear, ByteBuffer opened) {
        static Buffers of(IntFunction<ByteBuffer> kind) {
            return new Buffers(kind.apply(BYTES), kind.apply(BYTES), kind.apply(BYTES), kind.apply(BYTES));
        }
    }

    private JssePipe(SSLEngine client, SSLEngine server, TrustAll trust, Buffers buffers) {
        this.client = client;
        this.server = server;
        this.trust = trust;
        this.buffers = buffers;
    }

    /** With what the client trusts. */
    static JssePipe onHeap(SSLEngine client, SSLEngine server, TrustAll trust) {
        return new JssePipe(client, server, trust, HEAP);
    }

    /** With what the client trusts. */
    static JssePipe direct(SSLEngine client, SSLEngine server, TrustAll trust) {
        return new JssePipe(client, server, trust, DIRECT);
    }

    @Override
    public void shake() throws SSLException {
        int chains = trust.chains();
        ByteBuffer toServer = buffers.toServer.clear();
        ByteBuffer toClient = buffers.toClient.clear();
        client.beginHandshake();
        server.beginHandshake();
        boolean moved;
        do {
            moved = step(client, toClient, toServer);
            moved |= step(server, toServer, toClient);
        } while (moved);
        resumed = trust.chains() == chains;
    }

    /** Says what one end has to say, or hears what the other has said; whether it did. */
    private boolean step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        tasks(engine);
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            return engine.wrap(NOTHING, out).bytesProduced() > 0;
        }
        in.flip();
        SSLEngineResult result = engine.unwrap(in, buffers.opened.clear());
        in.compact();
        return result.bytesConsumed() > 0 || engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK;
    }

    private static void tasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    @Override
    public void pass(boolean fromClient, byte[] clear, int length) throws SSLException {
        ByteBuffer from = ByteBuffer.wrap(clear, 0, length);
        if (buffers.clear.isDirect()) {
            from = buffers.clear.clear().put(from).flip();
        }
        ByteBuffer net = (fromClient ? buffers.toServer : buffers.toClient).clear();
        while (from.hasRemaining()) {
            (fromClient ? client : server).wrap(from, net);
        }
        int got = open(fromClient ? server : client, net.flip());
        if (got != length) {
            throw new IllegalStateException(got + " of " + length + " bytes");
        }
    }

    private int open(SSLEngine to, ByteBuffer net) throws SSLException {
        ByteBuffer opened = buffers.opened.clear();
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
    public boolean isResumed() {
        return resumed;
    }
}
