package dev.haft.engine.net;

import dev.haft.engine.handle.Transport;
import dev.haft.engine.handle.TransportUser;
import dev.haft.engine.loop.Ready;
import dev.haft.engine.loop.SelectorLoop;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** The bytes of one channel, or of one to read and one to write. */
final class ChannelTransport implements Transport, Ready {
    private static final System.Logger LOG = System.getLogger(ChannelTransport.class.getName());

    private final SelectorLoop loop;
    private final @Nullable ReadableByteChannel in;
    private final @Nullable WritableByteChannel out;
    private @Nullable TransportUser user;
    private @Nullable SelectionKey inKey;
    private @Nullable SelectionKey outKey;
    private boolean wantsRead;

    ChannelTransport(SelectorLoop loop, @Nullable ReadableByteChannel in, @Nullable WritableByteChannel out) {
        this.loop = loop;
        this.in = in;
        this.out = out;
    }

    @Override
    public void use(TransportUser by) {
        user = by;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return in == null ? -1 : in.read(into);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        if (out == null) {
            throw new ClosedChannelException();
        }
        return out.write(from);
    }

    /**
     * Interest in reading is withdrawn only when something comes that nobody wants: a program that asks and answers in turn
     * would otherwise cost two system calls more each time.
     */
    @Override
    public void want(boolean read, boolean write) throws IOException {
        wantsRead = read;
        if (in == out) {
            int reading = read ? SelectionKey.OP_READ : interest(inKey) & SelectionKey.OP_READ;
            inKey = watch(inKey, in, reading | (write ? SelectionKey.OP_WRITE : 0));
            return;
        }
        if (in == null && read) {
            // No key will ever say so: what cannot be read has ended.
            loop.execute(() -> tell(wantsRead, false));
        }
        inKey = watch(inKey, in, read ? SelectionKey.OP_READ : interest(inKey));
        outKey = watch(outKey, out, write ? SelectionKey.OP_WRITE : 0);
    }

    private static int interest(@Nullable SelectionKey key) {
        return key == null ? 0 : key.interestOps();
    }

    private @Nullable SelectionKey watch(@Nullable SelectionKey key, @Nullable Channel channel, int ops)
            throws IOException {
        if (key == null) {
            return ops == 0 || channel == null ? null : loop.register((SelectableChannel) channel, ops, this);
        }
        if (key.interestOps() != ops) {
            key.interestOps(ops);
        }
        return key;
    }

    @Override
    public void ready(SelectionKey key) {
        int ops = key.readyOps();
        boolean readable = (ops & SelectionKey.OP_READ) != 0;
        if (readable && !wantsRead) {
            key.interestOpsAnd(~SelectionKey.OP_READ);
            readable = false;
        }
        tell(readable, (ops & SelectionKey.OP_WRITE) != 0);
    }

    private void tell(boolean readable, boolean writable) {
        TransportUser told = user;
        if (told != null && (readable || writable)) {
            told.ready(readable, writable);
        }
    }

    @Override
    public void endOutput() throws IOException {
        if (out instanceof SocketChannel socket) {
            socket.shutdownOutput();
        } else if (out != null) {
            out.close();
        }
    }

    @Override
    public void close() {
        user = null;
        close(in);
        if (out != in) {
            close(out);
        }
    }

    private static void close(@Nullable Channel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "closing " + channel, e);
            }
        }
    }

    @Override
    public @Nullable Channel channel() {
        return in == null ? out : in;
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        try {
            return channel() instanceof SocketChannel socket ? socket.getLocalAddress() : null;
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        try {
            return channel() instanceof SocketChannel socket ? socket.getRemoteAddress() : null;
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public <T> void option(SocketOption<T> option, T value) throws IOException {
        if (channel() instanceof NetworkChannel network
                && network.supportedOptions().contains(option)) {
            network.setOption(option, value);
        }
    }
}
