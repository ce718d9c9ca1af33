package dev.haft.engine.handle;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.HandleOptions;
import dev.haft.engine.buffer.EncodeOutput;
import dev.haft.engine.buffer.LoopBuffers;
import dev.haft.engine.buffer.Outbox;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The write side of a handle: the bytes that wait, their limits and water marks, and the end of the stream. For the loop,
 * within a pass over the handle, except where it says otherwise.
 */
final class WriteSide {
    private static final VarHandle ELSEWHERE = elsewhere();

    /** So many system calls a pass; then other handles have their turn. */
    private static final int CALLS_A_PASS = 16;

    /** The way to the end of the stream. */
    private enum State {
        OPEN,
        /** Nothing more is taken; the end is told when all has left. */
        ENDING,
        ENDED
    }

    private final HandleCore handle;
    private @Nullable Outbox outbox;
    private State state = State.OPEN;

    /** How many bytes the outbox has in memory; there is none while nothing waits. */
    private int queued;

    private long bytesWritten;

    /** Bytes that other threads have pushed and that the loop has not yet queued. */
    private volatile long elsewhere;

    private volatile boolean resting;
    private boolean blocked;
    private boolean flushing;
    /** More waited than may, which has ended the handle. */
    private boolean overflowed;

    WriteSide(HandleCore handle) {
        this.handle = handle;
    }

