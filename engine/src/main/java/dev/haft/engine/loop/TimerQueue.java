package dev.haft.engine.loop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap of timers in which each knows its place: adding and removing take O(log n). Java's PriorityQueue removes in
 * O(n), and to leave cancelled timers in it would keep closed handles alive until their timeouts are due.
 */
final class TimerQueue {
    private @Nullable LoopTimer[] heap = new LoopTimer[16];
    private int size;

    /** The one that is due first. */
    @Nullable LoopTimer first() {
        return heap[0];
    }

    int size() {
        return size;
    }

    void add(LoopTimer timer) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        up(timer, size++);
    }

    /** Does nothing if it is not in the queue. */
    void remove(LoopTimer timer) {
        int hole = timer.index;
        if (hole < 0) {
            return;
        }
        timer.index = -1;
        LoopTimer last = at(--size);
        heap[size] = null;
        if (last != timer) {
            down(last, hole);
            if (last.index == hole) {
                up(last, hole);
            }
        }
    }

    private void up(LoopTimer timer, int from) {
        int i = from;
        while (i > 0) {
            int parent = (i - 1) >>> 1;
            if (!before(timer, at(parent))) {
                break;
            }
            put(at(parent), i);
            i = parent;
        }
        put(timer, i);
    }

    private void down(LoopTimer timer, int from) {
        int i = from;
        while (2 * i + 1 < size) {
            int child = 2 * i + 1;
            if (child + 1 < size && before(at(child + 1), at(child))) {
                child++;
            }
            if (!before(at(child), timer)) {
                break;
            }
            put(at(child), i);
            i = child;
        }
        put(timer, i);
    }

    private void put(LoopTimer timer, int i) {
        heap[i] = timer;
        timer.index = i;
    }

    private LoopTimer at(int i) {
        LoopTimer timer = heap[i];
        if (timer == null) {
            throw new IllegalStateException("no timer at " + i + " of " + size);
        }
        return timer;
    }

    /** By difference: nanosecond clocks may be negative and may wrap. */
    private static boolean before(LoopTimer a, LoopTimer b) {
        return a.due - b.due < 0;
    }
}
