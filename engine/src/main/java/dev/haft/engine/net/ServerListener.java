package dev.haft.engine.net;

import dev.haft.Endpoint;
import dev.haft.ErrorCode;
import dev.haft.Handle;
import dev.haft.HandleException;
import dev.haft.ListenCallback;
import dev.haft.ListenOptions;
import dev.haft.Listener;
import dev.haft.engine.handle.Failures;
import dev.haft.engine.handle.Owner;
import dev.haft.engine.handle.Transport;
import dev.haft.engine.loop.LoopThread;
import dev.haft.engine.loop.LoopTimer;
import dev.haft.engine.loop.Ready;
import dev.haft.engine.loop.SelectorLoop;
import dev.haft.engine.types.TlsProviders;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server socket, TCP or Unix, that accepts on one loop and spreads connections over all. */
public final class ServerListener implements Listener, Ready, Owner {
    private static final System.Logger LOG = System.getLogger(Listener.class.getName());

    /** How many connections it takes before others have their turn. */
    private static final int ACCEPTS_A_TURN = 64;

    /** How long it waits when accepting fails, for want of descriptors say. */
    private static final long BACK_OFF_NANOS = Duration.ofMillis(100).toNanos();

    /** One report of failing may stand for several: where connections come and go at the limit, each would be one. */
    private static final long REPORT_NANOS = Duration.ofMinutes(1).toNanos();

    /** How long closing waits for the loop. */
    private static final int FREE_SECONDS = 1;

    private final SelectorLoop loop;
    private final Supplier<SelectorLoop> loops;
    private final ListenOptions options;
    private final Acceptor acceptor;
    private final Owner owner;
    private final Consumer<ServerListener> whenClosed;
    private final ServerSocketChannel channel;
    private final SocketAddress address;
    private final @Nullable SocketFile file;
    private final AtomicInteger connections = new AtomicInteger();
    private final LoopTimer backOff = new LoopTimer() {
        @Override
        protected void fire() {
            watch();
        }
    };

    private @Nullable SelectionKey key;
    private boolean failing;
    private @Nullable Long reported;
    private volatile boolean paused;
    private volatile boolean closed;

    private ServerListener(
            SelectorLoop loop,
            Supplier<SelectorLoop> loops,
            ListenOptions options,
            Acceptor acceptor,
            Owner owner,
            Consumer<ServerListener> whenClosed,
            ServerSocketChannel channel,
            @Nullable SocketFile file)
            throws IOException {
        this.loop = loop;
        this.loops = loops;
        this.options = options;
        this.acceptor = acceptor;
        this.owner = owner;
        this.whenClosed = whenClosed;
        this.channel = channel;
        this.file = file;
        address = channel.getLocalAddress();
    }

    /**
     * Listens.
     *
     * @param loop where it accepts
     * @param loops where connections are to live, one after the other
     * @param connector knows addresses
     * @param owner of the handles
     * @param whenClosed told once
     */
    public static ServerListener open(
            SelectorLoop loop,
            Supplier<SelectorLoop> loops,
            Connector connector,
            Endpoint endpoint,
            ListenOptions options,
            Acceptor acceptor,
            Owner owner,
            Consumer<ServerListener> whenClosed)
            throws HandleException {
        // The JDK reads its time zones when first asked: a logger must be able to tell when there are no descriptors
        // left.
        LOG.log(System.Logger.Level.TRACE, "listening on {0}, time zone {1}", endpoint, ZoneId.systemDefault());
        ServerSocketChannel channel = null;
        SocketFile file = null;
        try {
            SocketAddress address = connector.bindAddress(endpoint);
            // All addresses are those of both families.
            channel = "".equals(Connector.host(endpoint))
                    ? ServerSocketChannel.open()
                    : ServerSocketChannel.open(Attempt.family(address));
            channel.configureBlocking(false);
            int backlog = prepare(options, channel);
            if (address instanceof UnixDomainSocketAddress unix) {
                file = SocketFile.bind(channel, unix, backlog);
            } else {
                channel.bind(address, backlog);
            }
            ServerListener listener =
                    new ServerListener(loop, loops, options, acceptor, owner, whenClosed, channel, file);
            loop.execute(listener::watch);
            return listener;
        } catch (Exception e) {
            Keys.close(channel);
            if (file != null) {
                file.delete();
            }
            throw new HandleException(ErrorCode.IO, "cannot listen on " + endpoint + ": " + Failures.describe(e), e);
        }
    }

