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
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** The bytes of a socket. */
final class ChannelTransport implements Transport, Ready {
    private final SelectorLoop loop;
    private final SocketChannel channel;
    private @Nullable TransportUser user;
    private @Nullable SelectionKey key;
    private boolean wantsRead;

    ChannelTransport(SelectorLoop loop, SocketChannel channel) {
        this.loop = loop;
        this.channel = channel;
    }

    @Override
    public void use(TransportUser by) {
        user = by;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return channel.write(from);
    }

    @Override
    public long transfer(FileChannel file, long position, long count, ByteBuffer through) throws IOException {
        return file.transferTo(position, count, channel);
    }

    /**
     * Interest in reading is withdrawn only when something comes that nobody wants: a program that asks and answers in turn
     * would otherwise cost two system calls more each time.
     */
    @Override
    public void want(boolean read, boolean write) throws IOException {
        wantsRead = read;
        int reading = read || isWatchedForReading() ? SelectionKey.OP_READ : 0;
        key = Keys.watch(loop, key, channel, write ? reading | SelectionKey.OP_WRITE : reading, this);
    }

    private boolean isWatchedForReading() {
        return key != null && key.isValid() && (key.interestOps() & SelectionKey.OP_READ) != 0;
    }

    @Override
    public void ready(SelectionKey ready) {
        int ops = ready.readyOps();
        boolean readable = (ops & SelectionKey.OP_READ) != 0;
        if (readable && !wantsRead) {
            ready.interestOpsAnd(~SelectionKey.OP_READ);
            readable = false;
        }
        boolean writable = (ops & SelectionKey.OP_WRITE) != 0;
        TransportUser told = user;
        if (told != null && (readable || writable)) {
            told.ready(readable, writable);
        }
    }

    @Override
    public void endOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() {
        user = null;
        Keys.close(channel);
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        try {
            return channel.getLocalAddress();
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        try {
            return channel.getRemoteAddress();
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public <T> void option(SocketOption<T> option, T value) throws IOException {
        if (channel.supportedOptions().contains(option)) {
            channel.setOption(option, value);
        }
    }
}
