package dev.haft.tls.bc;

import dev.haft.HandleException;
import dev.haft.tls.TlsEngine;
import dev.haft.tls.TlsEngine.Received;
import dev.haft.tls.TlsEngine.State;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntUnaryOperator;

/** Two engines and the wires between them, in memory. */
final class TlsPair {
    final End client;
    final End server;

    TlsPair(TlsEngine client, TlsEngine server) {
        this.client = new End(client);
        this.server = new End(server);
    }

    /** One end: its engine, what has come over the wire to it, and what clear text it has got. */
    static final class End {
        final TlsEngine engine;
        private byte[] wire = {};
        private final ByteArrayOutputStream clear = new ByteArrayOutputStream();

        End(TlsEngine engine) {
            this.engine = engine;
        }

        /** All that it sends now. */
        byte[] output(byte[] text) throws HandleException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteBuffer clearText = ByteBuffer.wrap(text);
            ByteBuffer net = ByteBuffer.allocate(TlsEngine.MAX_RECORD_BYTES);
            do {
                net.clear();
                engine.send(clearText, net);
                out.write(net.array(), 0, net.position());
            } while (net.position() > 0);
            if (clearText.hasRemaining()) {
                throw new IllegalStateException(clearText.remaining() + " bytes were not taken in " + engine.state());
            }
            return out.toByteArray();
        }

        void arrive(byte[] bytes, int offset, int length) {
            byte[] more = new byte[wire.length + length];
            System.arraycopy(wire, 0, more, 0, wire.length);
            System.arraycopy(bytes, offset, more, wire.length, length);
            wire = more;
        }

        /** Takes what has come as far as it can. */
        Received take() throws HandleException {
            ByteBuffer net = ByteBuffer.wrap(wire);
            ByteBuffer out = ByteBuffer.allocate(TlsEngine.MAX_RECORD_BYTES);
            try {
                while (true) {
                    out.clear();
                    Received received = engine.receive(net, out);
                    clear.write(out.array(), 0, out.position());
                    if (received == Received.TASK) {
                        Runnable task = engine.task();
                        if (task != null) {
                            task.run();
                        }
                    } else if (received != Received.RECORD) {
                        return received;
                    }
                }
            } finally {
                byte[] rest = new byte[net.remaining()];
                net.get(rest);
                wire = rest;
            }
        }

        /** What has come and is not taken. */
        byte[] residue() {
            return wire.clone();
        }

        byte[] clear() {
            byte[] bytes = clear.toByteArray();
            clear.reset();
            return bytes;
        }

        String text() {
            return new String(clear(), StandardCharsets.UTF_8);
        }
    }

    /** Sends from one to the other, in pieces of the sizes that are given. */
    static Received pass(End from, End to, byte[] text, IntUnaryOperator pieces) throws HandleException {
        byte[] bytes = from.output(text);
        Received last = Received.MORE;
        for (int at = 0, n = 0; at < bytes.length; n++) {
            int length = Math.max(1, Math.min(bytes.length - at, pieces.applyAsInt(n)));
            to.arrive(bytes, at, length);
            last = to.take();
            at += length;
        }
        return last;
    }

    static Received pass(End from, End to, String text) throws HandleException {
        return pass(from, to, text.getBytes(StandardCharsets.UTF_8), n -> Integer.MAX_VALUE);
    }

    /** Shakes hands until both are open. */
    TlsPair shake(IntUnaryOperator pieces) throws HandleException {
        client.engine.start();
        server.engine.start();
        runTask(client);
        runTask(server);
        for (int i = 0; i < 20; i++) {
            pass(client, server, new byte[0], pieces);
            pass(server, client, new byte[0], pieces);
            if (client.engine.state() == State.OPEN
                    && server.engine.state() == State.OPEN
                    && !client.engine.hasOutput()
                    && !server.engine.hasOutput()) {
                return this;
            }
        }
        throw new IllegalStateException(client.engine.state() + " " + server.engine.state());
    }

    TlsPair shake() throws HandleException {
        return shake(n -> Integer.MAX_VALUE);
    }

    private static void runTask(End end) throws HandleException {
        Runnable task = end.engine.task();
        if (task != null) {
            task.run();
            end.take();
        }
    }
}
