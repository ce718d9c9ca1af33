package dev.haft.engine.handle;

import dev.haft.ErrorCallback;
import dev.haft.ErrorCode;
import dev.haft.Handle;
import dev.haft.HandleCallback;
import dev.haft.HandleException;
import dev.haft.HandleOptions;
import dev.haft.Tap;
import dev.haft.engine.buffer.LoopBuffers;
import dev.haft.engine.buffer.Outbox;
import dev.haft.engine.loop.SelectorLoop;
import dev.haft.engine.types.TlsProviders;
import dev.haft.tls.TlsRole;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The life of a handle on its loop: passes over it, callbacks, errors, and the end.
 *
 * <p>Everything happens within a <em>pass</em>: the transport is ready, a timer fires, or the user calls. When the outermost
 * one ends what was written leaves, what is left over is put away, and the transport is told what is wanted.
 */
abstract class HandleCore implements Handle, TransportUser {
    private static final System.Logger LOG = System.getLogger(Handle.class.getName());

    /** From {@link #OPEN} on there is no way back. */
    enum State {
        OPEN,
        /** The user is done with it; what was written may still go out. */
        ENDING,
        ENDED
    }

    private final SelectorLoop loop;
    private final Owner owner;
    private final ReadSide reads;
    private final WriteSide writes;

    /** What is set: many handles share what they began with, and what is changed makes a value of its own. */
    private HandleOptions options;

    private volatile Transport transport;
    private @Nullable Timeouts timeouts;
    private @Nullable Ending ending;
    private volatile State state = State.OPEN;

    /** Set by the caller of close or destroy, on whichever thread: no callback from then on. */
    private volatile boolean muted;

    private boolean inPass;
    private boolean inError;
    private boolean failing;
    private boolean flushAtTurnEnd;
    private long lastRead;
    private long lastWrite;

    HandleCore(SelectorLoop loop, Owner owner, HandleOptions options, Transport transport) {
        this.loop = loop;
        this.owner = owner;
        this.options = options;
        this.transport = transport;
        reads = new ReadSide(this);
        writes = new WriteSide(this);
        timeouts = Timeouts.of(this);
        lastRead = loop.nanoTime();
        lastWrite = lastRead;
    }

    // What the rooms of a handle see of each other

    @Override
    public SelectorLoop loop() {
        return loop;
    }

    ReadSide reads() {
        return reads;
    }

    WriteSide writes() {
        return writes;
    }

    Transport transport() {
        return transport;
    }

    HandleOptions options() {
        return options;
    }

    LoopBuffers buffers() {
        return loop.buffers();
    }

    int maxReadBytes() {
        return Math.min(LoopBuffers.CALL_BYTES, options.maxReadBytes());
    }

    /** Sets something. */
    void change(UnaryOperator<HandleOptions.Builder> step) {
        options = step.apply(options.with()).build();
    }

    /** Lets a tap see what passes from now on. */
    void tapped(@Nullable Tap tap) {
        change(o -> o.tap(tap));
        transport = Tapped.by(tap, this, transport);
    }

    /** Puts another transport in the place of the one below the tap. */
    void replace(Transport next) {
        transport = Tapped.by(options.tap(), this, next);
    }

    /** The same, and uses it. */
    void over(Transport next) {
        replace(next);
        next.use(this);
    }

    boolean inErrorCallback() {
        return inError;
    }

    boolean inPass() {
        return inPass;
    }

    boolean isConnected() {
        return transport.isConnected();
    }

    /** Whether bytes may still be written. */
    boolean isOpen() {
        return state == State.OPEN;
    }

    /** Whether callbacks may be called. */
    boolean isServing() {
        return state == State.OPEN && !failing && !muted;
    }

    State state() {
        return state;
    }

    Timeouts timeouts() {
        if (timeouts == null) {
            timeouts = new Timeouts(this);
        }
        return timeouts;
    }

    /** How long ago something was read, or else written; from any thread. */
    Duration since(boolean read) {
        return Duration.ofNanos(Math.max(0, loop.nanoTime() - (read ? lastRead : lastWrite)));
    }

    long lastActivity(Timeout.Kind kind) {
        return switch (kind) {
            case READ -> lastRead;
            case WRITE -> lastWrite;
            case BOTH -> lastRead - lastWrite > 0 ? lastRead : lastWrite;
        };
    }

