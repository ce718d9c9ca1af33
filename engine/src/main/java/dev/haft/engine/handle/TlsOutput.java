package dev.haft.engine.handle;

import dev.haft.HandleException;
import dev.haft.engine.buffer.LoopBuffers;
import dev.haft.engine.buffer.Outbox;
import dev.haft.tls.TlsEngine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * The way out of a {@link TlsLayer}. First pass the bytes that waited when TLS started, in clear text; then what the handshake
 * has to say; then what is written is sealed, up to where TLS ends; then comes close_notify, and behind it clear text again or
 * nothing.
 *
 * <p>Bytes stay in the handle's outbox until all their records have left, so that limits, water marks and futures tell of what
 * the system has: what was sealed already is {@link #owed} when they are offered again. For the loop.
 */
final class TlsOutput {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final long NO_END = Long.MAX_VALUE;

    private final TlsEngine engine;
    private final LoopBuffers buffers;

    /** What the engine has made and the transport has not taken. */
    private @Nullable Outbox records;

    private long clearFirst;
    private int owed;

    /** How many bytes are still sealed before TLS ends. */
    private long sealedLast = NO_END;

    private Then then = Then.SEALED;
    private boolean closeSent;
    private boolean endWanted;
    private boolean endTold;

    /** What comes behind the bytes that are sealed last. */
    private enum Then {
        /** More of them: there is no end yet. */
        SEALED,
        /** close_notify, and clear text. */
        CLEAR,
        /** close_notify, and nothing. */
        NOTHING
    }

    TlsOutput(TlsEngine engine, LoopBuffers buffers, long clearFirst) {
        this.engine = engine;
        this.buffers = buffers;
        this.clearFirst = clearFirst;
    }

    /** Whether bytes of the handle may leave before the handshake. */
    boolean hasClearFirst() {
        return clearFirst > 0;
    }

    /** Whether the transport is to say when it can take more, although the handle has nothing to write. */
    boolean waitsForRoom() {
        return hasRecords() || (endWanted && !endTold && closeSent);
    }

    private boolean hasRecords() {
        return records != null && !records.isEmpty();
    }

    boolean isStopping() {
        return then == Then.CLEAR;
    }

    /** Whether close_notify is out and what follows it is clear text. */
    boolean isClear() {
        return then == Then.CLEAR && closeSent;
    }

    /** Whether nothing waits here that must not be lost. */
    boolean isEmpty() {
        return owed == 0 && !hasRecords();
    }

    /** Whether all is out that there is to say. */
    boolean isFlushed() {
        return isEmpty() && closeSent;
    }

    /** TLS ends behind so many bytes that wait now, and clear text follows. */
    void stop(long waiting) {
        if (then == Then.SEALED) {
            sealedLast = waiting - owed - clearFirst;
            then = Then.CLEAR;
        }
    }

    /** The same, and nothing follows. */
    void close(long waiting) {
        if (then == Then.SEALED) {
            sealedLast = waiting - owed - clearFirst;
            then = Then.NOTHING;
        }
    }

    /** The transport's own end follows, too. */
    void end() {
        close(owed + clearFirst);
        endWanted = true;
    }

    /** Moves on what does not depend on bytes of the handle. */
    void progress(Transport net, boolean open) throws IOException, HandleException {
        if (clearFirst == 0 && flush(net) && open && owed == 0) {
            sendCloseWhenDue(net);
        }
        if (endWanted && !endTold && isFlushed()) {
            endTold = true;
            net.endOutput();
        }
    }

    /** TLS has failed: what the engine had to say, and the end. */
    void abandon(Transport net) throws IOException {
        if (sendRecords(net) && endWanted && !endTold) {
            endTold = true;
            net.endOutput();
        }
    }

    /**
     * Bytes of the handle, from the first that waits.
     *
     * @param open whether the handshake is done
     */
    void write(ByteBuffer from, Transport net, boolean open) throws IOException, HandleException {
        if (clearFirst > 0) {
            clearFirst -= writeClear(from, net, clearFirst);
            if (clearFirst > 0) {
                return;
            }
        }
        boolean more = true;
        while (more && flush(net)) {
            from.position(from.position() + owed);
            owed = 0;
            if (!open || !sendCloseWhenDue(net)) {
                return;
            }
            more = from.hasRemaining() && writeMore(from, net);
        }
    }

    private boolean writeMore(ByteBuffer from, Transport net) throws IOException, HandleException {
        if (!closeSent) {
            return seal(from, net);
        }
        if (then == Then.NOTHING) {
            throw new ClosedChannelException();
        }
        writeClear(from, net, NO_END);
        return false;
    }

    private static int writeClear(ByteBuffer from, Transport net, long most) throws IOException {
        int limit = from.limit();
        from.limit(from.position() + (int) Math.min(from.remaining(), most));
        try {
            return net.write(from);
        } finally {
            from.limit(limit);
        }
    }

    private boolean seal(ByteBuffer from, Transport net) throws IOException, HandleException {
        ByteBuffer out = buffers.sealedOut();
        int start = from.position();
        int limit = from.limit();
        from.limit(start + (int) Math.min(from.remaining(), sealedLast));
        engine.send(from, out);
        owed = from.position() - start;
        from.limit(limit).position(start);
        if (sealedLast != NO_END) {
            sealedLast -= owed;
        }
        emit(out.flip(), net);
        return owed > 0;
    }

    /** Whether nothing is in the way of what comes next. */
    private boolean sendCloseWhenDue(Transport net) throws IOException, HandleException {
        if (sealedLast == 0 && !closeSent) {
            engine.closeOutput();
            closeSent = flush(net);
            return closeSent;
        }
        return true;
    }

    /** Whether all is out that the engine has made. */
    private boolean flush(Transport net) throws IOException, HandleException {
        while (sendRecords(net)) {
            if (!engine.hasOutput()) {
                return true;
            }
            ByteBuffer out = buffers.sealedOut();
            engine.send(NOTHING, out);
            emit(out.flip(), net);
        }
        return false;
    }

    private void emit(ByteBuffer out, Transport net) throws IOException {
        if (!hasRecords()) {
            send(out, net);
        }
        if (out.hasRemaining()) {
            Outbox waiting = records;
            if (waiting == null) {
                waiting = buffers.borrowOutbox();
                records = waiting;
            }
            waiting.append(out.array(), out.arrayOffset() + out.position(), out.remaining(), buffers);
        }
    }

    private void send(ByteBuffer out, Transport net) throws IOException {
        if (net instanceof TlsLayer) {
            net.write(out);
            return;
        }
        ByteBuffer direct = net.outgoing(buffers);
        int start = out.position();
        direct.put(out).flip();
        out.position(start + net.write(direct));
    }

    private boolean sendRecords(Transport net) throws IOException {
        if (net instanceof TlsLayer below && !below.passesOn()) {
            // Its own records use the same buffers, so none of ours may be in them meanwhile.
            return false;
        }
        Outbox waiting = records;
        while (waiting != null) {
            ByteBuffer out = buffers.outgoing();
            waiting.copyTo(out);
            waiting.remove(net.write(out.flip()), buffers);
            if (waiting.isEmpty()) {
                records = null;
                buffers.release(waiting);
                return true;
            }
            if (out.hasRemaining()) {
                return false;
            }
        }
        return true;
    }

    /** Lets go of what waits. */
    void release() {
        Outbox waiting = records;
        if (waiting != null) {
            records = null;
            waiting.clear(buffers);
            buffers.release(waiting);
        }
    }
}
