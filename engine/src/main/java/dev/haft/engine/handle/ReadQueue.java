package dev.haft.engine.handle;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The reads that wait, first to last. For the loop. */
final class ReadQueue {
    private @Nullable QueuedRead<?> head;
    private @Nullable QueuedRead<?> tail;
    private int size;

    @Nullable QueuedRead<?> first() {
        return head;
    }

    boolean isEmpty() {
        return head == null;
    }

    int size() {
        return size;
    }

    void addLast(QueuedRead<?> read) {
        QueuedRead<?> last = tail;
        if (last == null) {
            head = read;
        } else {
            last.next = read;
        }
        tail = read;
        size++;
    }

    void addFirst(QueuedRead<?> read) {
        read.next = head;
        head = read;
        if (tail == null) {
            tail = read;
        }
        size++;
    }

    /** Takes one out, wherever it is. */
    boolean remove(QueuedRead<?> read) {
        QueuedRead<?> before = null;
        for (QueuedRead<?> r = head; r != null; before = r, r = r.next) {
            if (r == read) {
                if (before == null) {
                    head = r.next;
                } else {
                    before.next = r.next;
                }
                if (tail == r) {
                    tail = before;
                }
                r.next = null;
                size--;
                return true;
            }
        }
        return false;
    }

    /** Takes all out, first to last; what the consumer does to the queue comes after. */
    void drain(Consumer<QueuedRead<?>> to) {
        QueuedRead<?> r = head;
        head = null;
        tail = null;
        size = 0;
        while (r != null) {
            QueuedRead<?> next = r.next;
            r.next = null;
            to.accept(r);
            r = next;
        }
    }
}