    /** Something was read, or written. */
    void activity(boolean reading) {
        // The turn's time will do as long as nobody asks; it costs no call of the clock.
        long now = timeouts == null ? loop.turnNanos() : loop.nanoTime();
        if (reading) {
            lastRead = now;
        } else {
            lastWrite = now;
        }
        if (timeouts != null) {
            timeouts.activity(reading, now);
        }
    }

    // Passes

    /** Runs steps as one pass, or as part of the one that is under way. */
    void pass(Runnable steps) {
        boolean outermost = enter();
        try {
            steps.run();
        } finally {
            leave(outermost);
        }
    }

    boolean enter() {
        boolean outermost = !inPass;
        inPass = true;
        return outermost;
    }

    void leave(boolean outermost) {
        if (outermost) {
            finish(options.autocork() || flushAtTurnEnd);
        }
    }

    private void finish(boolean later) {
        try {
            if (later && writes.hasWork()) {
                flushLater();
            } else {
                flush();
            }
            reads.takeBack();
            if (isOpen()) {
                reads.settle(buffers());
                if (Tapped.bare(transport) instanceof TlsLayer) {
                    tls().removeSpent();
                }
                transport.want(reads.wantsBytes(), writes.wantsRoom());
            }
        } catch (IOException e) {
            fail(Failures.of(e));
        } finally {
            inPass = false;
        }
    }

    /** Runs steps that another thread has asked for: what they write leaves with what others asked for. */
    void passOfTask(Runnable steps) {
        boolean outermost = enter();
        try {
            steps.run();
        } finally {
            if (outermost && isOpen() && writes.hasWork()) {
                reads.takeBack();
                flushLater();
                inPass = false;
            } else {
                leave(outermost);
            }
        }
    }

    private void flushLater() {
        if (!flushAtTurnEnd) {
            flushAtTurnEnd = true;
            loop.atTurnEnd(this::flushNow);
        }
    }

    private void flushNow() {
        flushAtTurnEnd = false;
        inPass = true;
        finish(false);
    }

    /** Writes now what would leave with the pass, unless that was asked for otherwise. */
    void relieve() {
        if (!options.autocork()) {
            flush();
        }
    }

    private void flush() {
        try {
            while (isOpen() && writes.flush(transport, buffers())) {
                reads.serve();
            }
        } catch (IOException e) {
            fail(Failures.of(e));
        }
    }

    @Override
    public void ready(boolean readable, boolean writable) {
        boolean outermost = enter();
        try {
            if (writable) {
                transport.check();
                writes.unblock();
                flush();
            }
            if (readable && isServing()) {
                reads.fill(transport, buffers());
            }
        } catch (IOException e) {
            fail(Failures.of(e));
        } finally {
            leave(outermost);
        }
    }

    // The beginning

    /** The first pass: the transport is used from now on. */
    void start() {
        transport = Tapped.by(options.tap(), this, transport);
        transport.use(this);
        pass(() -> {
            beginTls();
            if (transport.isConnected()) {
                setOptions();
                begin();
            }
            if (options.onRead() != null) {
                reads.onEach(null, options.onRead());
            }
            if (transport.isConnected()) {
                writes.callOnDrain();
            }
        });
    }

    private void setOptions() {
        try {
            SocketOptions.apply(options, transport);
        } catch (IOException e) {
            fail(Failures.of(e));
        }
    }

    /** What has been set since it was made. */
    void tellOptions(Transport told) {
        try {
            told.optionsChanged(options);
        } catch (IOException e) {
            fail(Failures.of(e));
        }
    }

    /** There is a connection: time counts from now on. */
    void begin() {
        lastRead = loop.nanoTime();
        lastWrite = lastRead;
        if (timeouts != null) {
            timeouts.activity(true, lastRead);
            timeouts.activity(false, lastRead);
            timeouts.checkAll();
        }
    }

    @Override
    public @Nullable Duration prepare(SocketChannel fresh) {
        return new HandleConnect(this).prepare(fresh);
    }

    @Override
    public void connected(Transport real, Transport connecting) {
        new HandleConnect(this).connected(real, connecting);
    }

