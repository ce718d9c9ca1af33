package dev.haft.tls.bc;

import dev.haft.HandleException;
import dev.haft.tls.TlsEngine;
import dev.haft.tls.TlsEngine.Received;
import dev.haft.tls.TlsEngine.State;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;

/** One end of a stream that is clear text and TLS in turns, as a handle drives it: two of them and the bytes between. */
final class Wire {
    private final Random cuts;
    private final ByteArrayOutputStream got = new ByteArrayOutputStream();
    private byte[] incoming = {};
    private TlsEngine engine;
    private boolean stopping;
    private Wire peer;

    private Wire(Random cuts) {
        this.cuts = cuts;
    }

    static Wire[] pair(Random cuts) {
        Wire[] pair = {new Wire(cuts), new Wire(cuts)};
        pair[0].peer = pair[1];
        pair[1].peer = pair[0];
        return pair;
    }

    /** From here on what comes is TLS, what waits of it included. */
    void start(TlsEngine with) throws HandleException {
        engine = with;
        stopping = false;
        with.start();
    }

    boolean isTls() {
        return engine != null;
    }

    boolean isOpen() {
        return engine != null && engine.state() == State.OPEN;
    }

    TlsEngine engine() {
        return engine;
    }

    /** The bytes that this end sends for a text. */
    byte[] sealed(byte[] text) throws HandleException {
        if (engine == null || stopping) {
            return text;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer clear = ByteBuffer.wrap(text);
        ByteBuffer net = ByteBuffer.allocate(TlsEngine.MAX_RECORD_BYTES + cuts.nextInt(20_000));
        do {
            net.clear();
            engine.send(clear, net);
            out.write(net.array(), 0, net.position());
        } while (net.position() > 0);
        if (clear.hasRemaining()) {
            throw new IllegalStateException("not taken in " + engine.state());
        }
        return out.toByteArray();
    }

    /** The bytes of the end of TLS; what is sent after them is clear text. */
    byte[] stop() throws HandleException {
        engine.closeOutput();
        byte[] last = sealed(new byte[0]);
        stopping = true;
        settle();
        return last;
    }

    private void settle() {
        if (engine != null && engine.state() == State.CLOSED) {
            engine = null;
            stopping = false;
        }
    }

    /** Puts bytes on the wire to the peer, which takes them in pieces, and its answers. */
    void send(byte[] bytes) throws HandleException {
        int at = 0;
        while (at < bytes.length) {
            int length =
                    Math.min(bytes.length - at, 1 + (cuts.nextInt(4) == 0 ? cuts.nextInt(6) : cuts.nextInt(20_000)));
            peer.arrive(bytes, at, length);
            at += length;
        }
    }

    private void arrive(byte[] bytes, int offset, int length) throws HandleException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(incoming, 0, incoming.length);
        all.write(bytes, offset, length);
        incoming = all.toByteArray();
        take();
    }

    /** Takes what has come, and answers what is to be answered. */
    void take() throws HandleException {
        TlsEngine with = engine;
        if (with == null) {
            got.write(incoming, 0, incoming.length);
            incoming = new byte[0];
            return;
        }
        ByteBuffer net = ByteBuffer.wrap(incoming);
        ByteBuffer clear = ByteBuffer.allocate(TlsEngine.MAX_RECORD_BYTES);
        Received received;
        do {
            clear.clear();
            received = with.receive(net, clear);
            got.write(clear.array(), 0, clear.position());
        } while (received == Received.RECORD);
        byte[] rest = new byte[net.remaining()];
        net.get(rest);
        incoming = rest;
        if (with.hasOutput() && !stopping) {
            send(sealed(new byte[0]));
        }
        if (received == Received.CLOSED) {
            if (!stopping) {
                send(stop());
            }
            settle();
            take();
        }
    }

    byte[] got() {
        byte[] bytes = got.toByteArray();
        got.reset();
        return bytes;
    }
}
