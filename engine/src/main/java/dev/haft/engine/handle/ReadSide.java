package dev.haft.engine.handle;

import dev.haft.BadMessageException;
import dev.haft.Decoder;
import dev.haft.ErrorCode;
import dev.haft.Handle;
import dev.haft.HandleCallback;
import dev.haft.HandleException;
import dev.haft.ReadContext;
import dev.haft.engine.buffer.Inbox;
import dev.haft.engine.buffer.LoopBuffers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The read side of a handle: the bytes that have come, the reads that wait for them, and what happens at the end of the
 * stream. For the loop, within a pass over the handle.
 */
final class ReadSide implements ReadContext {
    private static final int LARGEST_BYTES = Integer.MAX_VALUE - 64;

    private final HandleCore handle;
    private final Inbox inbox = new Inbox();
    private final ReadQueue queue = new ReadQueue();
    private @Nullable QueuedRead<?> each;
    private @Nullable HandleCallback onRead;
    private int maxBytes;
    private long bytesRead;

    /** Where {@code onEach} failed, or {@code onRead} took nothing: not asked again before something changes. */
    private long leftAt = -1;

    private boolean leftFailed;
    private boolean serving;
    private boolean stopped;
    private boolean standing;
    private boolean ended;
    private boolean endTold;

    /** What the user was given to look into: its position counts when the callback ends. */
    private @Nullable ByteBuffer view;

    ReadSide(HandleCore handle, int maxBytes) {
        this.handle = handle;
        this.maxBytes = maxBytes;
    }

    // The queue

    void push(QueuedRead<?> read, boolean first) {
        if (first) {
            queue.addFirst(read);
        } else {
            queue.addLast(read);
        }
        stopped = false;
        if (first || handle.inErrorCallback()) {
            standing = false;
        }
        serve();
    }

    void onEach(@Nullable QueuedRead<?> read, @Nullable HandleCallback callback) {
        each = read;
        onRead = callback;
        leftAt = -1;
        leftFailed = false;
        stopped = false;
        if (handle.inErrorCallback()) {
            standing = false;
        }
        serve();
    }

    void start() {
        stopped = false;
        standing = false;
        serve();
    }

    void stop() {
        stopped = true;
    }

    void withdraw(QueuedRead<?> read) {
        if (queue.remove(read)) {
            serve();
        }
    }

    void clear() {
        queue.drain(r -> {
            if (r instanceof FutureRead.Queued<?> awaited) {
                awaited.future().cancel(false);
            }
        });
    }

    void maxBytes(int bytes) {
        maxBytes = bytes;
        serve();
    }

    // What others see

    @Override
    public Handle handle() {
        return handle;
    }

    @Override
    public int limitBytes() {
        return maxBytes;
    }

    int queued() {
        return queue.size();
    }

    int pendingBytes() {
        ByteBuffer handedOut = view;
        return handedOut == null ? inbox.size() : handedOut.remaining();
    }

    long bytesRead() {
        return bytesRead;
    }

    /** What the user may look into, until the callback that asked ends, or a read is served. */
    ByteBuffer handOut() {
        ByteBuffer handedOut = view;
        if (handedOut == null) {
            handedOut = inbox.bytes().duplicate();
            view = handedOut;
        }
        return handedOut;
    }

    /** What the user has consumed in the buffer that was handed out. */
    void takeBack() {
        ByteBuffer handedOut = view;
        if (handedOut != null) {
            view = null;
            ByteBuffer bytes = inbox.bytes();
            bytes.position(Math.max(bytes.position(), Math.min(handedOut.position(), bytes.limit())));
        }
    }

    /** Whether bytes are wanted from the transport. */
    boolean wantsBytes() {
        return !ended
                && !stopped
                && !standing
                && (!queue.isEmpty()
                        || ((each != null || onRead != null) && !handle.writes().isResting()));
    }

    // Bytes come

    /** Reads once and serves what has come. */
    void fill(Transport transport, LoopBuffers buffers) throws IOException {
        if (ended) {
            return;
        }
        ByteBuffer incoming = buffers.incoming();
        // One more than may wait, so that going over is noticed without holding much more.
        long room = (long) limit() - inbox.size() + 1;
        incoming.limit((int) Math.max(1, Math.min(room, handle.maxReadBytes())));
        int count = transport.read(incoming);
        if (count > 0) {
            incoming.flip();
            inbox.append(incoming, buffers);
            bytesRead += count;
            leftAt = leftFailed ? leftAt : -1;
            handle.activity(true);
        } else if (count < 0) {
            ended = true;
        } else {
            return;
        }
        serve();
    }

    /** How many bytes may wait: a read's own limit stands above the handle's. */
    private int limit() {
        QueuedRead<?> first = queue.isEmpty() ? each : queue.first();
        Decoder<?> decoder = first == null ? null : first.decoder;
        OptionalInt own = decoder == null ? OptionalInt.empty() : decoder.limitBytes();
        return Math.min(LARGEST_BYTES, own.isPresent() ? Math.max(maxBytes, own.getAsInt()) : maxBytes);
    }

    void settle(LoopBuffers buffers) {
        inbox.settle(buffers);
    }

    // Serving

    /** Serves all reads that can be served, and tells the end of the stream. Callbacks that push reads do not nest. */
    void serve() {
        if (serving) {
            return;
        }
        serving = true;
        try {
            boolean more = true;
            takeBack();
            while (more && handle.isServing() && !stopped && !standing) {
                more = step();
                takeBack();
            }
        } catch (RuntimeException | Error e) {
            handle.fail(new HandleException(ErrorCode.CALLBACK_FAILED, "a read failed: " + e, e));
        } finally {
            serving = false;
        }
    }

