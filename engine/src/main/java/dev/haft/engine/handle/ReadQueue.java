package dev.haft.engine.handle;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The reads that wait, in a ring: the last one knows the first; one reference while there is none. For the loop. */
class ReadQueue {
    private @Nullable QueuedRead<?> last;
    private int queued;

    @Nullable QueuedRead<?> first() {
        QueuedRead<?> end = last;
        return end == null ? null : end.next;
    }

    boolean isEmpty() {
        return last == null;
    }

    /** How many; from any thread. */
    int queued() {
        return queued;
    }

    void addLast(QueuedRead<?> read) {
        addFirst(read);
        last = read;
    }

    void addFirst(QueuedRead<?> read) {
        queued++;
        QueuedRead<?> end = last;
        if (end == null) {
            read.next = read;
            last = read;
        } else {
            read.next = end.next;
            end.next = read;
        }
    }

    /** Takes one out, wherever it is. */
    boolean remove(QueuedRead<?> read) {
        QueuedRead<?> end = last;
        QueuedRead<?> before = end;
        while (before != null && end != null) {
            QueuedRead<?> r = before.next;
            if (r == read) {
                unlink(before, read);
                return true;
            }
            before = r == end ? null : r;
        }
        return false;
    }

    private void unlink(QueuedRead<?> before, QueuedRead<?> read) {
        queued--;
        if (before == read) {
            last = null;
        } else {
            before.next = read.next;
            if (last == read) {
                last = before;
            }
        }
        read.next = null;
    }

    /** Takes all out, first to last; what the consumer does to the queue comes after. */
    void drain(Consumer<QueuedRead<?>> to) {
        QueuedRead<?> r = first();
        if (last != null) {
            last.next = null;
        }
        last = null;
        queued = 0;
        while (r != null) {
            QueuedRead<?> next = r.next;
            r.next = null;
            to.accept(r);
            r = next;
        }
    }
}
