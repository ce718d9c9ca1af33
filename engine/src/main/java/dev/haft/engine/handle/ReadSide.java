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
final class ReadSide extends ReadQueue implements ReadContext {
    private static final int LARGEST_BYTES = Integer.MAX_VALUE - 64;

    private final HandleCore handle;
    private @Nullable QueuedRead<?> each;
    private @Nullable HandleCallback onRead;
    private int queued;
    private long bytesRead;

    /** Where {@code onEach} failed, or {@code onRead} took nothing: not asked again before something changes. */
    private long leftAt = -1;

    private boolean leftFailed;
    private boolean serving;
    private boolean stopped;
    private boolean standing;
    private boolean ended;
    private boolean endTold;

    /** The bytes that have come and were not consumed; see {@link Inbox}. */
    private ByteBuffer unread = Inbox.EMPTY;

    /** What the user was given to look into: its position counts when the callback ends. */
    private @Nullable ByteBuffer view;

    ReadSide(HandleCore handle) {
        this.handle = handle;
    }

    // The queue

    void push(QueuedRead<?> read, boolean first) {
        if (first || isEmpty()) {
            // What is first from now on may consume what another decoder has looked at.
            beginAnew();
        }
        if (first) {
            addFirst(read);
        } else {
            addLast(read);
        }
        queued++;
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
        if (!leftFailed && !handle.inErrorCallback()) {
            // A type that was missing may be there again; within onError it would only fail again, for ever.
            leftAt = -1;
        }
        serve();
    }

    void stop() {
        stopped = true;
    }

    void withdraw(QueuedRead<?> read) {
        if (remove(read)) {
            serve();
        }
    }

    @Override
    boolean remove(QueuedRead<?> read) {
        boolean removed = super.remove(read);
        if (removed) {
            queued--;
        }
        return removed;
    }

    void clear() {
        queued = 0;
        drain(r -> {
            if (r instanceof FutureRead.Queued<?> awaited) {
                awaited.future().cancel(false);
            }
        });
    }

    // What others see

    @Override
    public Handle handle() {
        return handle;
    }

    @Override
    public int limitBytes() {
        return handle.options().maxReadBufferBytes();
    }

    int queued() {
        return queued;
    }

    int pendingBytes() {
        ByteBuffer handedOut = view;
        return handedOut == null ? unread.remaining() : handedOut.remaining();
    }

    long bytesRead() {
        return bytesRead;
    }

    /** What the user may look into, until the callback that asked ends, or a read is served. */
    ByteBuffer handOut() {
        ByteBuffer handedOut = view;
        if (handedOut == null) {
            handedOut = unread.duplicate();
            view = handedOut;
        }
        return handedOut;
    }

    /** What the user has consumed in the buffer that was handed out. */
    void takeBack() {
        ByteBuffer handedOut = view;
        if (handedOut != null) {
            view = null;
            int consumed = Math.min(handedOut.position(), unread.limit());
            if (consumed > unread.position()) {
                unread.position(consumed);
                beginAnew();
            }
        }
    }

    /** Decoders that have looked at bytes begin anew: they remember places that no longer hold. */
    private void beginAnew() {
        QueuedRead<?> first = first();
        if (first != null) {
            first.decoder = null;
        }
        if (each != null) {
            each.decoder = null;
        }
    }

    /** Whether bytes are wanted from the transport. */
    boolean wantsBytes() {
        return !ended && !stopped && !standing && (isAsked() || isWatching());
    }

    private boolean isAsked() {
        return !isEmpty()
                || ((each != null || onRead != null) && !handle.writes().isResting());
    }

    /** Whether it looks for the end although nothing is asked: not behind bytes that nobody takes. */
    private boolean isWatching() {
        return handle.options().watchEnd() && !unread.hasRemaining();
    }

    // Bytes come

    /** Reads once and serves what has come. */
    void fill(Transport transport, LoopBuffers buffers) throws IOException {
        if (ended) {
            return;
        }
        ByteBuffer incoming = buffers.incoming();
        // One more than may wait, so that going over is noticed without holding much more; not for who only watches.
        long room = (long) limit() - unread.remaining() + (isAsked() ? 1 : 0);
        incoming.limit((int) Math.max(1, Math.min(room, handle.maxReadBytes())));
        int count = transport.read(incoming);
        if (count > 0) {
            incoming.flip();
            unread = buffers.inbox().append(unread, incoming);
            bytesRead += count;
            leftAt = leftFailed ? leftAt : -1;
            handle.activity(true);
            transport.passed();
        } else if (count < 0) {
            ended = true;
            if (onRead != null) {
                // Its last chance to take what it has left.
                leftAt = -1;
            }
        } else {
            return;
        }
        serve();
    }

