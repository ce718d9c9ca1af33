package dev.haft.engine.net;

import dev.haft.Endpoint;
import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.HandleOptions;
import dev.haft.engine.handle.Failures;
import dev.haft.engine.handle.Transport;
import dev.haft.engine.handle.TransportUser;
import dev.haft.engine.loop.LoopTimer;
import dev.haft.engine.loop.SelectorLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection in the making: stands for the transport until there is one. Addresses are tried as in RFC 8305, the next one
 * when one fails or after 250 ms without an answer; the first that answers wins. When the handle declines it and uses this
 * again, those that were closed in favour of it are tried again, and then the rest. For the loop.
 */
final class Connecting implements Transport, Attempt.Outcome, ResolverThreads.Asker {
    /** RFC 8305 section 8: Connection Attempt Delay. */
    private static final long STAGGER_NANOS = Duration.ofMillis(250).toNanos();

    /** So many failures of other addresses come with the last one. */
    private static final int MOST_FAILURES = 16;

    private enum State {
        UNUSED,
        /** Names are looked up, or addresses tried. */
        TRYING,
        /** There is a connection, which may be declined. */
        CONNECTED,
        CLOSED
    }

    private final SelectorLoop loop;
    private final ResolverThreads resolving;
    private final Endpoint endpoint;
    private HandleOptions options;
    private final ArrayDeque<SocketAddress> untried = new ArrayDeque<>();

    /** Those that were asked and have not answered, in that order. */
    private final List<Attempt> attempts = new ArrayList<>();

    private final List<Exception> failures = new ArrayList<>();
    private final LoopTimer stagger = timer(this::next);
    private final LoopTimer limit = timer(this::timedOut);
    private final Map<SocketOption<?>, Object> socketOptions = new LinkedHashMap<>();
    private @Nullable TransportUser user;
    private volatile @Nullable Attempt prepared;
    private @Nullable Exception lastFailure;
    private long limitNanos;
    private long since;
    private boolean beginning;
    private volatile State state = State.UNUSED;

    Connecting(SelectorLoop loop, ResolverThreads resolving, Endpoint endpoint, HandleOptions options) {
        this.loop = loop;
        this.resolving = resolving;
        this.endpoint = endpoint;
        this.options = options;
        limitNanos = SelectorLoop.nanos(options.connectTimeout());
    }

    private static LoopTimer timer(Runnable task) {
        return new LoopTimer() {
            @Override
            protected void fire() {
                task.run();
            }
        };
    }

    /** Starts it, or goes on to the next address; not at once, so that the program can set its callbacks before. */
    @Override
    public void use(TransportUser by) {
        user = by;
        if (state == State.UNUSED) {
            state = State.TRYING;
            loop.execute(this::start);
        } else if (state == State.CONNECTED) {
            state = State.TRYING;
            loop.execute(() -> {
                armLimit();
                next();
            });
        }
    }

    private void start() {
        if (state != State.TRYING) {
            return;
        }
        armLimit();
        if (endpoint instanceof Endpoint.Unix unix) {
            try {
                untried.add(UnixDomainSocketAddress.of(unix.path()));
            } catch (RuntimeException e) {
                failed(e);
                return;
            }
            next();
        } else {
            resolving.find(endpoint, loop, () -> state == State.TRYING, this);
        }
    }

    private void armLimit() {
        since = loop.nanoTime();
        if (state == State.TRYING && !options.connectTimeout().isZero()) {
            loop.arm(limit, limitNanos);
        }
    }

    @Override
    public void found(List<InetSocketAddress> addresses) {
        untried.addAll(addresses);
        next();
    }

    /** Tries the next address; it may fail at once, and the one after it. */
    private void next() {
        loop.disarm(stagger);
        while (state == State.TRYING) {
            SocketAddress address = untried.poll();
            if (address == null) {
                if (attempts.isEmpty()) {
                    failed(lastFailure == null ? new NoRouteToHostException("no address is left") : lastFailure);
                }
                return;
            }
            if (isAttempted(address)) {
                return;
            }
        }
    }

