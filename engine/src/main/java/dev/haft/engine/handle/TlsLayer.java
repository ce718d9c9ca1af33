package dev.haft.engine.handle;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.engine.buffer.LoopBuffers;
import dev.haft.engine.loop.LoopTimer;
import dev.haft.engine.loop.SelectorLoop;
import dev.haft.tls.TlsEngine;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsProtocol;
import dev.haft.tls.TlsSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * TLS between a handle and its transport, from a place in the stream to another one: clear text above, records below. For the
 * loop.
 *
 * <p>Records are opened into the buffer that the handle reads into; behind the peer's close_notify bytes pass in clear. What
 * waits on the way in is {@link TlsInput}'s, and the way out is {@link TlsOutput}. When both directions are clear again and
 * nothing waits here the layer is {@linkplain #isSpent() spent}, and taken out. Another one may be put on top before.
 */
final class TlsLayer extends LoopTimer implements TransportLayer, TransportUser {
    private final HandleCore handle;
    private final TlsEngine engine;
    private final TlsInput input;
    private final TlsOutput output;
    private final @Nullable Executor executor;
    private final Duration handshakeLimit;
    private Transport net;
    private @Nullable TransportUser user;
    private Phase phase = Phase.WAITING;
    private boolean taskRuns;

    /** The engine has an end or an error to tell, behind clear text that was delivered before. */
    private boolean tellsNext;

    private boolean wantsRead;
    private boolean telling;

    /** The way of a session. */
    private enum Phase {
        /** For a connection, or for the first call. */
        WAITING,
        HANDSHAKING,
        OPEN,
        FAILED
    }

    /**
     * Does nothing before it {@linkplain #begin begins}.
     *
     * @param clearFirst how many bytes the handle has waiting, which leave in clear text
     */
    TlsLayer(HandleCore handle, Transport net, TlsEngine engine, TlsOptions options, long clearFirst) {
        this.handle = handle;
        this.net = net;
        this.engine = engine;
        executor = options.executor();
        handshakeLimit = options.handshakeTimeout();
        input = new TlsInput(engine, handle.buffers());
        output = new TlsOutput(engine, handle.buffers(), clearFirst);
    }

    /** What has come already, and what becomes of it. */
    TlsInput input() {
        return input;
    }

    // What the handle asks

    /** Whether TLS is on, or on its way. */
    boolean isActive() {
        return !input.isClear() && phase != Phase.FAILED;
    }

    /** Whether all that is left to do is to pass bytes on. */
    boolean isSpent() {
        return input.isClear() && output.isClear() && output.isEmpty() && input.isEmpty();
    }

    /** What was agreed on; null before and after. */
    @Nullable TlsSession session() {
        return phase == Phase.OPEN && !input.isClear() ? engine.session() : null;
    }

    /** Whether its own TLS is all out by now, so that it passes on what another layer writes. */
    boolean passesOn() {
        progress();
        return output.isClear() && output.isEmpty();
    }

    @Override
    public Transport under() {
        return net;
    }

    /** Ends TLS behind the bytes that the handle has waiting. */
    void stop(long waiting) {
        output.stop(waiting);
        progress();
    }

    /** Forgets all. What the engine has sealed must not leave in clear text: the handle drops what it has waiting. */
    void forget() {
        handle.loop().disarm(this);
        engine.discard();
        output.release();
        input.release();
    }

    // The beginning

    @Override
    public void use(TransportUser by) {
        user = by;
        net.use(this);
    }

    /** Begins the handshake, if there is a connection. */
    void begin() {
        if (phase != Phase.WAITING || !net.isConnected()) {
            return;
        }
        phase = Phase.HANDSHAKING;
        handle.loop().arm(this, SelectorLoop.nanos(handshakeLimit));
        try {
            engine.start();
        } catch (HandleException e) {
            failed(e);
        }
        progress();
    }

    @Override
    public @Nullable Duration prepare(SocketChannel fresh) {
        TransportUser told = user;
        return told == null ? null : told.prepare(fresh);
    }

    @Override
    public void connected(Transport real, Transport connecting) {
        net = real;
        TransportUser told = user;
        if (told != null) {
            told.connected(this, connecting);
        }
        handle.pass(this::begin);
    }

    @Override
    public void connectFailed(HandleException error) {
        TransportUser told = user;
        if (told != null) {
            told.connectFailed(error);
        }
    }

    /** The handshake has taken too long. */
    @Override
    protected void fire() {
        handle.pass(() -> failed(new HandleException(
                ErrorCode.TLS_FAILED, "the TLS handshake was not complete within " + handshakeLimit)));
        wake(false, true);
    }

    // Events

    @Override
    public void ready(boolean readable, boolean writable) {
        boolean outermost = handle.enter();
        boolean handshaking = isHandshaking();
        try {
            if (writable) {
                progress();
            }
            if (readable && handshaking && !handle.isOpen()) {
                // Nobody reads any more, but what was written is to go out.
                read(handle.buffers().clearIn());
            }
            wake(readable && (wantsRead || handshaking || isWaitingForEnd()), writable || handshaking);
        } catch (IOException e) {
            handle.fail(Failures.of(e));
        } finally {
            handle.leave(outermost);
        }
    }

    private void wake(boolean readable, boolean writable) {
        TransportUser told = user;
        if (told != null && (readable || writable)) {
            told.ready(readable, writable);
        }
    }

    private boolean isHandshaking() {
        return phase == Phase.HANDSHAKING || phase == Phase.WAITING;
    }

    @Override
    public void want(boolean read, boolean write) throws IOException {
        wantsRead = read;
        if (net instanceof TlsLayer below && below.isSpent()) {
            net = below.net;
            net.use(this);
        }
        boolean in = !taskRuns && !input.hasEnded() && (read || isHandshaking() || isWaitingForEnd());
        boolean out = output.waitsForRoom() || (write && (output.hasClearFirst() || !isHandshaking()));
        net.want(in && !isBuffered(), out && !taskRuns);
        if (in && isBuffered() && !telling) {
            telling = true;
            handle.loop().execute(this::tell);
        }
    }

    /**
     * TLS is to stop, or the program wants to hear of that, and the peer has not said so yet: it is read as long as nothing
     * piles up, although nobody asks for what comes before.
     */
    private boolean isWaitingForEnd() {
        return (output.isStopping() || (phase == Phase.OPEN && handle.tls().endsByPeer()))
                && !input.isClear()
                && handle.isOpen()
                && handle.reads().pendingBytes() == 0;
    }

    private boolean isBuffered() {
        // After a failure nobody looks at what has come: to tell of it again and again would be a loop without end.
        return phase != Phase.FAILED && net.isConnected() && (tellsNext || input.isReady());
    }

    private void tell() {
        telling = false;
        ready(true, false);
    }

    // In

    @Override
    public ByteBuffer incoming(LoopBuffers buffers) {
        // What only passes on is not read into the buffer that the layer on top of it opens into.
        return input.isClear() ? net.incoming(buffers) : buffers.clearIn();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (phase == Phase.FAILED) {
            return net.read(into);
        }
        int start = into.position();
        tellsNext = false;
        try {
            boolean fresh = true;
            boolean more = phase != Phase.WAITING;
            while (more && into.hasRemaining()) {
                boolean none = into.position() == start;
                if (!input.isOpening()) {
                    return input.pass(into, start, net);
                }
                switch (taskRuns ? TlsEngine.Received.TASK : input.open(into)) {
                    case RECORD -> more = recordTaken();
                    case ROOM -> {
                        more = none;
                        if (none) {
                            input.openAside();
                        }
                    }
                    case TASK -> more = runTask();
                    case CLOSED -> {
                        tellsNext = !none;
                        more = none && closedByPeer();
                    }
                    case MORE -> {
                        // A task may have made an answer, the last one even.
                        more = isOpenedInOrder();
                        progress();
                        more = more && fresh && input.fill(net);
                        fresh = false;
                    }
                }
            }
        } catch (HandleException e) {
            // The engine says it again when what came before has been delivered.
            tellsNext = into.position() > start;
            if (!tellsNext) {
                failed(e);
            }
        } finally {
            input.settle();
        }
        return into.position() - start;
    }

    private boolean recordTaken() {
        boolean more = isOpenedInOrder();
        progress();
        return more && phase != Phase.FAILED;
    }

    /**
     * Tells when the handshake is done, whether by a record or by a task.
     *
     * @return whether this layer is still the one to read from
     */
    private boolean isOpenedInOrder() {
        if (phase == Phase.HANDSHAKING && engine.session() != null && engine.state() != TlsEngine.State.HANDSHAKING) {
            phase = Phase.OPEN;
            handle.loop().disarm(this);
            input.settle();
            progress();
            handle.tls().started(engine.session());
        }
        return handle.tls().isOn(this);
    }

    private boolean closedByPeer() {
        if (handle.tls().endsByPeer() || output.isStopping()) {
            input.endRecords();
            stop(handle.writes().waiting());
            handle.tls().stopped();
            // Who has started TLS again in the callback gets what follows by the layer of that.
            return handle.tls().isOn(this);
        }
        input.end();
        TlsSession session = engine.session();
        if (session == null || session.protocol() != TlsProtocol.TLS_1_3) {
            // RFC 5246 section 7.2.1: it is answered at once. TLS 1.3 has a half-close: the answer is this end's own
            // end.
            output.close(handle.writes().waiting());
            progress();
        }
        return true;
    }

    /** True: go on; false: it runs elsewhere. */
    private boolean runTask() {
        Runnable task = taskRuns ? null : engine.task();
        if (task == null) {
            return false;
        }
        Executor elsewhere = executor;
        if (elsewhere == null) {
            task.run();
            return true;
        }
        taskRuns = true;
        try {
            elsewhere.execute(() -> {
                task.run();
                handle.loop().execute(this::taskDone);
            });
            return false;
        } catch (RejectedExecutionException e) {
            taskRuns = false;
            task.run();
            return true;
        }
    }

    private void taskDone() {
        taskRuns = false;
        input.taskDone();
        ready(true, true);
    }

    // Out

    @Override
    public ByteBuffer outgoing(LoopBuffers buffers) {
        return buffers.clearOut();
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int start = from.position();
        if (phase == Phase.FAILED) {
            throw new IOException("TLS has failed");
        }
        if (phase != Phase.WAITING && !taskRuns) {
            try {
                output.write(from, net, phase == Phase.OPEN);
            } catch (HandleException e) {
                failed(e);
            }
        }
        return from.position() - start;
    }

    /** Moves on what does not wait for the handle. */
    private void progress() {
        if (phase == Phase.WAITING || taskRuns) {
            return;
        }
        try {
            if (phase == Phase.FAILED) {
                output.abandon(net);
            } else {
                output.progress(net, phase == Phase.OPEN);
            }
        } catch (HandleException e) {
            failed(e);
        } catch (IOException e) {
            handle.fail(Failures.of(e));
        }
    }

    private void failed(HandleException e) {
        if (phase == Phase.FAILED) {
            return;
        }
        boolean handshaking = isHandshaking();
        phase = Phase.FAILED;
        handle.loop().disarm(this);
        input.settle();
        try {
            // The alert.
            if (!taskRuns) {
                output.progress(net, false);
            }
        } catch (IOException | HandleException lost) {
            e.addSuppressed(lost);
        }
        handle.tls().failed(this, e, handshaking);
    }

    @Override
    public void endOutput() throws IOException {
        if (output.isClear() && output.isEmpty()) {
            net.endOutput();
            return;
        }
        output.end();
        if (isHandshaking() && !handle.isOpen()) {
            try {
                // Nothing is left to be written: there is no need of a session.
                engine.closeOutput();
            } catch (HandleException e) {
                failed(e);
            }
        }
        progress();
    }

    @Override
    public boolean isFlushed() throws IOException {
        boolean done = phase == Phase.OPEN ? output.isFlushed() : output.isEmpty();
        return done && net.isFlushed();
    }

    @Override
    public void close() {
        user = null;
        forget();
        net.close();
    }
}
