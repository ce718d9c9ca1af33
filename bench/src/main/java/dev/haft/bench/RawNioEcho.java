package dev.haft.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The yardstick: echoes lines from a selector loop written by hand, with nothing in it that the task does not need.
 *
 * <p>A line is decoded to a String and a String is encoded back, as in the other servers. All replies to what one read
 * brought leave in one write. A connection whose replies the kernel does not take is not read from until it has.
 */
public final class RawNioEcho implements Runnable {
    private static final int READ_BYTES = 128 * 1024;
    private static final int MAX_LINE_BYTES = 64 * 1024;

    /** Bytes that are no UTF-8 become U+FFFD: three bytes for one. */
    private static final int MAX_GROWTH = 3;

    private static final byte[] NOTHING = {};

    private final Selector selector;
    private final ServerSocketChannel server;
    private final ByteBuffer received = ByteBuffer.allocateDirect(READ_BYTES);
    /** The partial line that was left of the last read, then what this one brought. */
    private final byte[] lines = new byte[MAX_LINE_BYTES + READ_BYTES];

    private final ByteBuffer replies = ByteBuffer.allocateDirect(MAX_GROWTH * lines.length);

    private RawNioEcho() throws IOException {
        selector = Selector.open();
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** Listens, prints the port, and serves until it is killed. */
    public static void main(String[] args) throws IOException {
        System.out.println("PORT " + start());
    }

    static int start() throws IOException {
        RawNioEcho echo = new RawNioEcho();
        new Thread(echo, "raw-nio").start();
        return echo.server.socket().getLocalPort();
    }

    @Override
    public void run() {
        try {
            while (true) {
                selector.select(this::serve);
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot select", e);
        }
    }

    private void serve(SelectionKey key) {
        if (!(key.attachment() instanceof Connection connection)) {
            accept();
            return;
        }
        try {
            if (key.isWritable()) {
                writeUnsent(key, connection);
            } else {
                readAndReply(key, connection);
            }
        } catch (IOException e) {
            close(connection.channel);
        }
    }

    private void accept() {
        try {
            SocketChannel channel = server.accept();
            if (channel == null) {
                return;
            }
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ, new Connection(channel));
        } catch (IOException e) {
            System.err.println("cannot accept: " + e);
        }
    }

    private void readAndReply(SelectionKey key, Connection connection) throws IOException {
        int count = connection.channel.read(received.clear());
        if (count < 0) {
            close(connection.channel);
            return;
        }
        byte[] bytes = lines;
        int searched = connection.partial.length;
        System.arraycopy(connection.partial, 0, bytes, 0, searched);
        received.flip().get(bytes, searched, count);

        replies.clear();
        int stop = searched + count;
        int start = 0;
        for (int i = searched; i < stop; i++) {
            if (bytes[i] == '\n') {
                int end = i > start && bytes[i - 1] == '\r' ? i - 1 : i;
                String line = new String(bytes, start, end - start, UTF_8);
                replies.put((line + "\n").getBytes(UTF_8));
                start = i + 1;
            }
        }
        if (stop - start > MAX_LINE_BYTES) {
            close(connection.channel);
            return;
        }
        connection.partial = start == stop ? NOTHING : Arrays.copyOfRange(bytes, start, stop);
        if (replies.flip().hasRemaining()) {
            connection.channel.write(replies);
            if (replies.hasRemaining()) {
                connection.unsent = ByteBuffer.allocateDirect(replies.remaining())
                        .put(replies)
                        .flip();
                key.interestOps(SelectionKey.OP_WRITE);
            }
        }
    }

    private static void writeUnsent(SelectionKey key, Connection connection) throws IOException {
        ByteBuffer unsent = connection.unsent;
        if (unsent != null) {
            connection.channel.write(unsent);
            if (unsent.hasRemaining()) {
                return;
            }
            connection.unsent = null;
        }
        key.interestOps(SelectionKey.OP_READ);
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            System.err.println("cannot close: " + e);
        }
    }

    private static final class Connection {
        final SocketChannel channel;
        byte[] partial = NOTHING;

        @Nullable ByteBuffer unsent;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }
    }
}