    /** One read, callback or event; false if nothing can be done before something comes. */
    private boolean step() {
        QueuedRead<?> first = queue.first();
        if (first != null) {
            return serve(first, false) || atLimit() || (ended && endWithin(first));
        }
        if ((each != null || onRead != null) && !inbox.isEmpty()) {
            if (handle.writes().isResting()) {
                return false;
            }
            boolean progress = each != null ? serveEach(each) : look(onRead);
            if (progress) {
                return true;
            }
            if (atLimit()) {
                return false;
            }
            if (ended && !inbox.isEmpty()) {
                return each != null ? endWithin(each) : endWithin("the end of the stream came with bytes left over");
            }
        } else if (atLimit()) {
            return false;
        }
        return ended && !endTold && tellEnd();
    }

    private boolean serveEach(QueuedRead<?> read) {
        if (leftAt == consumed()) {
            return false;
        }
        boolean served = serve(read, false);
        // A read that takes nothing would be served for ever.
        takeBack();
        if (served && queue.isEmpty() && each == read && read.begunAt == consumed() && !leftFailed) {
            leftAt = consumed();
        }
        return served;
    }

    private boolean look(@Nullable HandleCallback callback) {
        if (callback == null || leftAt == consumed()) {
            return false;
        }
        long before = consumed();
        handle.call(callback);
        takeBack();
        if (before == consumed() && queue.isEmpty() && onRead == callback) {
            leftAt = before;
            leftFailed = false;
        }
        return true;
    }

    /** Lets a read look at the bytes. False: it waits for more. */
    private <T> boolean serve(QueuedRead<T> read, boolean atEnd) {
        int position = inbox.bytes().position();
        T value;
        try {
            value = decode(read, atEnd);
        } catch (BadMessageException e) {
            failed(read, e);
            return true;
        }
        if (value == null) {
            return false;
        }
        read.decoder = null;
        if (read != each) {
            queue.remove(read);
        }
        if (read instanceof FutureRead.Queued<T> awaited) {
            // Cancelled by another thread in this very moment: the bytes are for the next read.
            if (!awaited.future().complete(value)) {
                inbox.bytes().position(position);
            }
        } else {
            deliver(read, value);
        }
        return true;
    }

    private <T> void deliver(QueuedRead<T> read, T value) {
        try {
            read.done.accept(handle, value);
        } catch (Throwable t) {
            handle.callbackFailed(t);
        }
    }

    private <T> @Nullable T decode(QueuedRead<T> read, boolean atEnd) throws BadMessageException {
        ByteBuffer in = inbox.bytes();
        int position = in.position();
        int limit = in.limit();
        Decoder<T> decoder = read.decoder;
        if (decoder == null || read.begunAt != consumed()) {
            read.begunAt = consumed();
            decoder = read.read.begin(this);
            read.decoder = decoder;
        }
        int reached = position;
        try {
            T value = atEnd ? decoder.atEnd(in) : decoder.decode(in);
            if (value != null || atEnd) {
                reached = in.position();
            }
            if (reached < position || reached > limit) {
                reached = position;
                throw new IllegalStateException(read.read + " moved out of its buffer");
            }
            return value;
        } finally {
            in.limit(limit).position(reached);
            if (in.order() != ByteOrder.BIG_ENDIAN) {
                in.order(ByteOrder.BIG_ENDIAN);
            }
        }
    }

    private void failed(QueuedRead<?> read, BadMessageException e) {
        read.decoder = null;
        int skip = Math.min(e.skipBytes(), inbox.size());
        if (skip > 0) {
            inbox.bytes().position(inbox.bytes().position() + skip);
        } else {
            standing = true;
            if (read == each) {
                leftAt = consumed();
                leftFailed = true;
            } else {
                queue.remove(read);
            }
        }
        HandleException error = new HandleException(e.code(), false, e.getMessage(), e);
        if (skip == 0 && read instanceof FutureRead.Queued<?> awaited) {
            awaited.future().completeExceptionally(error);
        } else {
            handle.fail(error);
        }
    }

    // Limits and the end

    private boolean atLimit() {
        if (inbox.size() > limit()) {
            handle.fail(new HandleException(ErrorCode.BUFFER_FULL, "more than " + limit() + " bytes wait to be read"));
            return true;
        }
        return false;
    }

    /** The stream has ended and a read waits for more: its last chance. */
    private boolean endWithin(QueuedRead<?> read) {
        if (serve(read, true)) {
            return true;
        }
        if (read == each && inbox.isEmpty()) {
            return true;
        }
        return endWithin("the stream ended while " + read.read + " was waiting for more");
    }

    private boolean endWithin(String message) {
        handle.fail(new HandleException(ErrorCode.UNEXPECTED_END, message));
        return false;
    }

    private boolean tellEnd() {
        endTold = true;
        HandleCallback callback = handle.endCallback();
        if (callback == null) {
            handle.fail(new HandleException(ErrorCode.END_OF_STREAM, "Unexpected end-of-file"));
            return false;
        }
        handle.call(callback);
        return true;
    }

    /** The place in the stream of the first unread byte. */
    private long consumed() {
        return bytesRead - inbox.size();
    }

    /** Lets everything go. */
    void end(LoopBuffers buffers, HandleException why) {
        each = null;
        onRead = null;
        queue.drain(r -> {
            if (r instanceof FutureRead.Queued<?> awaited) {
                awaited.future().completeExceptionally(why);
            }
        });
        view = null;
        inbox.release(buffers);
    }

    /** Whether the peer has ended its stream. */
    boolean hasEnded() {
        return ended;
    }
}
