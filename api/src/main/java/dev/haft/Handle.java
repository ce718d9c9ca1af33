package dev.haft;

import dev.haft.tls.StartTlsCallback;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsEngine;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsSession;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A stream of bytes in both directions: a socket, a pipe, standard input and output. Push typed reads and get their values
 * in callbacks; push writes and forget about them.
 *
 * <p><b>Thread safety</b>: every method may be called from any thread. A handle lives on one {@link #loop() loop}; its
 * callbacks run there, one at a time. On the loop a method acts at once (and may call callbacks before it returns);
 * elsewhere it is queued, in order. {@link #execute} makes several steps one.
 *
 * <p><b>Reading</b>: reads are served one after the other from the bytes that come. When the queue is empty,
 * {@link #onEach} or {@link #onRead} is served. Nothing is read from the socket that nobody asked for.
 *
 * <p><b>Writing</b>: what is pushed is copied, or encoded, before the call returns. Writes made in callbacks leave
 * together when that pass over the handle ends; those made on the loop outside of callbacks leave at once.
 *
 * <p><b>Errors</b> go to {@link #onError}, each once. After a {@linkplain HandleException#fatal() fatal} one the handle is
 * destroyed. After BAD_MESSAGE, TOO_LONG, TYPE_UNAVAILABLE and the TIMED_OUT of {@link Read#within} the failed read has left the queue (one given to
 * {@code onEach} stays, and is asked again when its bytes have been passed), the bytes are untouched, and <em>the read
 * side stands</em>: nothing more is served until the program says how to go on, by {@link #unshiftRead} (one that skips to
 * the next line, say), by {@link #startRead}, by a {@code pushRead} made inside {@code onError}, or by {@link #destroy}.
 *
 * <p><b>The end</b>: {@link #close()} is orderly, {@link #destroy()} is now. After either no callback runs, every method
 * is a silent no-op, and futures fail with DESTROYED.
 *
 * <p>Source: AnyEvent::Handle; parity sections "callbacks", "write queue", "read queue", "lifetime".
 */
@ProviderType
public interface Handle extends AutoCloseable {
    // Reading

    /**
     * Queues a read behind those that wait (parity {@code r.push}). It also ends {@link #stopRead}.
     *
     * @param read what
     * @param done gets the value
     * @param <T> its type
     * @return this
     */
    <T> Handle pushRead(Read<T> read, ReadCallback<? super T> done);

    /**
     * Queues a read before those that wait (parity {@code r.unshift}). It also ends {@link #stopRead}, and lets the read
     * side go on after an error.
     *
     * @param read what
     * @param done gets the value
     * @param <T> its type
     * @return this
     */
    <T> Handle unshiftRead(Read<T> read, ReadCallback<? super T> done);

    /**
     * Serves messages in a loop: whenever the queue is empty and there is a byte, this is read (parity {@code r.loop}). A
     * stream that ends between two messages is a clean end, within one it is UNEXPECTED_END. Replaces {@link #onRead}. Rests
     * while the write buffer is over its high-water mark.
     *
     * @param read what
     * @param each gets each value
     * @param <T> its type
     * @return this
     */
    <T> Handle onEach(Read<T> read, ReadCallback<? super T> each);

    /**
     * Looks at the bytes when the queue is empty and there is one (parity {@code cb.on_read}): take some by
     * {@link #readBuffer()}, push a read, or leave them; if they are left, it is called again when more have come. Replaces
     * {@link #onEach}. Rests while the write buffer is over its high-water mark.
     *
     * @param anyData the callback; null: none, also instead of {@code onEach}
     * @return this
     */
    Handle onRead(@Nullable HandleCallback anyData);

    /**
     * Queues a read whose value is waited for (parity {@code r.future}), in a virtual thread say. Its own errors go to the
     * future alone; fatal ones to {@link #onError} and to all futures. Cancelling takes the read out.
     *
     * @param read what
     * @param <T> its type
     * @return completed on the loop. Waiting for it on a loop thread is an IllegalStateException
     */
    <T> CompletableFuture<T> read(Read<T> read);

    /**
     * Values for a subscriber, as many as it asks for (parity {@code r.future}): nothing is read from the socket while it asks
     * for none. The subscription queues one read behind those that wait, and keeps that place: what is pushed later is served
     * when the stream is left to it by {@code cancel}, with no byte taken that was not delivered.
     *
     * <p>Signals come on the loop. A stream that ends between two values is {@code onComplete}, and then {@link #onEof}, if
     * there is one; without it the handle stays, to be closed by the program. Anything else is {@code onError} with a
     * {@link HandleException}: an error of the read goes to the subscriber alone, a fatal one to {@link #onError}, too.
     *
     * @param read what; one that consumes nothing is refused after its first value
     * @param <T> its type
     * @return for one subscriber: a second one gets an IllegalStateException
     */
    <T> Flow.Publisher<T> publisher(Read<T> read);

    /**
     * Lets reading go on after {@link #stopRead} or after an error (parity {@code r.start_stop}).
     *
     * @return this
     */
    Handle startRead();

    /**
     * Stops reading, inside callbacks too: no read is served and nothing is taken from the socket until {@link #startRead}
     * or the next read is pushed (parity {@code r.start_stop}).
     *
     * @return this
     */
    Handle stopRead();

    /**
     * Drops all queued reads (futures: cancelled). The bytes stay.
     *
     * @return this
     */
    Handle clearReads();

    /**
     * Whether the handle notices the peer's end while no read is wanted (parity {@code r.watch_end}); off by default, as
     * then nothing is taken from the socket. While it is on, an idle handle reads ahead, once and within its limits; when
     * bytes have come it looks no further before a read has taken them, as the end is behind them.
     *
     * @param on true: it does
     * @return this
     */
    Handle watchEnd(boolean on);

    /**
     * The bytes that have come and were not consumed (parity {@code r.rbuf}), from position to limit. Consume by moving
     * the position forward; do not write into it or keep it.
     *
     * @return array-backed and big-endian
     * @throws IllegalStateException outside of this handle's callbacks
     */
    ByteBuffer readBuffer();

    // Writing

    /**
     * Writes what remains in a buffer (parity {@code w.push}).
     *
     * @param bytes copied; its position moves to its limit
     * @return this
     */
    Handle pushWrite(ByteBuffer bytes);

    /**
     * Writes what remains in several buffers, one after the other, as one write: they all fit the limits, or none does.
     *
     * @param buffers copied; their positions move to their limits
     * @return this
     */
    Handle pushWrite(ByteBuffer... buffers);

    /**
     * Writes an array that is handed over: it is not copied.
     *
     * @param bytes as {@link Writes#owned} makes it
     * @return this
     */
    Handle pushWrite(OwnedBytes bytes);

    /**
     * Writes bytes.
     *
     * @param bytes copied
     * @return this
     */
    Handle pushWrite(byte[] bytes);

    /**
     * Writes text as UTF-8.
     *
     * @param text what
     * @return this
     */
    Handle pushWrite(CharSequence text);

    /**
     * Writes a value (parity {@code w.typed}).
     *
     * <p><b>Errors</b>: over {@code maxWriteBufferBytes} it is a fatal BUFFER_FULL, after {@link #pushShutdown} a fatal
     * WRITE_CLOSED.
     *
     * @param write how
     * @param value what
     * @param <T> its type
     * @return this
     * @throws UncheckedHandleException if the format cannot say the value (BAD_MESSAGE) or the type is not there
     *     (TYPE_UNAVAILABLE); nothing of it is written
     */
    <T> Handle pushWrite(Write<? super T> write, T value);

    /**
     * Writes a value and tells when the kernel has taken all its bytes (parity {@code w.completion}).
     *
     * @param write how
     * @param value what
     * @param <T> its type
     * @return completed on the loop; waiting for it on a loop thread is an IllegalStateException
     * @throws UncheckedHandleException as of {@link #pushWrite(Write, Object)}
     */
    <T> CompletableFuture<Void> write(Write<? super T> write, T value);

    /**
     * Writes a part of a file, in its turn (parity {@code w.file}): into a socket without a copy through this process where
     * the system can. The file stays open and must not be closed before its bytes have left; the future of a
     * {@link #write} behind it, of no bytes even, tells when.
     *
     * <p><b>Limits</b>: bytes of a file take no memory, so {@code maxWriteBufferBytes} does not count them; the water marks
     * and {@link #pendingWriteBytes} do.
     *
     * <p><b>Errors</b>: a file that ends before, or cannot be read, is a fatal IO; what was before its end has left.
     *
     * @param file open for reading; its position is neither used nor moved
     * @param from the place of the first byte
     * @param count how many bytes
     * @return this
     * @throws IllegalArgumentException if from or count is negative
     */
    Handle pushFile(FileChannel file, long from, long count);

    /**
     * Shuts the write side down after all that was pushed is written (parity {@code w.push_shutdown}). Reading goes on.
     * Later writes are a fatal WRITE_CLOSED.
     *
     * @return this
     */
    Handle pushShutdown();

    // TLS

    /**
     * Starts TLS, in mid-stream as often as you like (parity {@code tls.starttls}). What was written before leaves in clear
     * text, first; what is written after it waits for the handshake. What has come and was not read is TLS already. Nothing is
     * delivered before {@link #onStartTls}.
     *
     * <p><b>Errors</b>: a handshake that fails is TLS_FAILED with the reason, and the alert by name if there was one; so are a
     * provider that is missing and a client that verifies and has no {@link #peerName}. They go to {@link #onStartTls} if there
     * is one, else to {@link #onError}; the peer is told by an alert, and the handle is destroyed.
     *
     * @param role which side this is
     * @param context how; made once and shared
     * @return this
     * @throws IllegalStateException on the loop, if TLS is active; from another thread that is a fatal TLS_FAILED
     */
    Handle startTls(TlsRole role, TlsContext context);

    /**
     * Writes the last clear text and starts TLS, in one step: no other write comes between.
     *
     * @param role which side this is
     * @param context how
     * @param lastClearText the answer to a STARTTLS command, say; copied, its position moves to its limit
     * @return this
     * @throws IllegalStateException as of {@link #startTls(TlsRole, TlsContext)}
     */
    Handle startTls(TlsRole role, TlsContext context, ByteBuffer lastClearText);

    /**
     * Starts TLS by an engine that the program brings along (parity {@code tls.own_session}).
     *
     * @param engine not started
     * @return this
     * @throws IllegalStateException as of {@link #startTls(TlsRole, TlsContext)}
     */
    Handle startTls(TlsEngine engine);

    /**
     * Ends TLS and goes on in clear text (parity {@code tls.stoptls}): what was written before leaves in TLS, then
     * close_notify, then what is written from now on in clear text. What the peer has still sent in TLS is read as ever; what
     * follows its close_notify is clear text again, and {@link #onStopTls} is called between. Does nothing without TLS.
     *
     * @return this
     */
    Handle stopTls();

    /**
     * Forgets TLS without a word to the peer (parity {@code tls.resettls}). What has not left, and what has come and was not
     * deciphered, is lost.
     *
     * @return this
     */
    Handle resetTls();

    /**
     * Starts TLS as a server if the peer begins with it, and goes on in clear text if not (parity {@code r.tls_autostart}):
     * queues a read that decides by the first bytes, see {@link Reads#tlsDetect}.
     *
     * @param context how
     * @return this
     */
    Handle tlsAutostart(TlsContext context);

    /**
     * What hears how a handshake ended, before anything that TLS brought (parity {@code tls.on_starttls}).
     *
     * @param callback null: none, and a failure is an error
     * @return this
     */
    Handle onStartTls(@Nullable StartTlsCallback callback);

    /**
     * What hears of the peer's close_notify (parity {@code tls.on_stoptls}): then the stream goes on in clear text. Without it,
     * and without an own {@link #stopTls}, the peer's close_notify is the end of the stream.
     *
     * @param callback null: none
     * @return this
     */
    Handle onStopTls(@Nullable HandleCallback callback);

    /**
     * What the handshake has agreed on (parity {@code tls.session}).
     *
     * @return null without TLS, and before the end of the handshake; as of the loop's last step from other threads
     */
    @Nullable TlsSession tlsSession();

    /**
     * How much was pushed and not yet taken by the kernel.
     *
     * @return bytes, at most {@link Integer#MAX_VALUE}
     */
    int pendingWriteBytes();

    /**
     * Whether little enough waits to be written.
     *
     * @return false while the handle rests between its high- and its low-water mark
     */
    boolean isWritable();

    // Callbacks and settings

    /**
     * What hears of errors (parity {@code cb.on_error}). Without it they are logged.
     *
     * @param callback null: none
     * @return this
     */
    Handle onError(@Nullable ErrorCallback callback);

    /**
     * What hears of the clean end of the stream with no read outstanding, once (parity {@code cb.on_eof}). Writing may go
     * on. Without it the end is a fatal END_OF_STREAM.
     *
     * @param callback null: none
     * @return this
     */
    Handle onEof(@Nullable HandleCallback callback);

    /**
     * What hears that the write buffer has drained to its low-water mark (parity {@code cb.on_drain}); called at once when
     * set while it is.
     *
     * @param callback null: none
     * @return this
     */
    Handle onDrain(@Nullable HandleCallback callback);

    /**
     * What hears that the write buffer has grown over its high-water mark (parity {@code cb.on_high}).
     *
     * @param callback null: none
     * @return this
     */
    Handle onHighWater(@Nullable HandleCallback callback);

    /**
     * How long neither anything read nor anything written is allowed (parity {@code opt.timeout}); counts from the last
     * activity, which may make it fire at once.
     *
     * @param limit zero: no timeout
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    Handle timeout(Duration limit);

    /**
     * How long nothing read is allowed.
     *
     * @param limit zero: no timeout
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    Handle readTimeout(Duration limit);

    /**
     * How long nothing written is allowed.
     *
     * @param limit zero: no timeout
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    Handle writeTimeout(Duration limit);

    /**
     * What hears of the timeout of both directions; without it, a non-fatal TIMED_OUT. The time starts anew afterwards.
     *
     * @param callback null: none
     * @return this
     */
    Handle onTimeout(@Nullable HandleCallback callback);

    /**
     * What hears of the read timeout; without it, a non-fatal TIMED_OUT.
     *
     * @param callback null: none
     * @return this
     */
    Handle onReadTimeout(@Nullable HandleCallback callback);

    /**
     * What hears of the write timeout; without it, a non-fatal TIMED_OUT.
     *
     * @param callback null: none
     * @return this
     */
    Handle onWriteTimeout(@Nullable HandleCallback callback);

    /**
     * Counts the timeout of both directions from now.
     *
     * @return this
     */
    Handle timeoutReset();

    /**
     * Counts the read timeout from now.
     *
     * @return this
     */
    Handle readTimeoutReset();

    /**
     * Counts the write timeout from now.
     *
     * @return this
     */
    Handle writeTimeoutReset();

    /**
     * How many unconsumed bytes may wait (parity {@code opt.rbuf_max}); over it is a fatal BUFFER_FULL.
     *
     * @param bytes at least 1, or {@link HandleOptions#unlimited()}
     * @return this
     */
    Handle maxReadBufferBytes(int bytes);

    /**
     * How many bytes may wait to be written (parity {@code opt.wbuf_max}); over it is a fatal BUFFER_FULL.
     *
     * @param bytes at least 1, or {@link HandleOptions#unlimited()}
     * @return this
     */
    Handle maxWriteBufferBytes(int bytes);

    /**
     * At how many waiting bytes the write buffer counts as drained (parity {@code opt.low_water_mark}). Raises the
     * high-water mark if that is lower.
     *
     * @param bytes at least 0
     * @return this
     */
    Handle lowWaterBytes(int bytes);

    /**
     * Over how many waiting bytes {@code onEach} and {@code onRead} rest (parity {@code opt.backpressure}). Where both peers
     * answer by {@code onEach} and also write much unasked, both may rest and wait for each other: one of them reads by
     * {@code pushRead}, or has no high-water mark. Lowers the low-water mark if that is higher.
     *
     * @param bytes at least 1; zero, or {@link HandleOptions#unlimited()}: never
     * @return this
     */
    Handle highWaterBytes(int bytes);

    /**
     * Whether writes wait for the end of the loop iteration (parity {@code opt.autocork}); from the next write on.
     *
     * @param cork true: they do
     * @return this
     */
    Handle autocork(boolean cork);

    /**
     * How long unwritten data may go out in the background after {@link #destroy} (parity {@code opt.linger}).
     *
     * @param limit zero: not at all
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    Handle linger(Duration limit);

    /**
     * Lets a tap see every byte in and out, for logs (parity {@code life.tap}): what comes as it is read, what leaves as it is
     * taken by the kernel. Like every callback it hears nothing after {@link #close} or {@link #destroy}; of what waits then
     * it hears what leaves before that call returns.
     *
     * @param tap null: none, which costs nothing
     * @return this
     */
    Handle tap(@Nullable Tap tap);

    /**
     * Whether small segments leave at once (TCP_NODELAY; parity {@code opt.no_delay}). Ignored where there is no such option.
     *
     * @param on true: they do
     * @return this
     */
    Handle noDelay(boolean on);

    /**
     * Whether idle connections are probed (SO_KEEPALIVE; parity {@code opt.keepalive}). Ignored where there is no such option.
     *
     * @param on true: they are
     * @return this
     */
    Handle keepAlive(boolean on);

    /**
     * Whether urgent data comes in the stream (SO_OOBINLINE; parity {@code opt.oobinline}). Ignored where there is no such
     * option.
     *
     * @param on true: it does
     * @return this
     */
    Handle oobInline(boolean on);

    /**
     * Sets a socket option (parity {@code opt.no_delay}). Ignored where the channel has none such.
     *
     * @param option which
     * @param value its value
     * @param <T> its type
     * @return this
     */
    <T> Handle option(SocketOption<T> option, T value);

    // What it is

    /**
     * The loop where it lives.
     *
     * @return the same all its life
     */
    EventLoop loop();

    /**
     * The channel under it (parity {@code open.accessors}). Do not read, write or close it.
     *
     * @return null while connecting (but in {@code onPrepare} the socket that is prepared), after the end, and for streams
     */
    @Nullable Channel channel();

    /**
     * The address of this end.
     *
     * @return null if there is none (yet)
     */
    @Nullable SocketAddress localAddress();

    /**
     * The address of the other end.
     *
     * @return null if there is none (yet)
     */
    @Nullable SocketAddress remoteAddress();

    /**
     * The name of the peer for messages (parity {@code open.peername}).
     *
     * @return as in the options, else the host that it was connected to, in ASCII, else null
     */
    @Nullable String peerName();

    /**
     * What the program has attached.
     *
     * @return null if nothing, and after the end
     */
    @Nullable Object attachment();

    /**
     * Attaches something of the program's own, let go at the end (parity {@code opt.subclass}).
     *
     * @param object null: nothing
     * @return this
     */
    Handle attach(@Nullable Object object);

    /**
     * Counters.
     *
     * @return a snapshot, from any thread
     */
    HandleStats stats();

    /**
     * Runs several steps as one, on the loop: what they write leaves together.
     *
     * @param steps gets this; not run if the handle is destroyed before
     */
    void execute(Consumer<? super Handle> steps);

    // The end

    /**
     * Ends in order, and returns at once: queued reads are dropped, what was written goes out, then the end of the stream,
     * what still comes is taken from the socket so that no reset harms what was sent, and the socket is closed when the peer
     * has closed too, at most after the {@code closeTimeout} of its options. No callback runs after this call.
     */
    @Override
    void close();

    /**
     * Ends now: no callback runs after it. What was written goes out in the background for at most {@code linger}. A socket
     * that has something left to send, if only TLS's close_notify, then ends its stream and waits for the peer's end as
     * {@link #close} does, so that no reset harms what was sent: at most for the {@code closeTimeout} and within
     * {@code linger}.
     */
    void destroy();

    /**
     * Whether the program has no more use of it.
     *
     * @return true after {@link #close}, {@link #destroy} or a fatal error
     */
    boolean isDestroyed();

    /**
     * Tells when nothing of it is left: what was to go out is out, or given up, and the socket is closed.
     *
     * @return completed normally, however it ended; waiting for it on a loop thread is an IllegalStateException
     */
    CompletableFuture<Void> closed();

    /**
     * State, addresses, what waits and what is read: for logs.
     *
     * @return a line
     */
    @Override
    String toString();
}
