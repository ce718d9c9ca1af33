package dev.haft.itests.tls;

import dev.haft.HandleException;
import dev.haft.tls.TlsEngine;
import dev.haft.tls.TlsEngine.Received;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A peer on a blocking socket that puts into one segment what it likes: clear text, records, and clear text again. */
final class TlsPeer implements AutoCloseable {
    private final Socket socket;
    private final TlsEngine engine;
    private final ByteArrayOutputStream segment = new ByteArrayOutputStream();
    private final ByteBuffer net = ByteBuffer.allocate(1 << 18).flip();
    private final ByteBuffer clear = ByteBuffer.allocate(1 << 18).flip();

    TlsPeer(int port, TlsEngine engine) throws IOException {
        this.engine = engine;
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
    }

    TlsPeer plain(String text) {
        segment.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    TlsPeer start() throws HandleException {
        engine.start();
        return sealed("");
    }

    TlsPeer sealed(String text) throws HandleException {
        ByteBuffer from = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        ByteBuffer out = ByteBuffer.allocate(TlsEngine.MAX_RECORD_BYTES);
        do {
            out.clear();
            engine.send(from, out);
            segment.write(out.array(), 0, out.position());
        } while (out.position() > 0);
        return this;
    }

    TlsPeer closeNotify() throws HandleException {
        engine.closeOutput();
        return sealed("");
    }

    /** All that was put together leaves at once. */
    TlsPeer send() throws IOException {
        socket.getOutputStream().write(segment.toByteArray());
        segment.reset();
        return this;
    }

    TlsPeer shakeHands() throws IOException, HandleException {
        send();
        while (engine.session() == null || engine.hasOutput()) {
            sealed("").send();
            if (engine.session() == null && receive() == Received.MORE) {
                fill();
            }
        }
        return this;
    }

    private Received receive() throws HandleException {
        clear.compact();
        try {
            Received received = engine.receive(net, clear);
            if (received == Received.TASK) {
                Runnable task = engine.task();
                if (task != null) {
                    task.run();
                }
            }
            return received;
        } finally {
            clear.flip();
        }
    }

    /** Whether there was more. */
    private boolean fill() throws IOException {
        net.compact();
        try {
            int count = socket.getInputStream().read(net.array(), net.position(), net.remaining());
            net.position(net.position() + Math.max(count, 0));
            return count >= 0;
        } finally {
            net.flip();
        }
    }

    /** The next line in TLS. */
    String line() throws IOException, HandleException {
        while (true) {
            String text = takeLine(clear);
            if (text != null) {
                return text;
            }
            if (receive() == Received.MORE && !fill()) {
                throw new IOException("the end");
            }
        }
    }

    /** The next line in clear text, after the peer's close_notify. */
    String plainLine() throws IOException, HandleException {
        while (true) {
            Received received = receive();
            if (received == Received.CLOSED) {
                String text = takeLine(net);
                if (text != null) {
                    return text;
                }
            }
            if ((received == Received.MORE || received == Received.CLOSED) && !fill()) {
                throw new IOException("the end");
            }
        }
    }

    /** What came in TLS until the peer's close_notify. */
    int countToCloseNotify() throws IOException, HandleException {
        int count = 0;
        while (true) {
            Received received = receive();
            count += clear.remaining();
            clear.position(clear.limit());
            if (received == Received.CLOSED) {
                return count;
            }
            if (received == Received.MORE && !fill()) {
                engine.endOfInput();
            }
        }
    }

    private static String takeLine(ByteBuffer from) {
        for (int i = from.position(); i < from.limit(); i++) {
            if (from.get(i) == '\n') {
                byte[] bytes = new byte[i - from.position()];
                from.get(bytes).get();
                return new String(bytes, StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
