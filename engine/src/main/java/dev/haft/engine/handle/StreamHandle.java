package dev.haft.engine.handle;

import dev.haft.BadMessageException;
import dev.haft.ErrorCode;
import dev.haft.Handle;
import dev.haft.HandleCallback;
import dev.haft.HandleException;
import dev.haft.HandleOptions;
import dev.haft.HandleStats;
import dev.haft.OwnedBytes;
import dev.haft.Read;
import dev.haft.ReadCallback;
import dev.haft.Reads;
import dev.haft.UncheckedHandleException;
import dev.haft.Write;
import dev.haft.engine.buffer.EncodeOutput;
import dev.haft.engine.loop.LoopFuture;
import dev.haft.engine.loop.SelectorLoop;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsEngine;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsSession;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the user calls: what there is to read, to write and to know of a handle. */
public final class StreamHandle extends SettableHandle {
    private static final VarHandle CLOSED = closedField();

    /** Where it is in its {@link HandleSet}, under that one's lock. */
    int place;

    private final @Nullable String peerName;
    private @Nullable Object attachment;
    private volatile @Nullable LoopFuture<Void> closed;

    /**
     * A handle that does nothing before {@link #open}.
     *
     * @param host what it connects to, as the name of the peer; or null
     */
    public StreamHandle(
            SelectorLoop loop, Owner owner, HandleOptions options, Transport transport, @Nullable String host) {
        super(loop, owner, options, transport);
        String name = options.peerName();
        peerName = name == null ? host : name;
        attachment = options.attachment();
    }

