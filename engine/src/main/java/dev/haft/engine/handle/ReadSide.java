package dev.haft.engine.handle;

import dev.haft.BadMessageException;
import dev.haft.Decoder;
import dev.haft.ErrorCode;
import dev.haft.Handle;
import dev.haft.HandleCallback;
import dev.haft.HandleException;
import dev.haft.Read;
import dev.haft.ReadContext;
import dev.haft.Timer;
import dev.haft.engine.buffer.Inbox;
import dev.haft.engine.buffer.LoopBuffers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
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
        stopped = false;
        if (first || handle.inErrorCallback()) {
            standing = false;
        }
        serve();
    }

    void onEach(@Nullable QueuedRead<?> read, @Nullable HandleCallback callback) {
        if (each != null) {
            each.stopClock();
        }
        each = read;
        onRead = callback;
        leftAt = -1;
        leftFailed = false;
        // Who wants no more does not start what was stopped.
        stopped &= read == null && callback == null;
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
            read.stopClock();
        }
        return removed;
    }

    void clear() {
        drain(r -> {
            r.stopClock();
            r.drop();
        });
        // What is there already may be for onEach now.
        serve();
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

    @Override
    public boolean keepsValue() {
        QueuedRead<?> current = current();
        return current != null && current.keepsValue();
    }

    @Override
    public Timer deadline(Read<?> read, Duration limit) {
        QueuedRead<?> current = current();
        return current == null ? () -> {} : Deadline.of(handle, current, read, limit);
    }

    /** The read that looks at the bytes: one of {@code onEach} only if it has begun to take its own, or no other waits. */
    private @Nullable QueuedRead<?> current() {
        return isEmpty() || (each != null && each.isWithin()) ? each : first();
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

    /** Gives all unread bytes away; they may come again in another guise, and the stream's end with them. */
    ByteBuffer handOver() {
        takeBack();
        ByteBuffer given = unread;
        unread = Inbox.EMPTY;
        bytesRead -= given.remaining();
        ended = false;
        leftAt = -1;
        beginAnew();
        return given;
    }

    /** Decoders that have looked at bytes begin anew: they remember places that no longer hold. */
    private void beginAnew() {
        QueuedRead<?> first = first();
        if (first != null) {
            first.beginAnew();
        }
        if (each != null) {
            each.beginAnew();
        }
    }

    /** Whether bytes are wanted from the transport. */
    boolean wantsBytes() {
        return !ended && !stopped && !standing && (isAsked() || isWatching());
    }

    private boolean isAsked() {
        if (isEmpty()) {
            return (each != null || onRead != null) && !handle.writes().isResting();
        }
        QueuedRead<?> current = current();
        return current != null && !current.isResting();
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
        ByteBuffer incoming = transport.incoming(buffers);
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

    /** Bytes that were on another way. */
    void receive(ByteBuffer bytes, LoopBuffers buffers) {
        if (bytes.hasRemaining()) {
            bytesRead += bytes.remaining();
            unread = buffers.inbox().append(unread, bytes);
            leftAt = -1;
            serve();
        }
    }

    /** How many bytes may wait: a read's own limit stands above the handle's. */
    private int limit() {
        QueuedRead<?> first = current();
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
        QueuedRead<?> current = current();
        if (!isEmpty() && current != null) {
            return !current.isResting() && (serve(current, false) || atLimit() || (ended && endWithin(current)));
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
        if (ended && each != null && each.isWithin()) {
            return endWithin(each);
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
            value = read.decode(unread, this, atEnd);
        } catch (BadMessageException e) {
            failed(read, e);
            return true;
        }
        if (value == null) {
            return false;
        }
        boolean gone = read.isWithin();
        read.decoder = null;
        read.stopClock();
        if (read != each && !read.isRepeated()) {
            remove(read);
        }
        if (!handle.isServing()) {
            // The decoder, or another thread, has ended the handle: its bytes are gone.
            return true;
        }
        boolean empty = unread.position() == position;
        if (!read.deliver(handle, value)) {
            // Cancelled in this very moment: the bytes are for the next read, but for those that went to a sink.
            if (!gone) {
                unread.position(position);
            }
        } else if (empty) {
            read.tookNothing();
        }
        return true;
    }

    private void failed(QueuedRead<?> read, BadMessageException e) {
        HandleException error = new HandleException(e.code(), false, e.getMessage(), e);
        int skip = Math.min(e.skipBytes(), unread.remaining());
        if (skip > 0) {
            read.decoder = null;
            unread.position(unread.position() + skip);
            handle.fail(error);
        } else {
            fail(read, error, e.code() != ErrorCode.TYPE_UNAVAILABLE);
        }
    }

    /**
     * A read leaves the queue, its bytes are untouched, and the read side stands.
     *
     * @param again whether it would fail again on the same bytes
     */
    private void fail(QueuedRead<?> read, HandleException error, boolean again) {
        read.decoder = null;
        read.stopClock();
        standing = true;
        if (read == each) {
            leftAt = consumed();
            leftFailed = again;
        } else {
            remove(read);
        }
        if (!read.fail(error)) {
            handle.fail(error);
        }
    }

    /** The time of a read, or of a part of it, is over. */
    void expired(QueuedRead<?> read, Read<?> part) {
        if (handle.isServing()) {
            fail(read, new HandleException(ErrorCode.TIMED_OUT, false, part + " was not there in time", null), false);
            serve();
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
        if (endsBetween(read) || serve(read, true) || endsBetween(read)) {
            return true;
        }
        if (read == each && !unread.hasRemaining() && !read.isWithin()) {
            return true;
        }
        return endWithin("the stream ended while " + read.read + " was waiting for more");
    }

    /** The stream has ended between two values of a repeated read: that is told to whom they went. */
    private boolean endsBetween(QueuedRead<?> read) {
        if (!read.isRepeated() || unread.hasRemaining() || read.isWithin()) {
            return false;
        }
        remove(read);
        endTold = endTold || handle.options().onEof() == null;
        read.complete();
        return true;
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
        if (each != null) {
            each.stopClock();
        }
        each = null;
        onRead = null;
        drop(buffers, why);
    }

    private void drop(LoopBuffers buffers, HandleException why) {
        view = null;
        unread = buffers.inbox().release(unread);
        drain(r -> {
            r.stopClock();
            r.fail(why);
        });
    }

    /** Whether the peer has ended its stream. */
    boolean hasEnded() {
        return ended;
    }
}
