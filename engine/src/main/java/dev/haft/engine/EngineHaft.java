package dev.haft.engine;

import dev.haft.Endpoint;
import dev.haft.EventLoop;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleException;
import dev.haft.HandleOptions;
import dev.haft.ListenOptions;
import dev.haft.Listener;
import dev.haft.Timer;
import dev.haft.Types;
import dev.haft.engine.handle.HandleSet;
import dev.haft.engine.handle.Owner;
import dev.haft.engine.handle.StreamHandle;
import dev.haft.engine.handle.Transport;
import dev.haft.engine.loop.LoopThread;
import dev.haft.engine.loop.SelectorLoop;
import dev.haft.engine.net.BroughtTransport;
import dev.haft.engine.net.Channels;
import dev.haft.engine.net.Connector;
import dev.haft.engine.net.InputPump;
import dev.haft.engine.net.OutputPump;
import dev.haft.engine.net.ServerListener;
import dev.haft.engine.net.Stdio;
import dev.haft.engine.net.StreamPump;
import dev.haft.engine.types.TlsProviders;
import dev.haft.engine.types.TypesView;
import dev.haft.spi.StreamTransport;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one application, or one bundle, has of an engine: its handles, its listeners, its view of the types. */
public class EngineHaft implements Haft {
    private static final System.Logger LOG = System.getLogger(Haft.class.getName());

    private final Engine engine;
    private final TypesView types;
    private final Runnable whenEnded;
    private final HandleSet handles;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Set<Timer> timers = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * Opens nothing yet.
     *
     * @param name of who has it, as the origin of the types that it registers
     * @param whenEnded runs once at its end
     */
    public EngineHaft(Engine engine, String name, Runnable whenEnded) {
        this.engine = engine;
        this.whenEnded = whenEnded;
        types = new TypesView(engine.types(), name);
        handles = new HandleSet(engine.tls());
    }

    private HandleOptions defaults() {
        return engine.settings().options();
    }

    @Override
    public Handle connect(Endpoint endpoint) {
        return connect(endpoint, defaults());
    }

    @Override
    public Handle connect(Endpoint endpoint, HandleOptions options) {
        return open(
                options,
                Connector.host(endpoint),
                handles,
                loop -> engine.connector().connect(loop, endpoint, options));
    }

    @Override
    public Handle open(SelectableChannel channel) {
        return open(channel, defaults());
    }

    @Override
    public Handle open(SelectableChannel channel, HandleOptions options) {
        return open(options, null, handles, loop -> Channels.transport(loop, channel));
    }

    @Override
    public Handle open(Pipe.SourceChannel source, Pipe.SinkChannel sink, HandleOptions options) {
        return open(options, null, handles, loop -> Channels.transport(loop, source, sink));
    }

    @Override
    public Handle open(InputStream in, OutputStream out) {
        return open(in, out, defaults());
    }

    @Override
    public Handle open(InputStream in, OutputStream out, HandleOptions options) {
        return open(
                options,
                null,
                handles,
                loop -> new StreamPump(loop, new InputPump(in, true), new OutputPump(out, true)));
    }

    @Override
    public Handle open(StreamTransport transport, HandleOptions options) {
        Objects.requireNonNull(transport, "transport");
        return open(options, null, handles, loop -> new BroughtTransport(loop, transport));
    }

    @Override
    public Handle stdio() {
        return stdio(defaults());
    }

    @Override
    public Handle stdio(HandleOptions options) {
        Owner releasing = new Owner() {
            @Override
            public void ended(Handle handle) {
                Stdio.release();
                handles.ended(handle);
            }

            @Override
            public TlsProviders tls() {
                return handles.tls();
            }
        };
        return open(options, "stdio", releasing, Stdio::take);
    }

    private Handle open(
            HandleOptions options, @Nullable String peer, Owner of, Function<SelectorLoop, Transport> transport) {
        mustBeOpen();
        SelectorLoop loop = engine.currentLoop();
        Transport stream = transport.apply(loop);
        StreamHandle handle = new StreamHandle(loop, of, options, stream, peer);
        try {
            begin(handle, of, () -> {});
        } catch (RejectedExecutionException e) {
            stream.close();
            throw new IllegalStateException("this Haft is closed", e);
        }
        return handle;
    }

