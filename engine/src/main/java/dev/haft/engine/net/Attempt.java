package dev.haft.engine.net;

import dev.haft.HandleOptions;
import dev.haft.engine.handle.SocketOptions;
import dev.haft.engine.loop.LoopTimer;
import dev.haft.engine.loop.Ready;
import dev.haft.engine.loop.SelectorLoop;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One address, and the socket that is to connect to it. For the loop. */
final class Attempt extends LoopTimer implements Ready {
    private final SelectorLoop loop;
    private final SocketAddress address;
    private final SocketChannel channel;
    private final ChannelTransport transport;
    private final Outcome outcome;
    private Duration limit = Duration.ZERO;

    /** Who hears of the end of an attempt that has begun: once, unless it was closed before. */
    interface Outcome {
        void won(Attempt attempt);

        void failed(Attempt attempt, Exception why);
    }

    private Attempt(SelectorLoop loop, SocketAddress address, SocketChannel channel, Outcome outcome) {
        this.loop = loop;
        this.address = address;
        this.channel = channel;
        this.outcome = outcome;
        transport = new ChannelTransport(loop, channel);
    }

    /** Opens a socket, sets its options, and binds it. */
    static Attempt open(SelectorLoop loop, SocketAddress address, HandleOptions options, Outcome outcome)
            throws IOException {
        SocketChannel channel = SocketChannel.open(family(address));
        try {
            channel.configureBlocking(false);
            Attempt attempt = new Attempt(loop, address, channel, outcome);
            SocketOptions.apply(options, attempt.transport);
            bind(channel, options.localAddress(), address);
            return attempt;
        } catch (IOException | RuntimeException e) {
            Keys.close(channel);
            throw e;
        }
    }

    static StandardProtocolFamily family(SocketAddress address) {
        if (address instanceof UnixDomainSocketAddress) {
            return StandardProtocolFamily.UNIX;
        }
        return address instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
    }

    private static void bind(SocketChannel channel, @Nullable SocketAddress local, SocketAddress address)
            throws IOException {
        if (local == null) {
            return;
        }
        if (local instanceof InetSocketAddress inet
                && !inet.isUnresolved()
                && inet.getAddress().isAnyLocalAddress()) {
            // Any address is one of either family.
            channel.bind(address instanceof InetSocketAddress ? new InetSocketAddress(inet.getPort()) : local);
        } else if (family(local) != family(address)) {
            throw new IOException("the local address " + local + " is of another family than " + address);
        } else {
            channel.bind(local);
        }
    }

    SocketAddress address() {
        return address;
    }

    SocketChannel channel() {
        return channel;
    }

    ChannelTransport transport() {
        return transport;
    }

    /**
     * Connects; it may be over when this returns.
     *
     * @param longest how long it may take; zero: as long as the system tries
     */
    void begin(Duration longest) {
        limit = longest;
        boolean connected;
        try {
            connected = channel.connect(address);
            if (!connected) {
                loop.register(channel, SelectionKey.OP_CONNECT, this);
            }
        } catch (IOException | RuntimeException e) {
            fail(e);
            return;
        }
        if (connected) {
            outcome.won(this);
        } else if (!limit.isZero()) {
            loop.arm(this, SelectorLoop.nanos(limit));
        }
    }

    @Override
    public void ready(SelectionKey key) {
        try {
            if (!channel.finishConnect()) {
                return;
            }
            key.interestOps(0);
        } catch (IOException | RuntimeException e) {
            fail(e);
            return;
        }
        loop.disarm(this);
        // The socket is somebody else's now.
        key.attach(null);
        outcome.won(this);
    }

    @Override
    protected void fire() {
        fail(new SocketTimeoutException("timed out after " + limit));
    }

    private void fail(Exception why) {
        close();
        outcome.failed(this, why);
    }

    void close() {
        loop.disarm(this);
        Keys.close(channel);
    }
}
