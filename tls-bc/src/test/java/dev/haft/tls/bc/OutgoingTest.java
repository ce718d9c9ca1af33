package dev.haft.tls.bc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What waits to be sent: in order, at a cost that does not grow with how much waits, and nothing held for nothing. */
class OutgoingTest {
    private static final int PIECE_BYTES = 100;
    private static final int PIECES = 10_000;

    private final Outgoing outgoing = new Outgoing();
    private byte[] last = {};
    private long copied;
    private int put;
    private int taken;

    /** Adds a piece, and notes what that has cost. */
    private void add() {
        int waiting = outgoing.waitingBytes();
        byte[] bytes = outgoing.room(PIECE_BYTES);
        if (bytes != last) {
            copied += waiting;
            last = bytes;
        }
        for (int i = 0; i < PIECE_BYTES; i++) {
            bytes[outgoing.end() + i] = (byte) put++;
        }
        outgoing.added(PIECE_BYTES);
    }

    private void take(int length) {
        ByteBuffer net = ByteBuffer.allocate(length);
        outgoing.moveTo(net);
        net.flip();
        while (net.hasRemaining()) {
            assertEquals((byte) taken++, net.get());
        }
    }

    @Test
    void whatPilesUpIsCopiedFewTimes() {
        for (int i = 0; i < PIECES; i++) {
            add();
        }

        assertTrue(copied <= 2L * put, copied + " bytes copied for " + put);
        assertTrue(last.length <= 2 * put, last.length + " bytes held for " + put);
        take(put);
        assertEquals(put, taken);
    }

    @Test
    void whatPilesUpAndIsTakenSlowlyIsCopiedFewTimes() {
        for (int i = 0; i < PIECES; i++) {
            add();
            take(PIECE_BYTES - 1);
        }

        assertTrue(copied <= 2L * put, copied + " bytes copied for " + put);
        take(put);
        assertEquals(put, taken);
    }

    @Test
    void aLineThatIsTakenAtOnceHoldsNoMoreThanItNeedsAndThenNothing() {
        for (int i = 0; i < PIECES; i++) {
            add();
            assertEquals(PIECE_BYTES, last.length);
            take(PIECE_BYTES);
            assertEquals(0, outgoing.room(0).length);
        }
    }
}
