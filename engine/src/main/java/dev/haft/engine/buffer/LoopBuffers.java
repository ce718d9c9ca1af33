package dev.haft.engine.buffer;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What the handles of a loop share, so that an idle handle needs no buffer: one to read into, one to show to decoders, one to
 * write from, and pools. For the loop's thread; made when first used.
 */
public final class LoopBuffers {
    /** How much one system call reads or writes at most. */
    public static final int CALL_BYTES = 128 << 10;

    private static final int KEPT_OUTBOXES = 64;

    private final Inbox inbox = new Inbox();
    private final Segment.Pool segments = new Segment.Pool();
    private final ArrayDeque<Outbox> outboxes = new ArrayDeque<>();
    private @Nullable ByteBuffer incoming;
    private @Nullable ByteBuffer outgoing;
    private @Nullable EncodeOutput output;
    private @Nullable ByteBuffer clearIn;
    private @Nullable ByteBuffer clearOut;
    private @Nullable ByteBuffer sealedOut;
    private @Nullable Inbox sealedInbox;

    /** A direct buffer, cleared: where a system call puts what it reads. */
    public ByteBuffer incoming() {
        ByteBuffer buffer = incoming;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(CALL_BYTES);
            incoming = buffer;
        }
        return buffer.clear();
    }

    /** A direct buffer, cleared: what a system call writes. */
    public ByteBuffer outgoing() {
        ByteBuffer buffer = outgoing;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(CALL_BYTES);
            outgoing = buffer;
        }
        return buffer.clear();
    }

    /** A buffer with an array, cleared: where clear text is put. */
    public ByteBuffer clearIn() {
        ByteBuffer buffer = clearIn;
        if (buffer == null) {
            buffer = ByteBuffer.allocate(CALL_BYTES);
            clearIn = buffer;
        }
        return buffer.clear();
    }

    /** A buffer with an array, cleared: clear text that is to be sealed. */
    public ByteBuffer clearOut() {
        ByteBuffer buffer = clearOut;
        if (buffer == null) {
            buffer = ByteBuffer.allocate(CALL_BYTES);
            clearOut = buffer;
        }
        return buffer.clear();
    }

    /** A buffer with an array, cleared: what was sealed. */
    public ByteBuffer sealedOut() {
        ByteBuffer buffer = sealedOut;
        if (buffer == null) {
            buffer = ByteBuffer.allocate(CALL_BYTES);
            sealedOut = buffer;
        }
        return buffer.clear();
    }

    /** Where bytes wait that have not been opened yet. */
    public Inbox sealedInbox() {
        Inbox waiting = sealedInbox;
        if (waiting == null) {
            waiting = new Inbox();
            sealedInbox = waiting;
        }
        return waiting;
    }

    /** Where unread bytes wait. */
    public Inbox inbox() {
        return inbox;
    }

    Segment.Pool segments() {
        return segments;
    }

    /** An empty outbox; give it back by {@link #release(Outbox)}. */
    public Outbox borrowOutbox() {
        Outbox free = outboxes.pollLast();
        return free == null ? new Outbox() : free;
    }

    /** Takes one back that is empty. */
    public void release(Outbox empty) {
        if (outboxes.size() < KEPT_OUTBOXES) {
            outboxes.addLast(empty);
        }
    }

    /** Where to encode a value; give it back by {@link #release}. One that encodes within an encoder gets another one. */
    public EncodeOutput borrowOutput() {
        EncodeOutput free = output;
        output = null;
        return free == null ? new EncodeOutput() : free;
    }

    /** Takes one back. */
    public void release(EncodeOutput used) {
        used.reset();
        output = used;
    }
}
