package dev.haft.engine.handle;

import dev.haft.HandleException;
import dev.haft.engine.buffer.Inbox;
import dev.haft.engine.buffer.LoopBuffers;
import dev.haft.tls.TlsEngine;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The way in of a {@link TlsLayer}: what has come and the engine has not taken, clear text that there was no room for, and where
 * records end. For the loop.
 */
final class TlsInput {
    private final TlsEngine engine;
    private final LoopBuffers buffers;

    /** What has come and the engine has not taken. */
    private ByteBuffer sealed = Inbox.EMPTY;

    /** Clear text that there was no room for. */
    private @Nullable ByteBuffer opened;

    /** The engine needs more from the network. */
    private boolean starved;

    /** The peer's close_notify was taken: what follows is clear text. */
    private boolean clear;

    /** The same as the end of the stream. */
    private boolean ended;

    private boolean recordsTaken;

    TlsInput(TlsEngine engine, LoopBuffers buffers) {
        this.engine = engine;
        this.buffers = buffers;
    }

    private Inbox inbox() {
        return buffers.sealedInbox();
    }

    /** Bytes that have come already, and that nobody has read. */
    void append(ByteBuffer bytes) {
        if (bytes.hasRemaining()) {
            sealed = inbox().append(sealed, bytes);
            settle();
        }
    }

    /** Others need the scratch buffer as soon as this does not run. */
    void settle() {
        sealed = inbox().settle(sealed);
    }

    /** Drops what waits. */
    void release() {
        opened = null;
        sealed = inbox().release(sealed);
    }

    // What there is

    /** Whether what follows is clear text. */
    boolean isClear() {
        return clear;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Whether nothing waits here. */
    boolean isEmpty() {
        return !sealed.hasRemaining() && opened == null;
    }

    /** Whether there is something to deliver without the network. */
    boolean isReady() {
        return opened != null || (sealed.hasRemaining() && (!starved || clear));
    }

    /** Whether records are to be opened; if not, bytes {@linkplain #pass pass}. */
    boolean isOpening() {
        return opened == null && !clear && !ended;
    }

    /** What has come and was not taken as TLS. */
    ByteBuffer rest() {
        return sealed;
    }

    /** What has come if none of it was TLS. Behind records that were taken there are records, not clear text. */
    ByteBuffer clearAllAlong() {
        return recordsTaken ? Inbox.EMPTY : sealed;
    }

    // What becomes of it

    /** Lets the engine take one record. */
    TlsEngine.Received open(ByteBuffer into) throws HandleException {
        starved = false;
        TlsEngine.Received received = engine.receive(sealed, into);
        starved = received == TlsEngine.Received.MORE;
        recordsTaken |= received == TlsEngine.Received.RECORD;
        return received;
    }

    /** The same, when there is no room for what is in it. */
    void openAside() throws HandleException {
        ByteBuffer aside = ByteBuffer.allocate(Math.max(1, engine.roomBytes()));
        open(aside);
        opened = aside.flip().hasRemaining() ? aside : null;
    }

    /** What a task of the engine has done may let it go on. */
    void taskDone() {
        starved = false;
    }

    /** Reads from the network; false: nothing has come. */
    boolean fill(Transport net) throws IOException, HandleException {
        ByteBuffer raw = net.incoming(buffers);
        int count = net.read(raw);
        if (count < 0) {
            engine.endOfInput();
            ended = true;
        } else if (count > 0) {
            sealed = inbox().append(sealed, raw.flip());
            starved = false;
        }
        return count != 0;
    }

    /**
     * Passes bytes that are clear already; if there are none, and there were none before, those of the network.
     *
     * @param start where those begin in the buffer that came before
     * @return how many there are now; -1: the end of the stream
     */
    int pass(ByteBuffer into, int start, Transport net) throws IOException {
        ByteBuffer from = opened == null ? sealed : opened;
        if ((opened != null || clear) && from.hasRemaining()) {
            int count = Math.min(from.remaining(), into.remaining());
            into.put(from.duplicate().limit(from.position() + count));
            from.position(from.position() + count);
            if (opened != null && !opened.hasRemaining()) {
                opened = null;
            }
        } else if (into.position() == start) {
            return ended ? -1 : net.read(into);
        }
        return into.position() - start;
    }

    /** Records have ended, and clear text follows. */
    void endRecords() {
        clear = true;
        settle();
    }

    /** Records have ended, and with them the stream. */
    void end() {
        ended = true;
    }
}
