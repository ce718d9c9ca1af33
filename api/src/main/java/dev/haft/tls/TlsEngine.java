package dev.haft.tls;

import dev.haft.HandleException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * One TLS connection as bytes in and bytes out: no I/O, no threads, no timers. What a {@link TlsProvider} makes.
 *
 * <p><b>Thread safety</b>: for one thread at a time. Buffers are array-backed and belong to the caller again when a method
 * returns.
 *
 * <p>The caller keeps what has come from the network and has not been taken: {@link #receive} takes whole records, one a call,
 * and nothing after the peer's close_notify, so that what is left then is clear text again (law 1). Clear text that
 * {@link #send} has not taken stays with the caller just so.
 *
 * <pre>{@code
 * engine.start();
 * for (;;) {
 *     while (engine.hasOutput()) { engine.send(NOTHING, net); write(net); }
 *     switch (engine.receive(in, clear)) {
 *         case RECORD -> serve(clear);
 *         case MORE   -> read(in);            // at least engine.inputBytes() in all
 *         case ROOM   -> clear = larger(engine.roomBytes());
 *         case TASK   -> engine.task().run(); // or on another thread; go on when it has ended
 *         case CLOSED -> { return; }          // what is left in `in` is not TLS
 *     }
 * }
 * }</pre>
 *
 * <p><b>Errors</b>: a {@link HandleException} with TLS_FAILED, or TLS_TRUNCATED; the engine is {@link State#FAILED} then, and
 * {@link #hasOutput} if the peer is to be told by an alert, which {@link #send} still writes. Each {@link #receive} after that
 * throws it again.
 */
public interface TlsEngine {
    /** The largest record: what a buffer for {@link #receive} should have room for, in and out. */
    int MAX_RECORD_BYTES = 5 + 16_384 + 2048;

    /** The largest piece of clear text that one record has. */
    int MAX_CLEAR_BYTES = 16_384;

    /** Where an engine is. */
    enum State {
        /** Not yet started. */
        IDLE,
        /** Started; clear text is not taken yet. */
        HANDSHAKING,
        /** Clear text goes both ways. */
        OPEN,
        /** The peer's close_notify has been taken; this end may go on sending (RFC 8446 §6.1). */
        INPUT_CLOSED,
        /** {@link #closeOutput} was called: this end sends nothing more; what the peer sends is still taken. */
        OUTPUT_CLOSED,
        /** Both. */
        CLOSED,
        /** Broken; an alert may have to be sent. */
        FAILED
    }

    /** What {@link #receive} did. */
    enum Received {
        /** One record was taken; what was in it is in the clear text. */
        RECORD,
        /** Nothing was taken: the record is not complete, see {@link #inputBytes}. */
        MORE,
        /** Nothing was taken: there is not enough room for clear text, see {@link #roomBytes}. */
        ROOM,
        /** Nothing was taken: {@link #task} is to be done first. */
        TASK,
        /** Nothing was taken: the peer's close_notify came before. What follows is not TLS. */
        CLOSED
    }

    /**
     * Begins the handshake; a client then has output.
     *
     * @throws HandleException TLS_FAILED
     * @throws IllegalStateException if it has begun
     */
    void start() throws HandleException;

    /**
     * Where it is.
     *
     * @return the state
     */
    State state();

    /**
     * What the handshake has agreed on.
     *
     * @return null before its end
     */
    @Nullable TlsSession session();

    /**
     * Takes at most one record.
     *
     * @param net what came from the network; its position moves behind what was taken
     * @param clear where to put clear text; its position moves behind what was put
     * @return what was done
     * @throws HandleException TLS_FAILED; what was taken before it stays valid
     */
    Received receive(ByteBuffer net, ByteBuffer clear) throws HandleException;

    /**
     * How many bytes the next record has, as far as the last {@link #receive} could see.
     *
     * @return the number of bytes that must be there in all: of the header at least
     */
    int inputBytes();

    /**
     * How much room {@link #receive} asked for by ROOM.
     *
     * @return bytes of clear text
     */
    int roomBytes();

    /**
     * A computation that takes long; {@link #receive} takes nothing before it has been done. It may run on another thread,
     * while no method of this engine is called. It throws nothing: what failed is thrown by the next {@link #receive}.
     *
     * @return null if there is none; each is given once
     */
    @Nullable Runnable task();

    /**
     * Whether {@link #send} has something to write besides clear text: handshake messages, alerts, close_notify.
     *
     * @return true if so
     */
    boolean hasOutput();

    /**
     * Writes what is there to be written, then clear text as records, as much as there is room for. Clear text is only taken
     * in the states {@link State#OPEN} and {@link State#INPUT_CLOSED}.
     *
     * @param clear what to seal; its position moves behind what was taken
     * @param net where to put records; with room for {@link #MAX_RECORD_BYTES} there is progress if there can be any
     * @throws HandleException TLS_FAILED
     */
    void send(ByteBuffer clear, ByteBuffer net) throws HandleException;

    /**
     * Begins to close: close_notify goes out after what was sealed, and no clear text is taken any more. In a handshake that is
     * its end. Does nothing the second time.
     *
     * @throws HandleException TLS_FAILED
     */
    void closeOutput() throws HandleException;

    /**
     * The peer's stream has ended. Does nothing after its close_notify.
     *
     * @throws HandleException TLS_TRUNCATED if it ended without; TLS_FAILED if in the handshake
     */
    void endOfInput() throws HandleException;

    /**
     * Lets everything go without a word to the peer. Does nothing the second time.
     */
    void discard();

    /**
     * Drives an engine of JSSE. It has its limits and features: the JDK's does not send clear text after close_notify in TLS 1.2,
     * and does not tell the group.
     *
     * @param engine not yet used, with its side and parameters set
     * @return drives it
     */
    static TlsEngine of(SSLEngine engine) {
        return new JsseEngine(engine);
    }
}