    @Override
    public void connectFailed(HandleException error) {
        pass(() -> fail(error, options.onConnectError() == null ? options.onError() : options.onConnectError()));
    }

    // TLS

    TlsProviders tlsProviders() {
        return owner.tls();
    }

    HandleTls tls() {
        return new HandleTls(this);
    }

    /** TLS from the start, if the options say so. */
    void beginTls() {
        TlsRole role = options.tlsRole();
        if (role != null && isServing()) {
            tls().begin(role, options.tlsContext());
        }
    }

    /** After a failure that the user was told of in another way. */
    void endFailed(HandleException error) {
        failing = true;
        end(error, false);
    }

    // Callbacks and errors

    /** Calls the user; an exception is a fatal error. */
    void call(@Nullable HandleCallback callback) {
        if (callback == null || !isServing()) {
            return;
        }
        try {
            callback.accept(this);
        } catch (Throwable t) {
            callbackFailed(t);
        }
    }

    void callbackFailed(Throwable t) {
        fail(new HandleException(ErrorCode.CALLBACK_FAILED, "a callback threw " + t, t));
    }

    /** Tells the user of an error, once, and ends the handle if it is fatal. */
    void fail(HandleException error) {
        fail(error, options.onError());
    }

    private void fail(HandleException error, @Nullable ErrorCallback callback) {
        if (!isServing()) {
            // The user has ended it, and that is on its way here. The peer's end changes nothing about it; what cannot
            // go on ends now.
            if (isOpen() && error.fatal() && !failing && !isPeersEnd(error.code())) {
                end(error, false);
            }
            return;
        }
        failing = error.fatal();
        try {
            if (callback == null) {
                LOG.log(System.Logger.Level.ERROR, () -> this + ": " + error, error.getCause());
            } else {
                tell(callback, error);
            }
        } finally {
            // Even if a class could not be loaded, for want of descriptors say: who fails without an end is ready for
            // ever.
            if (error.fatal()) {
                end(error, false);
            }
        }
    }

    private static boolean isPeersEnd(ErrorCode code) {
        return code == ErrorCode.END_OF_STREAM || code == ErrorCode.UNEXPECTED_END;
    }

    private void tell(ErrorCallback callback, HandleException error) {
        boolean outer = inError;
        inError = true;
        try {
            callback.accept(this, error);
        } catch (Throwable t) {
            LOG.log(System.Logger.Level.ERROR, () -> this + ": an error callback threw; the handle is destroyed", t);
            end(new HandleException(ErrorCode.CALLBACK_FAILED, "an error callback threw " + t, t), false);
        } finally {
            inError = outer;
        }
    }

    // The end

    /** No callback from now on, from any thread. */
    void mute() {
        muted = true;
    }

    boolean isMuted() {
        return muted;
    }

    /**
     * Lets all callbacks go; what was written may still go out.
     *
     * @param why what futures fail with
     * @param orderly with the end of the stream and what the peer still sends
     */
    void end(HandleException why, boolean orderly) {
        if (state != State.OPEN) {
            return;
        }
        state = State.ENDING;
        Tapped.end(transport, !muted && !failing);
        muted = true;
        // A peer that still sends must not miss the alert for a reset.
        boolean drains = orderly || why.code() == ErrorCode.TLS_FAILED;
        Duration closeTimeout = options.closeTimeout();
        Duration limit = drains ? closeTimeout : options.linger();
        options = HandleOptions.standard();
        if (timeouts != null) {
            timeouts.stop();
            timeouts = null;
        }
        reads.end(buffers(), why);
        letGo();
        Outbox waiting = writes.takeOutbox();
        if (!orderly) {
            waiting.fail(why);
        }
        if (drains && !orderly) {
            waiting.clear(buffers());
        }
        Ending last = new Ending(this, transport, waiting, drains, limit, closeTimeout);
        ending = last;
        last.start();
        Tapped.end(transport, false);
    }

    /** Cuts what still goes out. */
    void cut() {
        Ending last = ending;
        if (last != null) {
            last.finish();
        }
    }

    /** From {@link Ending}: nothing is left. */
    void ended() {
        ending = null;
        owner.ended(this);
        state = State.ENDED;
        allGone();
    }

    /** What else is to be let go at the end. */
    abstract void letGo();

    /** Nothing is left. */
    abstract void allGone();
}
