package dev.haft.tls;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Drives an {@link SSLEngine}. What it wraps besides clear text waits in a buffer here, so that its callers need not know. */
final class JsseEngine implements TlsEngine {
    private static final int HEADER_BYTES = 5;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private ByteBuffer output = NOTHING;
    private @Nullable JsseSession session;
    private @Nullable HandleException failure;
    private long startedMillis;
    private int inputBytes = HEADER_BYTES;
    private int roomBytes;
    private boolean started;
    private boolean inputClosed;
    private boolean outputClosed;

    JsseEngine(SSLEngine engine) {
        this.engine = engine;
    }

    @Override
    public void start() throws HandleException {
        if (started) {
            throw new IllegalStateException("the engine has started already");
        }
        started = true;
        startedMillis = System.currentTimeMillis();
        try {
            engine.beginHandshake();
            wrapAll();
        } catch (SSLException e) {
            throw failed(e);
        }
    }

    @Override
    public State state() {
        if (failure != null) {
            return State.FAILED;
        }
        if (inputClosed || outputClosed) {
            return !inputClosed ? State.OUTPUT_CLOSED : outputClosed ? State.CLOSED : State.INPUT_CLOSED;
        }
        if (!started) {
            return State.IDLE;
        }
        return session == null ? State.HANDSHAKING : State.OPEN;
    }

    @Override
    public @Nullable TlsSession session() {
        return session;
    }

    @Override
    public Received receive(ByteBuffer net, ByteBuffer clear) throws HandleException {
        if (failure != null) {
            throw failure;
        }
        if (inputClosed) {
            return Received.CLOSED;
        }
        try {
            while (engine.getHandshakeStatus() != HandshakeStatus.NEED_TASK) {
                wrapAll();
                SSLEngineResult result = engine.unwrap(net, clear);
                noteFinished(result.getHandshakeStatus());
                switch (result.getStatus()) {
                    case BUFFER_UNDERFLOW -> {
                        inputBytes = recordBytes(net);
                        return Received.MORE;
                    }
                    case BUFFER_OVERFLOW -> {
                        roomBytes = engine.getSession().getApplicationBufferSize();
                        return Received.ROOM;
                    }
                    case CLOSED -> {
                        inputClosed = true;
                        wrapAll();
                        return result.bytesConsumed() > 0 ? Received.RECORD : Received.CLOSED;
                    }
                    case OK -> {
                        wrapAll();
                        if (result.bytesConsumed() > 0) {
                            return Received.RECORD;
                        }
                    }
                }
            }
            return Received.TASK;
        } catch (SSLException | RuntimeException e) {
            throw failed(e);
        }
    }

    private static int recordBytes(ByteBuffer net) {
        return net.remaining() < HEADER_BYTES
                ? HEADER_BYTES
                : HEADER_BYTES + (net.getShort(net.position() + 3) & 0xffff);
    }

    @Override
    public int inputBytes() {
        return inputBytes;
    }

    @Override
    public int roomBytes() {
        return roomBytes;
    }

    @Override
    public @Nullable Runnable task() {
        List<Runnable> tasks = new ArrayList<>(1);
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            tasks.add(task);
        }
        return tasks.isEmpty() ? null : () -> tasks.forEach(Runnable::run);
    }

    /** Wraps what is to be sent besides clear text. */
    private void wrapAll() throws SSLException {
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            int room = engine.getSession().getPacketBufferSize();
            if (output.capacity() - output.limit() < room) {
                ByteBuffer larger = ByteBuffer.allocate(output.remaining() + room);
                larger.put(output);
                output = larger.flip();
            }
            int end = output.limit();
            ByteBuffer free = output.duplicate().limit(output.capacity()).position(end);
            SSLEngineResult result = engine.wrap(NOTHING, free);
            output.limit(end + result.bytesProduced());
            noteFinished(result.getHandshakeStatus());
            if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                outputClosed = true;
                if (result.bytesProduced() == 0) {
                    return;
                }
            }
        }
    }

    private void noteFinished(HandshakeStatus status) {
        if (session == null && status == HandshakeStatus.FINISHED) {
            session = new JsseSession(engine, startedMillis);
        }
    }

    @Override
    public boolean hasOutput() {
        return output.hasRemaining();
    }

    @Override
    public void send(ByteBuffer clear, ByteBuffer net) throws HandleException {
        while (true) {
            int count = Math.min(output.remaining(), net.remaining());
            net.put(output.slice().limit(count));
            output.position(output.position() + count);
            if (output.hasRemaining()) {
                return;
            }
            output = NOTHING;
            State state = state();
            if (!clear.hasRemaining() || (state != State.OPEN && state != State.INPUT_CLOSED)) {
                return;
            }
            try {
                SSLEngineResult result = engine.wrap(clear, net);
                if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                    outputClosed = true;
                    return;
                }
                if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
                    return;
                }
            } catch (SSLException | RuntimeException e) {
                throw failed(e);
            }
        }
    }

    @Override
    public void closeOutput() throws HandleException {
        if (outputClosed || failure != null) {
            return;
        }
        outputClosed = true;
        engine.closeOutbound();
        try {
            wrapAll();
        } catch (SSLException e) {
            throw failed(e);
        }
    }

    @Override
    public void endOfInput() throws HandleException {
        if (inputClosed) {
            return;
        }
        if (failure == null) {
            failure = session == null
                    ? new HandleException(ErrorCode.TLS_FAILED, "the stream ended within the TLS handshake")
                    : new HandleException(ErrorCode.TLS_TRUNCATED, "the stream ended without the end of TLS");
        }
        throw failure;
    }

    private HandleException failed(Exception e) {
        HandleException first = new HandleException(ErrorCode.TLS_FAILED, "TLS failed: " + e.getMessage(), e);
        failure = first;
        try {
            // The alert.
            wrapAll();
        } catch (SSLException | RuntimeException again) {
            first.addSuppressed(again);
        }
        return first;
    }

    @Override
    public void discard() {
        inputClosed = true;
        outputClosed = true;
        output = NOTHING;
    }
}
