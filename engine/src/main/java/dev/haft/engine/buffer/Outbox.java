package dev.haft.engine.buffer;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The bytes that wait to be written, in order, and the futures of those who want to know when they are. For the loop. */
public final class Outbox {
    private @Nullable Segment head;
    private @Nullable Segment tail;
    private long size;
    private long fileBytes;
    private long taken;
    private @Nullable ArrayDeque<Completion> completions;

    /** A future and the place in the stream behind which it is done. */
    private record Completion(long at, CompletableFuture<Void> future) {}

    /** How many bytes wait in memory. */
    public long size() {
        return size;
    }

    /** How many bytes wait in files. */
    public long fileBytes() {
        return fileBytes;
    }

    /** Whether none wait. */
    public boolean isEmpty() {
        return head == null;
    }

    /** How many have left. */
    public long taken() {
        return taken;
    }

    /** Adds a copy. */
    public void append(byte[] bytes, int offset, int length, LoopBuffers buffers) {
        if (length > Segment.BYTES) {
            byte[] copy = new byte[length];
            System.arraycopy(bytes, offset, copy, 0, length);
            appendOwned(copy, length);
            return;
        }
        Segment last = tail;
        int first = last == null ? 0 : Math.min(length, last.room());
        if (last != null && first > 0) {
            System.arraycopy(bytes, offset, last.bytes, last.end, first);
            last.end += first;
        }
        if (first < length) {
            Segment fresh = buffers.segments().take();
            System.arraycopy(bytes, offset + first, fresh.bytes, 0, length - first);
            fresh.end = length - first;
            link(fresh);
        }
        size += length;
    }

    /** Adds an array, which nobody changes any more. */
    public void appendOwned(byte[] bytes, int length) {
        if (length > 0) {
            link(Segment.of(bytes, length));
            size += length;
        }
    }

    /** Adds a part of a file. */
    public void appendFile(FileChannel file, long from, long count) {
        if (count > 0) {
            link(new FilePart(file, from, count));
            fileBytes += count;
        }
    }

    /** The part of a file that is first, if it is one. */
    public @Nullable FilePart file() {
        return head instanceof FilePart part ? part : null;
    }

    private void link(Segment segment) {
        Segment last = tail;
        if (last == null) {
            head = segment;
        } else {
            last.next = segment;
        }
        tail = segment;
    }

    /** Completes a future when all that waits now has left; at once if nothing does. */
    public void whenTaken(CompletableFuture<Void> future) {
        if (isEmpty()) {
            future.complete(null);
            return;
        }
        ArrayDeque<Completion> waiting = completions;
        if (waiting == null) {
            waiting = new ArrayDeque<>(4);
            completions = waiting;
        }
        waiting.add(new Completion(taken + size + fileBytes, future));
    }

    /** Copies the first bytes in memory into a buffer, as many as there is room for; they still wait. */
    public void copyTo(ByteBuffer to) {
        for (Segment s = head; s != null && to.hasRemaining() && !(s instanceof FilePart); s = s.next) {
            to.put(s.bytes, s.start, Math.min(s.end - s.start, to.remaining()));
        }
    }

    /** The first bytes in memory have left; {@link #complete} tells. */
    public void remove(int count, LoopBuffers buffers) {
        size -= count;
        taken += count;
        int left = count;
        Segment s = head;
        while (s != null && left >= s.end - s.start && !(s instanceof FilePart)) {
            left -= s.end - s.start;
            Segment next = s.next;
            buffers.segments().give(s);
            s = next;
        }
        head = s;
        if (s == null) {
            tail = null;
        } else {
            s.start += left;
        }
    }

    /** The first bytes of the {@link #file} that is first have left. */
    public void removeFromFile(long count) {
        if (head instanceof FilePart part) {
            fileBytes -= count;
            taken += count;
            part.advance(count);
            if (part.count() == 0) {
                head = part.next;
                tail = head == null ? null : tail;
            }
        }
    }

    /** Completes the futures of what has left; they may call anything. */
    public void complete() {
        ArrayDeque<Completion> waiting = completions;
        while (waiting != null && !waiting.isEmpty() && waiting.peek().at <= taken) {
            waiting.remove().future.complete(null);
        }
    }

    /** Fails the futures; the bytes still wait. */
    public void fail(Throwable why) {
        ArrayDeque<Completion> waiting = completions;
        completions = null;
        if (waiting != null) {
            waiting.forEach(c -> c.future.completeExceptionally(why));
        }
    }

    /** Drops all bytes. */
    public void clear(LoopBuffers buffers) {
        Segment s = head;
        while (s != null) {
            Segment next = s.next;
            buffers.segments().give(s);
            s = next;
        }
        head = null;
        tail = null;
        size = 0;
        fileBytes = 0;
    }
}