    private static VarHandle elsewhere() {
        try {
            return MethodHandles.lookup().findVarHandle(WriteSide.class, "elsewhere", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // Pushing

    /** From any thread: counts bytes that are on their way to the loop. False: they are too many. */
    boolean reserve(int length) {
        long before = (long) ELSEWHERE.getAndAdd(this, (long) length);
        // What the loop has queued may be seen a moment late; no more is asked of a limit.
        if (before + length + queued > maxBytes()) {
            ELSEWHERE.getAndAdd(this, (long) -length);
            return false;
        }
        return true;
    }

    /** The bytes have arrived on the loop. */
    void unreserve(int length) {
        ELSEWHERE.getAndAdd(this, (long) -length);
    }

    void push(byte[] bytes, int offset, int length) {
        if (admit(length)) {
            outbox().append(bytes, offset, length, handle.buffers());
            grown(length);
        }
    }

    /** An array that nobody changes any more. */
    void pushOwned(byte[] bytes, int length) {
        if (length <= 1024) {
            push(bytes, 0, length);
        } else if (admit(length)) {
            outbox().appendOwned(bytes, length);
            grown(length);
        }
    }

    void push(EncodeOutput value) {
        if (value.isLarge()) {
            int length = value.size();
            pushOwned(value.takeArray(), length);
        } else {
            push(value.array(), 0, value.size());
        }
    }

    /** The same, with a future that hears when the bytes have left, or why they do not. */
    void push(byte[] bytes, CompletableFuture<Void> future) {
        HandleException refused = refusal();
        pushOwned(bytes, bytes.length);
        if (refused != null) {
            future.completeExceptionally(refused);
        } else if (handle.isOpen()) {
            whenTaken(future);
        } else {
            future.completeExceptionally(overflowed ? full() : Failures.destroyed());
        }
    }

    private void whenTaken(CompletableFuture<Void> future) {
        if (outbox == null) {
            future.complete(null);
        } else {
            outbox.whenTaken(future);
        }
    }

    void pushFile(FileChannel file, long from, long count) {
        HandleException refused = refusal();
        if (refused != null) {
            handle.fail(refused);
        } else if (count > 0) {
            outbox().appendFile(file, from, count);
            grown(0);
        }
    }

    /** Whether so many bytes may and need be queued. */
    private boolean admit(int length) {
        HandleException refused = refusal();
        if (refused != null) {
            handle.fail(refused);
        }
        return refused == null && length > 0;
    }

    /** Why nothing may be written now; null if it may. */
    private @Nullable HandleException refusal() {
        return state == State.OPEN
                ? null
                : new HandleException(ErrorCode.WRITE_CLOSED, "something was written after the end of the stream");
    }

    private @Nullable HandleException overflow() {
        return queued + elsewhere > maxBytes() ? full() : null;
    }

    HandleException full() {
        return new HandleException(ErrorCode.BUFFER_FULL, "more than " + maxBytes() + " bytes wait to be written");
    }

    private Outbox outbox() {
        Outbox waiting = outbox;
        if (waiting == null) {
            waiting = handle.buffers().borrowOutbox();
            outbox = waiting;
        }
        return waiting;
    }

    private void grown(int more) {
        queued += more;
        if (overflow() != null) {
            // Only what the kernel does not take is too much. What went over goes out as all that waits at a fatal
            // error.
            handle.relieve();
            HandleException tooMuch = overflow();
            if (tooMuch != null) {
                overflowed = true;
                handle.fail(tooMuch);
                return;
            }
        }
        HandleOptions options = handle.options();
        if (!resting && waiting() > options.highWaterBytes()) {
            resting = true;
            handle.call(options.onHighWater());
        }
    }

    /** In memory and in files. */
    long waiting() {
        Outbox waiting = outbox;
        return waiting == null ? 0 : queued + waiting.fileBytes();
    }

    private int maxBytes() {
        return handle.options().maxWriteBufferBytes();
    }

    void shutdown() {
        if (state == State.OPEN) {
            state = State.ENDING;
        }
    }

    /** The limits have been set anew. */
    void limitsChanged() {
        HandleException tooMuch = overflow();
        if (tooMuch != null) {
            handle.fail(tooMuch);
        }
        grown(0);
    }

    /** What hears of it is called at once if there is nothing to wait for. */
    void callOnDrain() {
        HandleOptions options = handle.options();
        if (waiting() <= options.lowWaterBytes()) {
            handle.call(options.onDrain());
        }
    }

    // What others see; from any thread

    boolean isResting() {
        return resting;
    }

    int pendingBytes() {
        return (int) Math.min(Integer.MAX_VALUE, waiting() + elsewhere);
    }

    long bytesWritten() {
        return bytesWritten;
    }

    /** What is unusual, for logs; from any thread. */
    void describe(StringBuilder text) {
        text.append(resting ? " rests" : "");
        text.append(blocked ? " write-blocked" : "");
        text.append(state == State.OPEN ? "" : " write-" + state);
    }

    /** Drops what waits. */
    void drop(HandleException why) {
        Outbox waiting = outbox;
        if (waiting != null) {
            outbox = null;
            queued = 0;
            waiting.clear(handle.buffers());
            waiting.fail(why);
            handle.buffers().release(waiting);
            resting = false;
        }
        blocked = false;
    }

    /** What waits, for who finishes the handle. */
    Outbox takeOutbox() {
        Outbox waiting = outbox();
        outbox = null;
        queued = 0;
        return waiting;
    }

    // Writing

    /** Whether to be told when the transport can take more. */
    boolean wantsRoom() {
        return blocked;
    }

    /** The transport can take more. */
    void unblock() {
        blocked = false;
    }

    boolean hasWork() {
        return !blocked && (outbox != null || state == State.ENDING);
    }

    /**
     * Writes what the transport takes.
     *
     * @return whether reads that rested may go on
     */
    boolean flush(Transport transport, LoopBuffers buffers) throws IOException {
        if (flushing || blocked) {
            return false;
        }
        flushing = true;
        boolean rested = resting;
        try {
            for (int calls = 0; outbox != null && !blocked && handle.isOpen(); calls++) {
                if (calls == CALLS_A_PASS) {
                    blocked = true;
                    break;
                }
                writeOnce(outbox, transport, buffers);
            }
            if (state == State.ENDING && outbox == null && handle.isOpen()) {
                end(transport);
            }
        } finally {
            flushing = false;
        }
        return rested && !resting;
    }

    private void writeOnce(Outbox waiting, Transport transport, LoopBuffers buffers) throws IOException {
        long before = waiting.taken();
        blocked = Sending.once(waiting, transport, buffers);
        long count = waiting.taken() - before;
        if (count > 0) {
            queued = (int) waiting.size();
            bytesWritten += count;
            boolean emptied = waiting.isEmpty();
            if (emptied) {
                outbox = null;
            }
            handle.activity(false);
            // From here on user code may end the handle: then what is not empty is no longer ours.
            transport.passed();
            waiting.complete();
            if (emptied) {
                buffers.release(waiting);
            }
            drained();
        }
    }

    private void drained() {
        HandleOptions options = handle.options();
        if (waiting() <= options.lowWaterBytes()) {
            resting = false;
            handle.call(options.onDrain());
        }
    }

    private void end(Transport transport) throws IOException {
        if (!transport.isConnected()) {
            blocked = true;
            return;
        }
        state = State.ENDED;
        transport.endOutput();
    }

    /**
     * As new, for another connection: only callbacks and settings stay.
     *
     * @return what waited, whose futures are still to be told; null if nothing did
     */
    @Nullable Outbox reset() {
        Outbox waiting = outbox;
        outbox = null;
        queued = 0;
        state = State.OPEN;
        resting = false;
        // Until there is a connection.
        blocked = true;
        return waiting;
    }
}
