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
     * @throws IllegalArgumentException if it is no stream, or not open or connected
     */
    public static Transport transport(SelectorLoop loop, SelectableChannel channel) {
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
        throw new IllegalArgumentException("not a stream of bytes: " + channel);
    }

    /** Of the ends of two pipes. */
    public static Transport transport(SelectorLoop loop, Pipe.SourceChannel source, Pipe.SinkChannel sink) {
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
