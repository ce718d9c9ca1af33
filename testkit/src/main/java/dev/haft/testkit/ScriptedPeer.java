package dev.haft.testkit;

import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The other end of a handle, in memory: sends what a test says in the pieces that it says, and expects what the handle is to
 * write. Each piece reaches the handle by a read of its own. Texts are UTF-8.
 *
 * <p><b>Thread safety</b>: for one thread, that of the test; not for a loop, for it waits.
 *
 * <p><b>Errors</b>: what does not come in time (10 s), or comes otherwise, is an AssertionError.
 *
 * <pre>{@code
 * try (Haft haft = Haft.open(); ScriptedPeer peer = ScriptedPeer.open(haft, HandleOptions.standard())) {
 *     new EchoProtocol().accept(peer.handle());
 *     peer.send("hel", "lo\n").expect("hello\n");
 *     peer.end().expectEnd();
 * }
 * }</pre>
 */
public final class ScriptedPeer implements AutoCloseable {
    private static final int CAPACITY_BYTES = 64 << 10;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final MemoryStream toHandle = new MemoryStream(CAPACITY_BYTES);
    private final MemoryStream fromHandle = new MemoryStream(CAPACITY_BYTES);
    private final Handle handle;

    private ScriptedPeer(Haft haft, HandleOptions options) {
        handle = haft.open(new MemoryTransport(toHandle, fromHandle), options);
    }

    /**
     * Opens a handle and is its peer.
     *
     * @param haft to whom the handle belongs
     * @param options of the handle
     * @return the peer
     */
    public static ScriptedPeer open(Haft haft, HandleOptions options) {
        return new ScriptedPeer(haft, options);
    }

    /**
     * Who is tested.
     *
     * @return the handle
     */
    public Handle handle() {
        return handle;
    }

    /**
     * Sends, at once and whatever the handle does: what it does not read waits.
     *
     * @param pieces each is read on its own
     * @return this
     */
    public ScriptedPeer send(byte[]... pieces) {
        try {
            for (byte[] piece : pieces) {
                toHandle.push(piece);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /**
     * Sends, at once and whatever the handle does: what it does not read waits.
     *
     * @param pieces each is read on its own
     * @return this
     */
    public ScriptedPeer send(String... pieces) {
        return send(Arrays.stream(pieces).map(ScriptedPeer::utf8).toArray(byte[][]::new));
    }

    /**
     * Sends byte by byte.
     *
     * @param bytes each is read on its own
     * @return this
     */
    public ScriptedPeer sendByteByByte(byte[] bytes) {
        return send(Cuts.everywhere(bytes).toArray(byte[][]::new));
    }

    /**
     * Waits until the handle has read all that was sent.
     *
     * @return this
     */
    public ScriptedPeer awaitRead() {
        try {
            if (!toHandle.awaitDrained(PATIENCE_NANOS)) {
                throw new AssertionError(handle + " does not read what was sent");
            }
            return this;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * Waits for what the handle is to write.
     *
     * @param bytes the next ones
     * @return this
     */
    public ScriptedPeer expect(byte[] bytes) {
        byte[] got = receive(bytes.length);
        if (!Arrays.equals(bytes, got)) {
            throw new AssertionError("expected " + Show.bytes(bytes) + ", got " + Show.bytes(got)
                    + (got.length < bytes.length ? " and no more; " : "; ") + handle);
        }
        return this;
    }

    /**
     * Waits for what the handle is to write.
     *
     * @param text the next bytes
     * @return this
     */
    public ScriptedPeer expect(String text) {
        return expect(utf8(text));
    }

    /**
     * Waits for bytes.
     *
     * @param count how many
     * @return as many; fewer if the stream ends before, or time is over
     */
    public byte[] receive(int count) {
        try {
            return fromHandle.await(count, PATIENCE_NANOS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * Waits for the end of what the handle writes.
     *
     * @return this
     */
    public ScriptedPeer expectEnd() {
        byte[] more = receive(1);
        if (more.length > 0 || !fromHandle.isAtEnd()) {
            throw new AssertionError("expected the end of the stream, got "
                    + (more.length > 0 ? Show.bytes(more) : "nothing") + "; " + handle);
        }
        return this;
    }

    /**
     * Ends its stream, and can still receive.
     *
     * @return this
     */
    public ScriptedPeer end() {
        toHandle.end();
        return this;
    }

    /**
     * Breaks the connection off: the handle gets CONNECTION_RESET.
     *
     * @return this
     */
    public ScriptedPeer reset() {
        toHandle.breakOff();
        fromHandle.breakOff();
        return this;
    }

    /** Closes its end and destroys the handle. */
    @Override
    public void close() {
        handle.destroy();
        toHandle.end();
        fromHandle.closeReader();
    }

    private static AssertionError interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new AssertionError("interrupted while waiting", e);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
