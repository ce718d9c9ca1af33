package dev.haft.engine.net;

import dev.haft.engine.handle.Transport;
import dev.haft.engine.loop.SelectorLoop;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;

/** Makes transports of channels that are open already. */
public final class Channels {
    private Channels() {}

    /**
     * Of one channel.
     *
     * @throws IllegalArgumentException if it is no stream, closed, not connected or somebody else's
     */
    public static Transport transport(SelectorLoop loop, SelectableChannel channel) {
        mustBeFree(channel);
        if (channel instanceof SocketChannel socket) {
            if (!socket.isConnected()) {
                throw new IllegalArgumentException("the socket is not connected: " + channel);
            }
            unblock(channel);
            return new ChannelTransport(loop, socket);
        }
        if (channel instanceof Pipe.SourceChannel source) {
            unblock(channel);
            return new PipeTransport(loop, source, null);
        }
        if (channel instanceof Pipe.SinkChannel sink) {
            unblock(channel);
            return new PipeTransport(loop, null, sink);
        }
        throw new IllegalArgumentException("not a connected stream of bytes: " + channel);
    }

    private static void mustBeFree(SelectableChannel channel) {
        if (!channel.isOpen()) {
            throw new IllegalArgumentException("the channel is closed: " + channel);
        }
        if (channel.isRegistered()) {
            throw new IllegalArgumentException("the channel is registered with a selector, or was and that one has not"
                    + " selected since its key was cancelled: " + channel);
        }
    }

    /** Of the ends of two pipes. */
    public static Transport transport(SelectorLoop loop, Pipe.SourceChannel source, Pipe.SinkChannel sink) {
        mustBeFree(source);
        mustBeFree(sink);
        unblock(source);
        unblock(sink);
        return new PipeTransport(loop, source, sink);
    }

    private static void unblock(SelectableChannel channel) {
        try {
            channel.configureBlocking(false);
        } catch (IOException e) {
            throw new IllegalArgumentException("the channel cannot be used: " + channel, e);
        }
    }
}
