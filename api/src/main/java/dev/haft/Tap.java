package dev.haft;

import java.nio.ByteBuffer;

/** Looks at the bytes of a handle as they pass, for logs; see {@link Handle#tap}. */
@FunctionalInterface
public interface Tap {
    /** Which way bytes go. */
    enum Direction {
        /** From the peer. */
        IN,
        /** To the peer. */
        OUT
    }

    /**
     * Bytes have come, or have left. On the handle's loop. An exception is a fatal CALLBACK_FAILED.
     *
     * @param handle whose bytes
     * @param direction which way
     * @param bytes read-only, valid during the call
     * @throws Exception if it fails
     */
    void passed(Handle handle, Direction direction, ByteBuffer bytes) throws Exception;
}
