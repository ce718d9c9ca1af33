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
 * What happens after the user is done with a handle: what was written goes out, and if the end is to be orderly then the end
 * of the stream too, and what the peer still sends is dropped until it ends as well: a socket that is closed with unread bytes
 * in it makes a reset, which may harm what was sent. All within a time. For the loop.
 */
final class Ending extends LoopTimer implements TransportUser {
    private static final int CALLS_A_PASS = 16;

    private final HandleCore handle;
    private final Outbox outbox;
    private final boolean orderly;
    private Transport transport;
    private boolean inputEnded;
    private boolean outputEnded;
    private boolean finished;

    Ending(HandleCore handle, Transport transport, Outbox outbox, boolean orderly, boolean inputEnded) {
        this.handle = handle;
        this.transport = transport;
        this.outbox = outbox;
        this.orderly = orderly;
        this.inputEnded = inputEnded;
    }

    void start(Duration limit) {
        transport.use(this);
        if (orderly || (transport.isConnected() && !limit.isZero())) {
            step();
        }
        if (!finished && (limit.isZero() || (!orderly && !transport.isConnected()))) {
            finish();
        } else if (!finished) {
            handle.loop().arm(this, SelectorLoop.nanos(limit));
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
            boolean sent = send();
            boolean received = !orderly || receive();
            if (sent && received) {
                finish();
            } else {
                transport.want(!received, !sent);
            }
        } catch (IOException e) {
            outbox.fail(Failures.of(e));
            finish();
        }
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
        if (!outputEnded && (orderly || !transport.isFlushed())) {
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
