package dev.haft.engine.net;

import dev.haft.Endpoint;
import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.HandleOptions;
import dev.haft.engine.handle.Failures;
import dev.haft.engine.handle.Transport;
import dev.haft.engine.handle.TransportUser;
import dev.haft.engine.loop.LoopTimer;
import dev.haft.engine.loop.Ready;
import dev.haft.engine.loop.SelectorLoop;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection in the making: stands for the transport until there is one. Addresses are tried as in RFC 8305, the next one
 * when one fails or after 250 ms without an answer; the first that answers wins. For the loop.
 */
final class Connecting implements Transport {
    private static final System.Logger LOG = System.getLogger(Connecting.class.getName());

    /** RFC 8305 section 8: Connection Attempt Delay. */
    private static final long STAGGER_NANOS = Duration.ofMillis(250).toNanos();

    private final SelectorLoop loop;
    private final Addresses addresses;
    private final Endpoint endpoint;
    private final HandleOptions options;
    private final ArrayDeque<SocketAddress> untried = new ArrayDeque<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final LoopTimer stagger = timer(this::next);
    private final LoopTimer limit = timer(this::timedOut);
    private final Map<SocketOption<?>, Object> socketOptions = new LinkedHashMap<>();
    private @Nullable TransportUser user;
    private @Nullable Exception lastFailure;
    private boolean started;
    private boolean done;

    Connecting(SelectorLoop loop, Addresses addresses, Endpoint endpoint, HandleOptions options) {
        this.loop = loop;
        this.addresses = addresses;
        this.endpoint = endpoint;
        this.options = options;
    }

    private static LoopTimer timer(Runnable task) {
        return new LoopTimer() {
            @Override
            protected void fire() {
                task.run();
            }
        };
    }

    /** The first user starts it; not at once, so that the program can still set its callbacks. */
    @Override
    public void use(TransportUser by) {
        user = by;
        if (!started) {
            started = true;
            loop.execute(this::start);
        }
    }

    private void start() {
        if (done) {
            return;
        }
        if (!options.connectTimeout().isZero()) {
            loop.arm(limit, SelectorLoop.nanos(options.connectTimeout()));
        }
        if (endpoint instanceof Endpoint.Tcp tcp) {
            addresses.resolve(tcp, loop, this::resolved, this::failed);
        } else if (endpoint instanceof Endpoint.Unix unix) {
            resolved(List.of(UnixDomainSocketAddress.of(unix.path())));
        }
    }

    private void resolved(List<? extends SocketAddress> found) {
        untried.addAll(found);
        next();
    }

    private void next() {
        loop.disarm(stagger);
        while (!done) {
            SocketAddress address = untried.poll();
            if (address == null) {
                if (attempts.isEmpty()) {
                    failed(lastFailure == null ? new IOException("no address") : lastFailure);
                }
                return;
            }
            if (attempt(address)) {
                if (!done && !untried.isEmpty()) {
                    loop.arm(stagger, STAGGER_NANOS);
                }
                return;
            }
        }
    }

    /** False: it has failed already. */
    private boolean attempt(SocketAddress address) {
        SocketChannel channel = null;
        try {
            channel = address instanceof UnixDomainSocketAddress
                    ? SocketChannel.open(StandardProtocolFamily.UNIX)
                    : SocketChannel.open();
            channel.configureBlocking(false);
            SocketAddress local = options.localAddress();
            if (local != null) {
                channel.bind(local);
            }
            if (channel.connect(address)) {
                won(channel);
            } else {
                Attempt attempt = new Attempt(channel);
                attempts.add(attempt);
                loop.register(channel, SelectionKey.OP_CONNECT, attempt);
            }
            return true;
        } catch (IOException | RuntimeException e) {
            lastFailure = e;
            Keys.close(channel);
            return false;
        }
    }

    /** One address that was asked and has not answered. */
    private final class Attempt implements Ready {
        private final SocketChannel channel;

        Attempt(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public void ready(SelectionKey key) {
            try {
                if (channel.finishConnect()) {
                    key.interestOps(0);
                    attempts.remove(this);
                    won(channel);
                }
            } catch (IOException | RuntimeException e) {
                lastFailure = e;
                attempts.remove(this);
                Keys.close(channel);
                next();
            }
        }
    }

    private void won(SocketChannel channel) {
        TransportUser told = user;
        close();
        if (told == null) {
            return;
        }
        Transport real = new ChannelTransport(loop, channel);
        try {
            for (Map.Entry<SocketOption<?>, Object> option : socketOptions.entrySet()) {
                set(real, option.getKey(), option.getValue());
            }
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "an option of the connection to " + endpoint + " cannot be set",
                    e);
        }
        told.connected(real);
    }

    private static <T> void set(Transport to, SocketOption<T> option, Object value) throws IOException {
        to.option(option, option.type().cast(value));
    }

    /** Set when there is a connection. */
    @Override
    public <T> void option(SocketOption<T> option, T value) {
        socketOptions.put(option, value);
    }

    private void failed(Exception e) {
        HandleException why = Failures.connecting(endpoint, e);
        fail(new HandleException(why.code(), true, why.getMessage(), e));
    }

    private void timedOut() {
        fail(new HandleException(
                ErrorCode.TIMED_OUT,
                true,
                "cannot connect to " + endpoint + " within " + options.connectTimeout(),
                lastFailure));
    }

    private void fail(HandleException error) {
        TransportUser told = user;
        if (!done && told != null) {
            close();
            told.connectFailed(error);
        }
    }

    @Override
    public void close() {
        done = true;
        user = null;
        loop.disarm(stagger);
        loop.disarm(limit);
        attempts.forEach(a -> Keys.close(a.channel));
        attempts.clear();
        untried.clear();
    }

    @Override
    public boolean isConnected() {
        return false;
    }

    @Override
    public int read(ByteBuffer into) {
        return 0;
    }

    @Override
    public int write(ByteBuffer from) {
        return 0;
    }

    /** What is wanted shows when there is a connection. */
    @Override
    public void want(boolean read, boolean write) {
        // Nothing is possible yet.
    }

    @Override
    public void endOutput() {
        throw new IllegalStateException("not connected");
    }
}
