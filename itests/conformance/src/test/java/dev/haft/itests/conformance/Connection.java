package dev.haft.itests.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The peer's end of a connection, which waits, but not for ever. */
final class Connection implements AutoCloseable {
    private static final int PIECE = 1 << 16;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private boolean closed;
    private boolean wasReset;

    /** What came, was taken for TLS, and is none. */
    private ByteBuffer unread = ByteBuffer.allocate(0);

    /** How receiving ended, if not with as much as was wanted. */
    enum End {
        SHORT,
        EOF,
        RESET,
        CLOSED,
        /** TLS ended, with close notify; the connection need not. */
        TLS_CLOSED,
        TLS_ERROR,
        /** A handshake ended because the other side said so. */
        ALERT,
        /** A handshake ended because this side did not like it. */
        ERROR;

        boolean isOfConnection() {
            return this == SHORT || this == EOF || this == RESET || this == CLOSED;
        }

        String logged() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What came, and why not more. */
    static final class Received {
        private final byte[] data;
        private final @Nullable End end;

        Received(byte[] data, @Nullable End end) {
            this.data = data;
            this.end = end;
        }

        byte[] data() {
            return data;
        }

        @Nullable End end() {
            return end;
        }
    }

    Connection(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        selector = Selector.open();
        key = channel.register(selector, 0);
    }

    /** Whether all of it could be sent. */
    boolean send(byte[] bytes, long millis) throws IOException {
        if (closed) {
            return false;
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        ByteBuffer data = ByteBuffer.wrap(bytes);
        try {
            while (data.hasRemaining()) {
                if (channel.write(data) == 0 && !isReady(SelectionKey.OP_WRITE, deadline)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    void sendUrgent(byte[] bytes) throws IOException {
        for (byte octet : bytes) {
            channel.socket().sendUrgentData(octet);
        }
    }

    /** Reads so many bytes, or what comes in that time. */
    Received receive(int count, long millis) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        End end = closed ? End.CLOSED : null;
        while (end == null && data.size() < count) {
            ByteBuffer piece = ByteBuffer.allocate(Math.min(PIECE, count - data.size()));
            int read = read(piece);
            if (read > 0) {
                data.write(piece.array(), 0, read);
            } else if (read < 0) {
                end = read == -1 ? End.EOF : End.RESET;
            } else if (!isReady(SelectionKey.OP_READ, deadline)) {
                end = End.SHORT;
            }
        }
        return new Received(data.toByteArray(), end);
    }

    /** Reads what is there, or what comes first in that time. */
    Received receiveSome(long millis) throws IOException {
        Received first = receive(1, millis);
        if (first.end() != null) {
            return first;
        }
        ByteBuffer piece = ByteBuffer.allocate(PIECE).put(first.data());
        int more = read(piece);
        if (more < -1) {
            wasReset = false;
        }
        return new Received(Arrays.copyOf(piece.array(), piece.position()), null);
    }

    /** Hands back what is to be received again. */
    void unread(ByteBuffer bytes) {
        unread = bytes;
    }

    /** -1: the end, -2: a reset, which the system tells once; then it is the end. */
    private int read(ByteBuffer into) {
        if (unread.hasRemaining()) {
            int count = Math.min(unread.remaining(), into.remaining());
            into.put(unread.slice().limit(count));
            unread.position(unread.position() + count);
            return count;
        }
        try {
            return channel.read(into);
        } catch (IOException e) {
            boolean first = !wasReset;
            wasReset = true;
            return first ? -2 : -1;
        }
    }

    private boolean isReady(int interest, long deadline) throws IOException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        key.interestOps(interest);
        boolean ready = selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left))) > 0;
        selector.selectedKeys().clear();
        return ready;
    }

    boolean isClosed() {
        return closed;
    }

    void shutdown() throws IOException {
        channel.shutdownOutput();
    }

    void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        close();
    }

    /** At once: a channel that a selector knows would be closed later. */
    @Override
    public void close() throws IOException {
        closed = true;
        selector.close();
        channel.close();
    }
}
