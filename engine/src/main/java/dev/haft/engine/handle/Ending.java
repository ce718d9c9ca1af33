package dev.haft.engine.handle;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.engine.buffer.LoopBuffers;
import dev.haft.engine.buffer.Outbox;
import dev.haft.engine.loop.LoopTimer;
import dev.haft.engine.loop.SelectorLoop;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What happens after the user is done with a handle: what was written goes out, then the end of the stream, and what the peer
 * still sends is dropped until it ends as well: a socket that is closed with unread bytes in it makes a reset, which may harm
 * what was sent. Unless the end is to be orderly, a handle that has nothing to send just closes. All within a time. For the
 * loop.
 */
final class Ending extends LoopTimer implements TransportUser {
    private static final int CALLS_A_PASS = 16;

    private final HandleCore handle;
    private final Outbox outbox;
    private final boolean orderly;
    private final long limitNanos;
    private final long drainNanos;
    private final long started;
    private Transport transport;
    private boolean drains;
    private boolean sent;
    private boolean inputEnded;
    private boolean outputEnded;
    private boolean finished;

    /**
     * Does nothing before it {@linkplain #start starts}.
     *
     * @param orderly whether the peer's end is waited for even if there is nothing to send
     * @param limit for all of it
     * @param drainLimit for the peer's end, after all is sent
     */
    Ending(
            HandleCore handle,
            Transport transport,
            Outbox outbox,
            boolean orderly,
            Duration limit,
            Duration drainLimit) {
        this.handle = handle;
        this.transport = transport;
        this.outbox = outbox;
        this.orderly = orderly;
        limitNanos = SelectorLoop.nanos(limit);
        drainNanos = SelectorLoop.nanos(drainLimit);
        inputEnded = handle.reads().hasEnded();
        started = handle.loop().nanoTime();
    }

    void start() {
        transport.use(this);
        boolean lingers = transport.isConnected() && limitNanos > 0;
        drains = orderly || (lingers && mayBeReset());
        if (orderly || lingers) {
            handle.loop().arm(this, limitNanos);
            step();
        }
        if (limitNanos == 0 || !(orderly || lingers)) {
            finish();
        }
    }

    /** Whether there is something to send that the close of a socket may harm. */
    private boolean mayBeReset() {
        try {
            return transport.channel() instanceof SocketChannel && (!outbox.isEmpty() || !transport.isFlushed());
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void ready(boolean readable, boolean writable) {
        step();
    }

    @Override
    public @Nullable Duration prepare(SocketChannel fresh) {
        return null;
    }

    @Override
    public void connected(Transport real, Transport connecting) {
        transport = real;
        real.use(this);
        step();
    }

    @Override
    public void connectFailed(HandleException error) {
        outbox.fail(error);
        finish();
    }

    @Override
    protected void fire() {
        finish();
    }

    private void step() {
        if (finished) {
            return;
        }
        try {
            boolean allSent = send();
            boolean received = !drains || receive();
            if (allSent && received) {
                finish();
            } else {
                transport.want(!received, !allSent);
                hurry(allSent);
            }
        } catch (IOException e) {
            outbox.fail(Failures.of(e));
            finish();
        }
    }

    /** Once all is sent, a peer that does not end is not waited for as long as one that does not read. */
    private void hurry(boolean allSent) {
        if (allSent && !sent && !orderly) {
            long rest = limitNanos - (handle.loop().nanoTime() - started);
            handle.loop().arm(this, Math.min(drainNanos, rest));
        }
        sent = allSent;
    }

    /** Whether all is out. */
    private boolean send() throws IOException {
        if (!transport.isConnected()) {
            return false;
        }
        LoopBuffers buffers = handle.buffers();
        for (int calls = 0; !outbox.isEmpty(); calls++) {
            boolean blocked = Sending.once(outbox, transport, buffers);
            transport.passed();
            outbox.complete();
            if (blocked || calls == CALLS_A_PASS) {
                return false;
            }
        }
        if (!outputEnded && (drains || !transport.isFlushed())) {
            outputEnded = true;
            transport.endOutput();
        }
        return transport.isFlushed();
    }

    /** Whether the peer has ended, too. */
    private boolean receive() throws IOException {
        for (int calls = 0; !inputEnded && calls < CALLS_A_PASS; calls++) {
            int count = transport.read(transport.incoming(handle.buffers()));
            if (count == 0) {
                return false;
            }
            inputEnded = count < 0;
        }
        return inputEnded;
    }

    /** Lets go of what is left. */
    void finish() {
        if (finished) {
            return;
        }
        finished = true;
        handle.loop().disarm(this);
        transport.close();
        outbox.fail(new HandleException(ErrorCode.DESTROYED, "the handle ended before all was written"));
        outbox.clear(handle.buffers());
        handle.buffers().release(outbox);
        handle.ended();
    }
}
