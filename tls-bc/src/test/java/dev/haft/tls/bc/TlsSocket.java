package dev.haft.tls.bc;

import dev.haft.HandleException;
import dev.haft.tls.TlsEngine;
import dev.haft.tls.TlsEngine.Received;
import dev.haft.tls.TlsEngine.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** An engine on a blocking socket. For one thread. */
final class TlsSocket implements AutoCloseable {
    private static final int SECONDS = 30;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Socket socket;
    private final TlsEngine engine;
    private final ByteBuffer net =
            ByteBuffer.allocate(4 * TlsEngine.MAX_RECORD_BYTES).limit(0);
    private final ByteBuffer clear =
            ByteBuffer.allocate(4 * TlsEngine.MAX_RECORD_BYTES).limit(0);

    TlsSocket(Socket socket, TlsEngine engine) throws IOException, HandleException {
        this.socket = socket;
        this.engine = engine;
        socket.setSoTimeout(SECONDS * 1000);
        try {
            engine.start();
            flush(NOTHING);
            while (engine.state() == State.HANDSHAKING) {
                if (!take()) {
                    engine.endOfInput();
                }
            }
        } catch (HandleException e) {
            // The alert.
            flush(NOTHING);
            socket.close();
            throw e;
        }
    }

    TlsEngine engine() {
        return engine;
    }

    private void flush(ByteBuffer text) throws IOException, HandleException {
        ByteBuffer out = ByteBuffer.allocate(TlsEngine.MAX_RECORD_BYTES);
        do {
            out.clear();
            engine.send(text, out);
            socket.getOutputStream().write(out.array(), 0, out.position());
        } while (out.position() > 0);
    }

    /** Takes what comes next; false at the end of the stream, or of TLS. */
    private boolean take() throws IOException, HandleException {
        clear.compact();
        Received received;
        try {
            received = engine.receive(net, clear);
        } finally {
            clear.flip();
        }
        if (engine.hasOutput()) {
            flush(NOTHING);
        }
        if (received == Received.MORE) {
            net.compact();
            int count = socket.getInputStream().read(net.array(), net.position(), net.remaining());
            net.position(net.position() + Math.max(0, count)).flip();
            return count >= 0;
        }
        return received != Received.CLOSED;
    }

    void write(String text) throws IOException, HandleException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) throws IOException, HandleException {
        flush(ByteBuffer.wrap(bytes));
    }

    /** A line without its end; null at the end of TLS. */
    String readLine() throws IOException, HandleException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            while (clear.hasRemaining()) {
                byte next = clear.get();
                if (next == '\n') {
                    return line.toString(StandardCharsets.UTF_8).replaceFirst("\r$", "");
                }
                line.write(next);
            }
            if (!take()) {
                return null;
            }
        }
    }

    /** So many bytes. */
    byte[] read(int length) throws IOException, HandleException {
        byte[] bytes = new byte[length];
        int at = 0;
        while (at < length) {
            int count = Math.min(length - at, clear.remaining());
            clear.get(bytes, at, count);
            at += count;
            if (at < length && !take()) {
                engine.endOfInput();
            }
        }
        return bytes;
    }

    /** Ends TLS in order, both ways if the peer does, too. */
    @Override
    public void close() throws IOException, HandleException {
        engine.closeOutput();
        flush(NOTHING);
        socket.close();
    }
}