    /** Lets a new handle live; if it cannot, that is told. */
    private void begin(StreamHandle handle, Owner of, Runnable whenStarted) {
        handles.add(handle);
        try {
            handle.open(whenStarted);
        } catch (RejectedExecutionException e) {
            of.ended(handle);
            throw e;
        }
        cutIfTooLate(handle);
    }

    /** One that is opened while this closes may have been missed there. */
    private void cutIfTooLate(StreamHandle handle) {
        if (closed.get()) {
            handle.cutOff();
        }
    }

    private void mustBeOpen() {
        if (closed.get()) {
            throw new IllegalStateException("this Haft is closed");
        }
    }

    @Override
    public Listener listen(Endpoint endpoint, Consumer<? super Handle> accepted) throws HandleException {
        return listen(endpoint, ListenOptions.of(defaults()), accepted);
    }

    @Override
    public Listener listen(Endpoint endpoint, ListenOptions options, Consumer<? super Handle> accepted)
            throws HandleException {
        mustBeOpen();
        ServerListener listener = ServerListener.open(
                engine.nextLoop(),
                engine::nextLoop,
                engine.connector(),
                endpoint,
                options,
                (loop, transport, of) -> {
                    StreamHandle handle = new StreamHandle(loop, of, options.handleOptions(), transport, null);
                    begin(handle, handles, () -> handle.serve(accepted));
                },
                handles,
                listeners::remove);
        listeners.add(listener);
        if (closed.get()) {
            listener.close();
        }
        return listener;
    }

    @Override
    public EventLoop loop() {
        return new OwnedLoop(engine.currentLoop(), timers);
    }

    @Override
    public Types types() {
        return types;
    }

    @Override
    public Collection<Handle> handles() {
        return List.copyOf(handles.snapshot());
    }

    @Override
    public Collection<Listener> listeners() {
        return List.copyOf(listeners);
    }

    @Override
    public void join() throws InterruptedException {
        LoopThread.refuseToWait("the end of a Haft");
        ended.await();
    }

    @Override
    public void join(Duration timeout) throws InterruptedException, TimeoutException {
        LoopThread.refuseToWait("the end of a Haft");
        if (!ended.await(SelectorLoop.nanos(timeout), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException("not closed within " + timeout);
        }
    }

    @Override
    public boolean isClosed() {
        return closed.get();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            CompletableFuture<Void> allClosed = closeAll();
            types.close();
            if (LoopThread.isCurrent()) {
                // To wait here would keep the handles of this loop from ending.
                CompletableFuture<Void> bounded = allClosed
                        .orTimeout(engine.settings().closeTimeout().toMillis(), TimeUnit.MILLISECONDS)
                        .whenComplete((done, late) -> end());
                LOG.log(System.Logger.Level.TRACE, "closing: {0}", bounded);
            } else {
                await(allClosed, engine.settings().closeTimeout());
                end();
            }
        }
    }

    /** Closes what is open, and leaves it usable; waits for it unless on a loop. */
    protected void closeOpened(Duration limit) {
        CompletableFuture<Void> allClosed = closeAll();
        if (!LoopThread.isCurrent()) {
            await(allClosed, limit);
        }
    }

    /** How long to wait for handles to end. */
    protected Duration closeTimeout() {
        return engine.settings().closeTimeout();
    }

    /** Closes its listeners, and its handles in order. */
    protected CompletableFuture<Void> closeAll() {
        listeners.forEach(Listener::close);
        List<StreamHandle> open = handles.snapshot();
        open.forEach(Handle::close);
        return CompletableFuture.allOf(open.stream().map(Handle::closed).toArray(CompletableFuture[]::new));
    }

    private void await(CompletableFuture<Void> allClosed, Duration limit) {
        try {
            allClosed.get(SelectorLoop.nanos(limit), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "some handles had to be cut off", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        cutAll();
    }

    /** Cuts off what has not ended. */
    protected void cutAll() {
        handles.snapshot().forEach(StreamHandle::cutOff);
    }

    private void end() {
        cutAll();
        timers.forEach(Timer::cancel);
        whenEnded.run();
        ended.countDown();
    }

    @Override
    public String toString() {
        return "Haft[" + (closed.get() ? "closed " : "") + "handles="
                + handles.snapshot().size() + " listeners=" + listeners.size() + "]";
    }
}
