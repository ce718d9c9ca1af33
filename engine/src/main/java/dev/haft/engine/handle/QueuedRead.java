package dev.haft.engine.handle;

import dev.haft.BadMessageException;
import dev.haft.Decoder;
import dev.haft.HandleException;
import dev.haft.Read;
import dev.haft.ReadCallback;
import dev.haft.ReadContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A read that waits, its decoder once it has begun, and what becomes of its value. */
class QueuedRead<T> {
    final Read<T> read;
    final ReadCallback<? super T> done;

    @Nullable Decoder<T> decoder;

    @Nullable QueuedRead<?> next;

    /** The first of its deadlines that run. */
    @Nullable Deadline deadline;

    QueuedRead(Read<T> read, ReadCallback<? super T> done) {
        this.read = Objects.requireNonNull(read, "read");
        this.done = Objects.requireNonNull(done, "callback");
    }

    /** Whether its value may be used after it was delivered. */
    boolean keepsValue() {
        return false;
    }

    /** Whether nobody wants its value for now. */
    boolean isResting() {
        return false;
    }

    /** Whether it stays in the queue for more values, and the end of the stream may come between two. */
    boolean isRepeated() {
        return false;
    }

    /**
     * Lets it look at the bytes, which stay where they are unless there is a value.
     *
     * @param in from the first unread byte to the last
     * @param context for a decoder that begins
     * @param atEnd whether no more bytes come
     * @return null: it waits for more
     */
    @Nullable T decode(ByteBuffer in, ReadContext context, boolean atEnd) throws BadMessageException {
        int position = in.position();
        int limit = in.limit();
        Decoder<T> looking = decoder;
        if (looking == null) {
            looking = read.begin(context);
            decoder = looking;
        }
        int reached = position;
        try {
            T value = atEnd ? looking.atEnd(in) : looking.decode(in);
            if (value != null || atEnd) {
                reached = in.position();
            }
            if (reached < position || reached > limit) {
                reached = position;
                throw new IllegalStateException(read + " moved out of its buffer");
            }
            if (value == null && position == limit && !looking.isStreaming()) {
                // It has seen no byte: it may begin when there is one, and a handle that waits needs no decoder.
                decoder = null;
            }
            return value;
        } finally {
            if (looking.isStreaming()) {
                // What it has passed is gone, whatever happened.
                reached = Math.max(reached, Math.min(limit, in.position()));
            }
            in.limit(limit).position(reached);
            if (in.order() != ByteOrder.BIG_ENDIAN) {
                in.order(ByteOrder.BIG_ENDIAN);
            }
        }
    }

    /** Hands the value on; false if nobody wants it any more: its bytes are for the next read. */
    boolean deliver(HandleCore handle, T value) {
        try {
            done.accept(handle, value);
        } catch (Throwable t) {
            handle.callbackFailed(t);
        }
        return true;
    }

    /** It was delivered, and has taken no bytes. */
    void tookNothing() {}

    /** It has failed; false if the handle is to tell. */
    boolean fail(HandleException error) {
        return false;
    }

    /** It was dropped. */
    void drop() {}

    /** The stream has ended between two of its values. */
    void complete() {}

    /** What it remembers of the bytes holds no more, unless it has taken those that it knows of. */
    void beginAnew() {
        if (decoder != null && !decoder.isStreaming()) {
            decoder = null;
        }
    }

    /** Whether it has taken a part of its bytes, and waits for the rest. */
    boolean isWithin() {
        return decoder != null && decoder.isStreaming();
    }

    /** Ends its deadlines. */
    void stopClock() {
        for (Deadline d = deadline; d != null; d = d.next) {
            d.disarm();
        }
        deadline = null;
    }
}
