package dev.haft.engine;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The other end of a handle: plain blocking channels of the JDK. */
final class Peer implements AutoCloseable {
    private static final int MANY_TIMES = 3;

    private final ReadableByteChannel in;
    private final WritableByteChannel out;

    Peer(ReadableByteChannel in, WritableByteChannel out) {
        this.in = in;
        this.out = out;
    }

    void send(String latin1) throws IOException {
        send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            out.write(left);
        }
    }

    /** Exactly so many bytes. */
    String receive(int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (in.read(bytes) < 0) {
                throw new IOException(
                        "the stream ended after " + bytes.position() + " of " + count + " bytes: " + text(bytes));
            }
        }
        return text(bytes);
    }

    /** All bytes up to the end of the stream; an IOException if that is a reset. */
    byte[] receiveAll() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        while (in.read(bytes) >= 0) {
            if (!bytes.hasRemaining()) {
                bytes = ByteBuffer.allocate(bytes.capacity() * 2).put(bytes.flip());
            }
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    String receiveText() throws IOException {
        return new String(receiveAll(), StandardCharsets.ISO_8859_1);
    }

    private static String text(ByteBuffer bytes) {
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
    }

    /** Sends until the system takes no more; how much that was. */
    long sendUntilFull() throws IOException {
        SelectableChannel channel = (SelectableChannel) out;
        ByteBuffer piece = ByteBuffer.allocate(1 << 16);
        long sent = 0;
        channel.configureBlocking(false);
        for (int refused = 0; refused < MANY_TIMES; ) {
            int count = out.write(piece.clear());
            sent += count;
            if (count == 0) {
                refused++;
                Thread.onSpinWait();
            }
        }
        channel.configureBlocking(true);
        return sent;
    }

    /** Ends its stream, and can still receive. */
    void end() throws IOException {
        if (out instanceof SocketChannel socket) {
            socket.shutdownOutput();
        } else {
            out.close();
        }
    }

    /** Breaks the connection off. */
    void reset() throws IOException {
        ((SocketChannel) out).setOption(StandardSocketOptions.SO_LINGER, 0);
        out.close();
    }

    @Override
    public void close() throws IOException {
        in.close();
        out.close();
    }
}