    /** How many bytes may wait: a read's own limit stands above the handle's. */
    private int limit() {
        QueuedRead<?> first = isEmpty() ? each : first();
        Decoder<?> decoder = first == null ? null : first.decoder;
        OptionalInt own = decoder == null ? OptionalInt.empty() : decoder.limitBytes();
        return Math.min(LARGEST_BYTES, own.isPresent() ? Math.max(limitBytes(), own.getAsInt()) : limitBytes());
    }

    void settle(LoopBuffers buffers) {
        unread = buffers.inbox().settle(unread);
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
        QueuedRead<?> first = first();
        if (first != null) {
            return serve(first, false) || atLimit() || (ended && endWithin(first));
        }
        if ((each != null || onRead != null) && unread.hasRemaining()) {
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
            if (ended && unread.hasRemaining()) {
                return each != null ? endWithin(each) : endWithin("the end of the stream came with bytes left over");
            }
        } else if (atLimit()) {
            return false;
        }
        return ended && !endTold && tellEnd();
    }

    private boolean serveEach(QueuedRead<?> read) {
        long before = consumed();
        if (leftAt == before) {
            return false;
        }
        // What was left has been passed since.
        leftFailed = false;
        boolean served = serve(read, false);
        takeBack();
        // A read that takes nothing would be served for ever.
        if (served && isEmpty() && each == read && before == consumed() && !leftFailed) {
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
        if (before == consumed() && isEmpty() && onRead == callback) {
            leftAt = before;
            leftFailed = false;
        }
        return true;
    }

    /** Lets a read look at the bytes. False: it waits for more. */
    private <T> boolean serve(QueuedRead<T> read, boolean atEnd) {
        int position = unread.position();
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
            remove(read);
        }
        if (!handle.isServing()) {
            // The decoder, or another thread, has ended the handle: its bytes are gone.
            return true;
        }
        if (read instanceof FutureRead.Queued<T> awaited) {
            // Cancelled by another thread in this very moment: the bytes are for the next read.
            if (!awaited.future().complete(value)) {
                unread.position(position);
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
        ByteBuffer in = unread;
        int position = in.position();
        int limit = in.limit();
        Decoder<T> decoder = read.decoder;
        if (decoder == null) {
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
            if (value == null && position == limit) {
                // It has seen no byte: it may begin when there is one, and a handle that waits needs no decoder.
                read.decoder = null;
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
        int skip = Math.min(e.skipBytes(), unread.remaining());
        if (skip > 0) {
            unread.position(unread.position() + skip);
        } else {
            standing = true;
            if (read == each) {
                leftAt = consumed();
                leftFailed = e.code() != ErrorCode.TYPE_UNAVAILABLE;
            } else {
                remove(read);
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
        if (unread.remaining() > limit()) {
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
        if (read == each && !unread.hasRemaining()) {
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
        HandleCallback callback = handle.options().onEof();
        if (callback == null) {
            handle.fail(new HandleException(ErrorCode.END_OF_STREAM, "Unexpected end-of-file"));
            return false;
        }
        handle.call(callback);
        return true;
    }

    /** The place in the stream of the first unread byte. */
    private long consumed() {
        return bytesRead - unread.remaining();
    }

    /** What is unusual, for logs; from any thread. */
    void describe(StringBuilder text) {
        text.append(ended ? " read-ended" : "");
        text.append(stopped ? " read-stopped" : "");
        text.append(standing ? " read-stands" : "");
        QueuedRead<?> waiting = first();
        if (waiting == null) {
            waiting = each;
        }
        if (waiting != null) {
            text.append(" reads=").append(waiting.read);
        }
    }

    /** As new, for another connection: only callbacks and settings stay. */
    void reset(LoopBuffers buffers, HandleException why) {
        leftAt = -1;
        leftFailed = false;
        stopped = false;
        standing = false;
        ended = false;
        endTold = false;
        beginAnew();
        drop(buffers, why);
    }

    /** Lets everything go. */
    void end(LoopBuffers buffers, HandleException why) {
        each = null;
        onRead = null;
        drop(buffers, why);
    }

    private void drop(LoopBuffers buffers, HandleException why) {
        view = null;
        unread = buffers.inbox().release(unread);
        queued = 0;
        drain(r -> {
            if (r instanceof FutureRead.Queued<?> awaited) {
                awaited.future().completeExceptionally(why);
            }
        });
    }

    /** Whether the peer has ended its stream. */
    boolean hasEnded() {
        return ended;
    }
}