    private static int prepare(ListenOptions options, ServerSocketChannel channel) throws Exception {
        ListenCallback callback = options.onPrepare();
        Integer backlog = callback == null ? null : callback.accept(channel);
        if (backlog != null && backlog < 1) {
            throw new IllegalArgumentException("backlog: " + backlog + ", must be at least 1");
        }
        return backlog == null ? options.backlog() : backlog;
    }

    /** Asks for what may be accepted; on the loop. */
    private void watch() {
        if (closed) {
            return;
        }
        int ops = paused || isFull() ? 0 : SelectionKey.OP_ACCEPT;
        try {
            if (key == null) {
                key = loop.register(channel, ops, this);
            } else {
                key.interestOps(ops);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, () -> this + " cannot be watched", e);
        }
    }

    private boolean isFull() {
        return connections.get() >= options.maxConnections();
    }

    @Override
    public void ready(SelectionKey ready) {
        for (int i = 0; i < ACCEPTS_A_TURN && !paused && !closed; i++) {
            if (isFull()) {
                watch();
                return;
            }
            try {
                SocketChannel accepted = channel.accept();
                if (accepted == null) {
                    recovered();
                    return;
                }
                hand(accepted);
            } catch (IOException e) {
                backOff(e);
                return;
            }
        }
    }

    private void hand(SocketChannel accepted) throws IOException {
        try {
            accepted.configureBlocking(false);
        } catch (IOException e) {
            accepted.close();
            throw e;
        }
        SelectorLoop home = loops.get();
        Transport transport = new ChannelTransport(home, accepted);
        connections.incrementAndGet();
        try {
            acceptor.accepted(home, transport, this);
        } catch (RuntimeException | Error e) {
            transport.close();
            connections.decrementAndGet();
            LOG.log(System.Logger.Level.ERROR, () -> this + " had to drop a connection", e);
        }
    }

    private void backOff(IOException e) {
        if (closed) {
            return;
        }
        boolean first = !failing;
        failing = true;
        if (key != null) {
            key.interestOps(0);
        }
        loop.arm(backOff, BACK_OFF_NANOS);
        long now = loop.nanoTime();
        if (first && (reported == null || now - reported >= REPORT_NANOS)) {
            reported = now;
            LOG.log(System.Logger.Level.WARNING, () -> this + " cannot accept for now: " + e.getMessage());
        }
    }

    /** All who waited were accepted, and there would have been a descriptor for another one. */
    private void recovered() {
        if (failing) {
            failing = false;
            LOG.log(System.Logger.Level.DEBUG, () -> this + " accepts again");
        }
    }

    /** A connection has ended: there is room for another one. */
    @Override
    public void ended(Handle handle) {
        owner.ended(handle);
        if (connections.getAndDecrement() == options.maxConnections()) {
            onLoop(this::watch);
        }
    }

    @Override
    public TlsProviders tls() {
        return owner.tls();
    }

    private void onLoop(Runnable step) {
        if (loop.inLoop()) {
            step.run();
        } else {
            loop.offer(step);
        }
    }

    @Override
    public Endpoint endpoint() {
        return address instanceof InetSocketAddress inet
                ? Endpoint.tcp(inet.getAddress().getHostAddress(), inet.getPort())
                : Endpoint.unix(((UnixDomainSocketAddress) address).getPath());
    }

    @Override
    public SocketAddress address() {
        return address;
    }

    @Override
    public int port() {
        if (address instanceof InetSocketAddress inet) {
            return inet.getPort();
        }
        throw new IllegalStateException("not a TCP listener: " + this);
    }

    @Override
    public void pause() {
        paused = true;
        onLoop(this::watch);
    }

    @Override
    public void resume() {
        paused = false;
        onLoop(this::watch);
    }

    @Override
    public int connections() {
        return connections.get();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        Keys.close(channel);
        if (file != null) {
            file.delete();
        }
        CountDownLatch free = new CountDownLatch(1);
        onLoop(() -> {
            loop.disarm(backOff);
            loop.atTurnEnd(() -> loop.execute(free::countDown));
        });
        if (!LoopThread.isCurrent()) {
            await(free);
        }
        whenClosed.accept(this);
    }

    /** The descriptor is let go when the loop selects the next time; until then the port is not free. */
    private static void await(CountDownLatch free) {
        try {
            if (!free.await(FREE_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.DEBUG, "a busy loop has not let the descriptor of a listener go yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "Listener[" + endpoint() + " connections=" + connections + (closed ? " closed" : "") + "]";
    }
}