    /** False: it has failed at once. */
    private boolean isAttempted(SocketAddress address) {
        Attempt attempt;
        Duration longest;
        try {
            attempt = Attempt.open(loop, address, options, this);
            try {
                for (Map.Entry<SocketOption<?>, Object> option : socketOptions.entrySet()) {
                    set(attempt, option.getKey(), option.getValue());
                }
            } catch (IOException | RuntimeException e) {
                attempt.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            note(e);
            return false;
        }
        longest = prepare(attempt);
        if (state != State.TRYING) {
            attempt.close();
            return true;
        }
        attempts.add(attempt);
        if (!untried.isEmpty() && mayRace()) {
            loop.arm(stagger, STAGGER_NANOS);
        }
        beginning = true;
        attempt.begin(longest);
        beginning = false;
        return state != State.TRYING || attempts.contains(attempt);
    }

    private Duration prepare(Attempt attempt) {
        TransportUser told = user;
        prepared = attempt;
        try {
            Duration own = told == null ? null : told.prepare(attempt.channel());
            return own == null ? Duration.ZERO : own;
        } finally {
            prepared = null;
        }
    }

    /** Two sockets cannot have the same port of this end. */
    private boolean mayRace() {
        return !(options.localAddress() instanceof InetSocketAddress local) || local.getPort() == 0;
    }

    @Override
    public void failed(Attempt attempt, Exception why) {
        attempts.remove(attempt);
        note(why);
        if (beginning) {
            // next() goes on by itself: a thousand addresses must not nest.
            return;
        }
        if (mayRace()) {
            next();
        } else {
            // The port of this end is free when the loop selects the next time.
            loop.atTurnEnd(() -> loop.execute(this::next));
        }
    }

    private void note(Exception why) {
        lastFailure = why;
        if (failures.size() < MOST_FAILURES) {
            failures.add(why);
        }
    }

    @Override
    public void won(Attempt attempt) {
        loop.disarm(stagger);
        loop.disarm(limit);
        limitNanos = Math.max(0, limitNanos - (loop.nanoTime() - since));
        attempts.remove(attempt);
        for (int i = attempts.size() - 1; i >= 0; i--) {
            attempts.get(i).close();
            untried.addFirst(attempts.get(i).address());
        }
        attempts.clear();
        state = State.CONNECTED;
        TransportUser told = Objects.requireNonNull(user);
        user = null;
        told.connected(attempt.transport(), this);
    }

    @Override
    public void failed(Exception e) {
        failures.stream().filter(other -> other != e).forEach(e::addSuppressed);
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
        if (state == State.TRYING && told != null) {
            close();
            told.connectFailed(error);
        }
    }

    /** For the sockets that try now, and for all that come. */
    @Override
    public void optionsChanged(HandleOptions changed) throws IOException {
        options = changed;
        Attempt fresh = prepared;
        if (fresh != null) {
            fresh.transport().optionsChanged(changed);
        }
        for (Attempt attempt : attempts) {
            attempt.transport().optionsChanged(changed);
        }
    }

    @Override
    public <T> void option(SocketOption<T> option, T value) throws IOException {
        socketOptions.put(option, value);
        Attempt fresh = prepared;
        if (fresh != null) {
            set(fresh, option, value);
        }
        for (Attempt attempt : attempts) {
            set(attempt, option, value);
        }
    }

    private static <T> void set(Attempt to, SocketOption<T> option, Object value) throws IOException {
        to.transport().option(option, option.type().cast(value));
    }

    @Override
    public void close() {
        state = State.CLOSED;
        user = null;
        loop.disarm(stagger);
        loop.disarm(limit);
        attempts.forEach(Attempt::close);
        attempts.clear();
        untried.clear();
    }

    @Override
    public boolean isConnected() {
        return false;
    }

    /** The socket that is prepared just now. */
    @Override
    public @Nullable Channel channel() {
        Attempt attempt = prepared;
        return attempt == null ? null : attempt.channel();
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        Attempt attempt = prepared;
        return attempt == null ? null : attempt.transport().localAddress();
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
