package dev.haft.tls.bc;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Records that wait to be sent besides clear text. Holds nothing while it is empty. */
final class Outgoing {
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int start;
    private int end;

    boolean isEmpty() {
        return start == end;
    }

    int waitingBytes() {
        return end - start;
    }

    /**
     * Makes room behind what waits, to be filled from {@link #end} on and counted by {@link #added}. As much as waits may be added
     * before that is copied again.
     */
    byte[] room(int more) {
        if (bytes.length - end < more) {
            int waiting = waitingBytes();
            bytes = Arrays.copyOfRange(bytes, start, end + Math.max(more, waiting));
            end = waiting;
            start = 0;
        }
        return bytes;
    }

    int end() {
        return end;
    }

    void added(int count) {
        end += count;
    }

    void moveTo(ByteBuffer net) {
        int count = Math.min(end - start, net.remaining());
        net.put(bytes, start, count);
        start += count;
        if (start == end) {
            clear();
        }
    }

    void clear() {
        bytes = NOTHING;
        start = 0;
        end = 0;
    }
}