    private static VarHandle closedField() {
        try {
            return MethodHandles.lookup().findVarHandle(StreamHandle.class, "closed", LoopFuture.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Begins; from any thread, once, before anything else is asked of it. */
    public void open(Runnable whenStarted) {
        Runnable start = () -> {
            start();
            whenStarted.run();
        };
        if (loop().inLoop()) {
            start.run();
        } else {
            loop().execute(start);
        }
    }

    /** Lets a protocol have it, as one pass. */
    public void serve(Consumer<? super Handle> protocol) {
        act(() -> accept(protocol));
    }

    private void accept(Consumer<? super Handle> protocol) {
        try {
            protocol.accept(this);
        } catch (Throwable t) {
            callbackFailed(t);
        }
    }

    // Reading

    @Override
    public <T> Handle pushRead(Read<T> read, ReadCallback<? super T> done) {
        QueuedRead<T> queued = new QueuedRead<>(read, done);
        return on(() -> reads().push(queued, false));
    }

    @Override
    public <T> Handle unshiftRead(Read<T> read, ReadCallback<? super T> done) {
        QueuedRead<T> queued = new QueuedRead<>(read, done);
        return on(() -> reads().push(queued, true));
    }

    @Override
    public <T> Handle onEach(Read<T> read, ReadCallback<? super T> each) {
        QueuedRead<T> repeated = new QueuedRead<>(read, each);
        return on(() -> reads().onEach(repeated, null));
    }

    @Override
    public Handle onRead(@Nullable HandleCallback anyData) {
        return on(() -> reads().onEach(null, anyData));
    }

    @Override
    public <T> CompletableFuture<T> read(Read<T> read) {
        FutureRead<T> future = new FutureRead<>(this, read);
        ask(
                () -> {
                    if (!future.isDone()) {
                        reads().push(future.queued(), false);
                    }
                },
                future::completeExceptionally);
        return future;
    }

    @Override
    public <T> Flow.Publisher<T> publisher(Read<T> read) {
        return new ReadPublisher<>(this, read);
    }

    @Override
    public Handle startRead() {
        return on(() -> reads().start());
    }

    @Override
    public Handle stopRead() {
        return on(() -> reads().stop());
    }

    @Override
    public Handle clearReads() {
        return on(() -> reads().clear());
    }

    @Override
    public ByteBuffer readBuffer() {
        if (!loop().inLoop() || !inPass()) {
            throw new IllegalStateException("readBuffer() is for this handle's callbacks only");
        }
        return reads().handOut();
    }

    // Writing

    @Override
    public Handle pushWrite(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return pushOwned(copy, copy.length);
    }

    @Override
    public Handle pushWrite(ByteBuffer... buffers) {
        int length = 0;
        for (ByteBuffer bytes : buffers) {
            length = Math.addExact(length, bytes.remaining());
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (ByteBuffer bytes : buffers) {
            all.put(bytes);
        }
        return pushOwned(all.array(), length);
    }

    @Override
    public Handle pushWrite(OwnedBytes bytes) {
        return pushOwned(bytes.array(), bytes.array().length);
    }

    @Override
    public Handle pushFile(FileChannel file, long from, long count) {
        Objects.requireNonNull(file, "file");
        if (from < 0 || count < 0) {
            throw new IllegalArgumentException(
                    "a part of a file: " + count + " bytes from " + from + ", neither may be negative");
        }
        return on(() -> writes().pushFile(file, from, count));
    }

    @Override
    public Handle pushWrite(byte[] bytes) {
        if (!loop().inLoop()) {
            return pushOwned(bytes.clone(), bytes.length);
        }
        if (!isDestroyed()) {
            boolean outermost = enter();
            try {
                writes().push(bytes, 0, bytes.length);
            } finally {
                leave(outermost);
            }
        }
        return this;
    }

    @Override
    public Handle pushWrite(CharSequence text) {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return pushOwned(bytes, bytes.length);
    }

    @Override
    public <T> Handle pushWrite(Write<? super T> write, T value) {
        if (!loop().inLoop()) {
            byte[] bytes = encode(write, value, new EncodeOutput()).toArray();
            return pushOwned(bytes, bytes.length);
        }
        EncodeOutput out = buffers().borrowOutput();
        try {
            encode(write, value, out);
            if (!isDestroyed()) {
                boolean outermost = enter();
                try {
                    writes().push(out);
                } finally {
                    leave(outermost);
                }
            }
        } finally {
            buffers().release(out);
        }
        return this;
    }

    @Override
    public <T> CompletableFuture<Void> write(Write<? super T> write, T value) {
        byte[] bytes = encode(write, value, new EncodeOutput()).toArray();
        LoopFuture<Void> future = new LoopFuture<>();
        if (isDestroyed()) {
            future.completeExceptionally(Failures.destroyed());
        } else if (loop().inLoop()) {
            act(() -> writes().push(bytes, future));
        } else if (!send(bytes.length, () -> writes().push(bytes, future), future)) {
            future.completeExceptionally(Failures.destroyed());
        }
        return future;
    }

    private Handle pushOwned(byte[] bytes, int length) {
        if (!loop().inLoop()) {
            send(length, () -> writes().pushOwned(bytes, length), null);
        } else if (!isDestroyed()) {
            boolean outermost = enter();
            try {
                writes().pushOwned(bytes, length);
            } finally {
                leave(outermost);
            }
        }
        return this;
    }

    private <T> EncodeOutput encode(Write<? super T> write, T value, EncodeOutput out) {
        try {
            write.encode(value, out.begin(this));
            return out;
        } catch (BadMessageException e) {
            throw new UncheckedHandleException(new HandleException(e.code(), false, e.getMessage(), e));
        }
    }

    @Override
    public Handle pushShutdown() {
        return on(() -> writes().shutdown());
    }

    // TLS

    @Override
    public Handle startTls(TlsRole role, TlsContext context) {
        return startTls(() -> tls().begin(role, context));
    }

    @Override
    public Handle startTls(TlsRole role, TlsContext context, ByteBuffer lastClearText) {
        byte[] last = new byte[lastClearText.remaining()];
        lastClearText.get(last);
        return startTls(() -> {
            tls().mustNotBeActive();
            writes().pushOwned(last, last.length);
            if (isServing()) {
                tls().begin(role, context);
            }
        });
    }

    @Override
    public Handle startTls(TlsEngine engine) {
        Objects.requireNonNull(engine, "engine");
        return startTls(() -> tls().begin(engine, TlsOptions.standard()));
    }

    /** On the loop the caller is told that TLS is active; another thread's mistake becomes the handle's. */
    private Handle startTls(Runnable step) {
        boolean here = loop().inLoop();
        return on(() -> {
            try {
                step.run();
            } catch (IllegalStateException e) {
                if (here) {
                    throw e;
                }
                fail(new HandleException(ErrorCode.TLS_FAILED, "startTls: " + e.getMessage(), e));
            }
        });
    }

    @Override
    public Handle stopTls() {
        return on(() -> tls().stop());
    }

    @Override
    public Handle resetTls() {
        return on(() -> tls().reset());
    }

    @Override
    public Handle tlsAutostart(TlsContext context) {
        Objects.requireNonNull(context, "context");
        return pushRead(Reads.tlsDetect(), (handle, detected) -> {
            if (detected.tls()) {
                startTls(TlsRole.SERVER, context);
            }
        });
    }

    @Override
    public @Nullable TlsSession tlsSession() {
        return tls().session();
    }

    @Override
    public int pendingWriteBytes() {
        return writes().pendingBytes();
    }

    @Override
    public boolean isWritable() {
        return !writes().isResting();
    }

    // What it is

    @Override
    public @Nullable Channel channel() {
        return isDestroyed() ? null : transport().channel();
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return transport().localAddress();
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return transport().remoteAddress();
    }

    @Override
    public @Nullable String peerName() {
        return peerName;
    }

    @Override
    public @Nullable Object attachment() {
        return attachment;
    }

    @Override
    public Handle attach(@Nullable Object object) {
        if (!isDestroyed()) {
            attachment = object;
        }
        return this;
    }

    @Override
    public HandleStats stats() {
        return new HandleStats(
                reads().bytesRead(),
                writes().bytesWritten(),
                reads().pendingBytes(),
                writes().pendingBytes(),
                reads().queued(),
                since(true),
                since(false));
    }

    @Override
    public void execute(Consumer<? super Handle> steps) {
        Objects.requireNonNull(steps, "steps");
        on(() -> accept(steps));
    }

    // The end

    @Override
    public CompletableFuture<Void> closed() {
        LoopFuture<Void> fresh = new LoopFuture<>();
        LoopFuture<Void> future = CLOSED.compareAndSet(this, null, fresh) ? fresh : Objects.requireNonNull(closed);
        if (state() == State.ENDED) {
            future.complete(null);
        }
        return future.copy();
    }

    @Override
    void letGo() {
        attachment = null;
    }

    @Override
    void allGone() {
        LoopFuture<Void> future = closed;
        if (future != null) {
            future.complete(null);
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Handle[").append(state());
        SocketAddress remote = remoteAddress();
        if (peerName != null) {
            text.append(' ').append(peerName);
        }
        if (remote != null) {
            text.append(' ').append(remote);
        }
        reads().describe(text);
        writes().describe(text);
        HandleStats stats = stats();
        text.append(" read=").append(stats.bytesRead());
        text.append(" unread=").append(stats.pendingReadBytes());
        text.append(" queued=").append(stats.queuedReads());
        text.append(" written=").append(stats.bytesWritten());
        text.append(" unwritten=").append(stats.pendingWriteBytes());
        return text.append(']').toString();
    }
}
