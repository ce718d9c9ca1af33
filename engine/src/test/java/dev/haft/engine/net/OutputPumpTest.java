package dev.haft.engine.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The handover of bytes to the thread that writes. */
class OutputPumpTest {
    private static final int BUFFER_BYTES = 64 << 10;

    private final CompletableFuture<Void> entered = new CompletableFuture<>();
    private final CompletableFuture<Void> go = new CompletableFuture<>();

    /** Waits in its first write. */
    private final OutputStream slow = new OutputStream() {
        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            entered.complete(null);
            go.orTimeout(20, TimeUnit.SECONDS).join();
        }
    };

    @Test
    void whoWaitsForRoomIsToldWhenThereIsSomeAndNotBefore() throws Exception {
        OutputPump pump = new OutputPump(slow, true);
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        assertEquals(1, pump.put(ByteBuffer.allocate(1)));
        entered.get(20, TimeUnit.SECONDS);
        // The thread is busy with the first byte: this fills the other buffer.
        assertEquals(BUFFER_BYTES, pump.put(ByteBuffer.allocate(2 * BUFFER_BYTES)));
        assertFalse(pump.isReady());
        pump.want(() -> told.complete(pump.isReady()));
        assertFalse(told.isDone());
        go.complete(null);
        // Who is told too early looks, finds no room, and is not told again.
        assertTrue(told.get(20, TimeUnit.SECONDS));
        pump.close();
    }
}
