package dev.haft;

import dev.haft.tls.StartTlsCallback;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsRole;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a handle is to be: immutable, one value for many handles. Made by {@link #builder()}.
 *
 * <p><b>Thread safety</b>: immutable; a builder is for one thread.
 *
 * <p><b>Limits</b>: all on by default, see each option. No limit is said by name: {@link #unlimited()}.
 *
 * <pre>{@code
 * HandleOptions options = HandleOptions.builder()
 *         .onError((h, error) -> log.log(ERROR, error.getMessage()))
 *         .timeout(Duration.ofSeconds(30))
 *         .build();
 * }</pre>
 */
public final class HandleOptions {
    private static final HandleOptions STANDARD = builder().build();

    private final Builder values;

    private HandleOptions(Builder values) {
        this.values = values;
    }

    /**
     * All defaults.
     *
     * @return the options
     */
    public static HandleOptions standard() {
        return STANDARD;
    }

    /**
     * For other options, from the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * For other options, from these.
     *
     * @return a new builder
     */
    public Builder with() {
        return new Builder(values);
    }

    /**
     * No limit, for the options that are one.
     *
     * @return the largest number of bytes that a buffer can have
     */
    public static int unlimited() {
        return Integer.MAX_VALUE;
    }

    /**
     * What hears of errors; without it they are logged. Parity {@code cb.on_error}.
     *
     * @return the value
     */
    public @Nullable ErrorCallback onError() {
        return values.onError;
    }

    /**
     * What hears of the clean end of the stream; without it that is a fatal END_OF_STREAM. Parity {@code
     * cb.on_eof}.
     *
     * @return the value
     */
    public @Nullable HandleCallback onEof() {
        return values.onEof;
    }

    /**
     * What prepares each socket before it connects, and says how long that may take. Only for handles that connect. Parity
     * {@code open.on_prepare}.
     *
     * @return the value
     */
    public @Nullable PrepareCallback onPrepare() {
        return values.onPrepare;
    }

    /**
     * What hears of the connection, and may decline it. Only for handles that connect. Parity {@code open.on_connect}.
     *
     * @return the value
     */
    public @Nullable ConnectCallback onConnect() {
        return values.onConnect;
    }

    /**
     * What hears that there is no connection, with a fatal error, instead of {@code onError}. Only for handles that connect.
     * Parity {@code open.on_connect_error}.
     *
     * @return the value
     */
    public @Nullable ErrorCallback onConnectError() {
        return values.onConnectError;
    }

    /**
     * What looks at the bytes when no read is queued. Parity {@code cb.on_read}.
     *
     * @return the value
     */
    public @Nullable HandleCallback onRead() {
        return values.onRead;
    }

    /**
     * What hears that the write buffer has drained. Parity {@code cb.on_drain}.
     *
     * @return the value
     */
    public @Nullable HandleCallback onDrain() {
        return values.onDrain;
    }

    /**
     * What hears that the write buffer is over its high-water mark. Parity {@code cb.on_high}.
     *
     * @return the value
     */
    public @Nullable HandleCallback onHighWater() {
        return values.onHighWater;
    }

    /**
     * Which side of TLS the handle is from its start; the default is no TLS. Parity {@code tls.option}.
     *
     * @return the value
     */
    public @Nullable TlsRole tlsRole() {
        return values.tlsRole;
    }

    /**
     * How TLS is from the start. Parity {@code tls.option}.
     *
     * @return the value; standard if none was given
     */
    public TlsContext tlsContext() {
        return values.tlsContext;
    }

    /**
     * What hears how a handshake ended. Parity {@code tls.on_starttls}.
     *
     * @return the value
     */
    public @Nullable StartTlsCallback onStartTls() {
        return values.onStartTls;
    }

    /**
     * What hears of the peer's close_notify. Parity {@code tls.on_stoptls}.
     *
     * @return the value
     */
    public @Nullable HandleCallback onStopTls() {
        return values.onStopTls;
    }

    /**
     * What hears of {@code timeout}; without it, TIMED_OUT. Parity {@code opt.timeout}.
     *
     * @return the value
     */
    public @Nullable HandleCallback onTimeout() {
        return values.onTimeout;
    }

    /**
     * What hears of {@code readTimeout}; without it, TIMED_OUT. Parity {@code opt.timeout}.
     *
     * @return the value
     */
    public @Nullable HandleCallback onReadTimeout() {
        return values.onReadTimeout;
    }

    /**
     * What hears of {@code writeTimeout}; without it, TIMED_OUT. Parity {@code opt.timeout}.
     *
     * @return the value
     */
    public @Nullable HandleCallback onWriteTimeout() {
        return values.onWriteTimeout;
    }

    /**
     * How long neither reading nor writing anything is allowed; zero, the default: for ever. Parity {@code
     * opt.timeout}.
     *
     * @return the value
     */
    public Duration timeout() {
        return values.timeout;
    }

    /**
     * How long reading nothing is allowed; zero, the default: for ever. Parity {@code opt.timeout}.
     *
     * @return the value
     */
    public Duration readTimeout() {
        return values.readTimeout;
    }

    /**
     * How long writing nothing is allowed; zero, the default: for ever. Parity {@code opt.timeout}.
     *
     * @return the value
     */
    public Duration writeTimeout() {
        return values.writeTimeout;
    }

    /**
     * How long connecting may take, the lookup of the name and all addresses together; the default is 30 s, zero: as long as
     * the system tries. The time in which a connection is there that {@code onConnect} declines later does not count. Parity
     * {@code open.connect_timeout}.
     *
     * @return the value
     */
    public Duration connectTimeout() {
        return values.connectTimeout;
    }

    /**
     * How long {@link Handle#close()} may take; the default is 10 s. Parity {@code life.close}.
     *
     * @return the value
     */
    public Duration closeTimeout() {
        return values.closeTimeout;
    }

    /**
     * How long unwritten data may go out after {@link Handle#destroy()}; the default is 1 h, zero: not at all.
     * Parity {@code opt.linger}.
     *
     * @return the value
     */
    public Duration linger() {
        return values.linger;
    }

    /**
     * How many unconsumed bytes may wait; over it is BUFFER_FULL. The default is 1 MiB. Parity {@code
     * opt.rbuf_max}.
     *
     * @return the value
     */
    public int maxReadBufferBytes() {
        return values.maxReadBufferBytes;
    }

    /**
     * How many bytes may wait to be written; over it is BUFFER_FULL. What the system takes at once does not wait. The
     * default is 64 MiB. Parity {@code opt.wbuf_max}.
     *
     * @return the value
     */
    public int maxWriteBufferBytes() {
        return values.maxWriteBufferBytes;
    }

    /**
     * How many bytes are read in one turn of the loop, at most 128 KiB, the default. Parity {@code opt.read_size}.
     *
     * @return the value
     */
    public int maxReadBytes() {
        return values.maxReadBytes;
    }

    /**
     * At how many waiting bytes the write buffer counts as drained; the default is 0. Parity {@code
     * opt.low_water_mark}.
     *
     * @return the value
     */
    public int lowWaterBytes() {
        return values.lowWaterBytes;
    }

    /**
     * Over how many waiting bytes {@code onEach} and {@code onRead} rest; the default is 1 MiB. Parity {@code
     * opt.backpressure}.
     *
     * @return the value
     */
    public int highWaterBytes() {
        return values.highWaterBytes;
    }

    /**
     * Whether an idle handle notices the peer's end; the default is no. Parity {@code r.watch_end}.
     *
     * @return the value
     */
    public boolean watchEnd() {
        return values.watchEnd;
    }

    /**
     * What sees every byte in and out; the default is nothing. Parity {@code life.tap}.
     *
     * @return the value
     */
    public @Nullable Tap tap() {
        return values.tap;
    }

    /**
     * Whether writes wait for the end of the loop iteration; the default is no. Parity {@code opt.autocork}.
     *
     * @return the value
     */
    public boolean autocork() {
        return values.autocork;
    }

    /**
     * Whether small segments leave at once (TCP_NODELAY); the default is the system's. Parity {@code opt.no_delay}.
     *
     * @return the value
     */
    public @Nullable Boolean noDelay() {
        return values.noDelay;
    }

    /**
     * Whether idle connections are probed (SO_KEEPALIVE); the default is the system's. Parity {@code
     * opt.keepalive}.
     *
     * @return the value
     */
    public @Nullable Boolean keepAlive() {
        return values.keepAlive;
    }

    /**
     * Whether urgent data comes in the stream (SO_OOBINLINE); the default is yes. Parity {@code opt.oobinline}.
     *
     * @return the value
     */
    public boolean oobInline() {
        return values.oobInline;
    }

    /**
     * What to bind to before connecting; the default is any address. Addresses of the other family cannot be reached from it;
     * with a port of its own addresses are tried one after the other, without a race. Parity {@code open.connect_timeout}.
     *
     * @return the value
     */
    public @Nullable SocketAddress localAddress() {
        return values.localAddress;
    }

    /**
     * The peer's name for messages; the default is the host connected to, in ASCII. Parity {@code open.peername}.
     *
     * @return the value
     */
    public @Nullable String peerName() {
        return values.peerName;
    }

    /**
     * What is attached from the start. Parity {@code opt.subclass}.
     *
     * @return the value
     */
    public @Nullable Object attachment() {
        return values.attachment;
    }

    /**
     * Other socket options.
     *
     * @return in the order in which they are set
     */
    public Map<SocketOption<?>, Object> options() {
        return Collections.unmodifiableMap(values.options);
    }

    /** Gathers options; not thread-safe. */
    public static final class Builder {
        private @Nullable ErrorCallback onError;
        private @Nullable PrepareCallback onPrepare;
        private @Nullable ConnectCallback onConnect;
        private @Nullable ErrorCallback onConnectError;
        private @Nullable HandleCallback onEof;
        private @Nullable HandleCallback onRead;
        private @Nullable HandleCallback onDrain;
        private @Nullable HandleCallback onHighWater;
        private @Nullable TlsRole tlsRole;
        private TlsContext tlsContext = TlsContext.standard();
        private @Nullable StartTlsCallback onStartTls;
        private @Nullable HandleCallback onStopTls;
        private @Nullable HandleCallback onTimeout;
        private @Nullable HandleCallback onReadTimeout;
        private @Nullable HandleCallback onWriteTimeout;
        private Duration timeout = Duration.ZERO;
        private Duration readTimeout = Duration.ZERO;
        private Duration writeTimeout = Duration.ZERO;
        private Duration connectTimeout = Duration.ofSeconds(30);
        private Duration closeTimeout = Duration.ofSeconds(10);
        private Duration linger = Duration.ofHours(1);
        private int maxReadBufferBytes = 1 << 20;
        private int maxWriteBufferBytes = 64 << 20;
        private int maxReadBytes = 128 << 10;
        private int lowWaterBytes = 0;
        private int highWaterBytes = 1 << 20;
        private boolean watchEnd = false;
        private boolean autocork = false;
        private @Nullable Boolean noDelay;
        private @Nullable Boolean keepAlive;
        private boolean oobInline = true;
        private @Nullable SocketAddress localAddress;
        private @Nullable String peerName;
        private @Nullable Object attachment;
        private @Nullable Tap tap;
        private final Map<SocketOption<?>, Object> options = new LinkedHashMap<>();

        private Builder() {}

        private Builder(Builder from) {
            onError = from.onError;
            onPrepare = from.onPrepare;
            onConnect = from.onConnect;
            onConnectError = from.onConnectError;
            onEof = from.onEof;
            onRead = from.onRead;
            onDrain = from.onDrain;
            onHighWater = from.onHighWater;
            tlsRole = from.tlsRole;
            tlsContext = from.tlsContext;
            onStartTls = from.onStartTls;
            onStopTls = from.onStopTls;
            onTimeout = from.onTimeout;
            onReadTimeout = from.onReadTimeout;
            onWriteTimeout = from.onWriteTimeout;
            timeout = from.timeout;
            readTimeout = from.readTimeout;
            writeTimeout = from.writeTimeout;
            connectTimeout = from.connectTimeout;
            closeTimeout = from.closeTimeout;
            linger = from.linger;
            maxReadBufferBytes = from.maxReadBufferBytes;
            maxWriteBufferBytes = from.maxWriteBufferBytes;
            maxReadBytes = from.maxReadBytes;
            lowWaterBytes = from.lowWaterBytes;
            highWaterBytes = from.highWaterBytes;
            watchEnd = from.watchEnd;
            autocork = from.autocork;
            noDelay = from.noDelay;
            keepAlive = from.keepAlive;
            oobInline = from.oobInline;
            localAddress = from.localAddress;
            peerName = from.peerName;
            attachment = from.attachment;
            tap = from.tap;
            options.putAll(from.options);
        }

        /**
         * What hears of errors; without it they are logged.
         *
         * @param value null: none
         * @return this
         */
        public Builder onError(@Nullable ErrorCallback value) {
            onError = value;
            return this;
        }

        /**
         * What hears of the clean end of the stream; without it that is a fatal END_OF_STREAM.
         *
         * @param value null: none
         * @return this
         */
        public Builder onEof(@Nullable HandleCallback value) {
            onEof = value;
            return this;
        }

        /**
         * What prepares each socket before it connects, and says how long that may take.
         *
         * @param value null: nothing
         * @return this
         */
        public Builder onPrepare(@Nullable PrepareCallback value) {
            onPrepare = value;
            return this;
        }

        /**
         * What hears of the connection, and may decline it.
         *
         * @param value null: nothing
         * @return this
         */
        public Builder onConnect(@Nullable ConnectCallback value) {
            onConnect = value;
            return this;
        }

        /**
         * What hears that there is no connection, with a fatal error, instead of {@code onError}.
         *
         * @param value null: {@code onError} does
         * @return this
         */
        public Builder onConnectError(@Nullable ErrorCallback value) {
            onConnectError = value;
            return this;
        }

        /**
         * What looks at the bytes when no read is queued.
         *
         * @param value null: none
         * @return this
         */
        public Builder onRead(@Nullable HandleCallback value) {
            onRead = value;
            return this;
        }

        /**
         * What hears that the write buffer has drained.
         *
         * @param value null: none
         * @return this
         */
        public Builder onDrain(@Nullable HandleCallback value) {
            onDrain = value;
            return this;
        }

        /**
         * What hears that the write buffer is over its high-water mark.
         *
         * @param value null: none
         * @return this
         */
        public Builder onHighWater(@Nullable HandleCallback value) {
            onHighWater = value;
            return this;
        }

        /**
         * TLS from the start: all that is read and written. See {@link Handle#startTls(TlsRole, TlsContext)}.
         *
         * @param role which side this is
         * @param context how; made once and shared
         * @return this
         */
        public Builder tls(TlsRole role, TlsContext context) {
            tlsRole = Objects.requireNonNull(role, "role");
            tlsContext = Objects.requireNonNull(context, "context");
            return this;
        }

        /**
         * TLS from the start, with a context of its own: where many handles have the same options, make one context for all.
         *
         * @param role which side this is
         * @param options how
         * @return this
         */
        public Builder tls(TlsRole role, TlsOptions options) {
            return tls(role, options.context());
        }

        /**
         * What hears how a handshake ended.
         *
         * @param value null: none, and a failure is an error
         * @return this
         */
        public Builder onStartTls(@Nullable StartTlsCallback value) {
            onStartTls = value;
            return this;
        }

        /**
         * What hears of the peer's close_notify; without it that is the end of the stream.
         *
         * @param value null: none
         * @return this
         */
        public Builder onStopTls(@Nullable HandleCallback value) {
            onStopTls = value;
            return this;
        }

        /**
         * What hears of {@code timeout}; without it, TIMED_OUT.
         *
         * @param value null: none
         * @return this
         */
        public Builder onTimeout(@Nullable HandleCallback value) {
            onTimeout = value;
            return this;
        }

        /**
         * What hears of {@code readTimeout}; without it, TIMED_OUT.
         *
         * @param value null: none
         * @return this
         */
        public Builder onReadTimeout(@Nullable HandleCallback value) {
            onReadTimeout = value;
            return this;
        }

        /**
         * What hears of {@code writeTimeout}; without it, TIMED_OUT.
         *
         * @param value null: none
         * @return this
         */
        public Builder onWriteTimeout(@Nullable HandleCallback value) {
            onWriteTimeout = value;
            return this;
        }

        /**
         * How long neither reading nor writing anything is allowed; zero, the default: for ever.
         *
         * @param value the value
         * @return this
         * @throws IllegalArgumentException if it is out of bounds
         */
        public Builder timeout(Duration value) {
            timeout = notNegative(value, "timeout");
            return this;
        }

        /**
         * How long reading nothing is allowed; zero, the default: for ever.
         *
         * @param value the value
         * @return this
         * @throws IllegalArgumentException if it is out of bounds
         */
        public Builder readTimeout(Duration value) {
            readTimeout = notNegative(value, "readTimeout");
            return this;
        }

        /**
         * How long writing nothing is allowed; zero, the default: for ever.
         *
         * @param value the value
         * @return this
         * @throws IllegalArgumentException if it is out of bounds
         */
        public Builder writeTimeout(Duration value) {
            writeTimeout = notNegative(value, "writeTimeout");
            return this;
        }

        /**
         * How long connecting may take, over all addresses; the default is 30 s, zero: as long as the system tries.
         *
         * @param value the value
         * @return this
         * @throws IllegalArgumentException if it is out of bounds
         */
        public Builder connectTimeout(Duration value) {
            connectTimeout = notNegative(value, "connectTimeout");
            return this;
        }

        /**
         * How long {@link Handle#close()} may take; the default is 10 s.
         *
         * @param value the value
         * @return this
         * @throws IllegalArgumentException if it is out of bounds
         */
        public Builder closeTimeout(Duration value) {
            closeTimeout = notNegative(value, "closeTimeout");
            return this;
        }

        /**
         * How long unwritten data may go out after {@link Handle#destroy()}; the default is 1 h, zero: not at all.
         *
         * @param value the value
         * @return this
         * @throws IllegalArgumentException if it is out of bounds
         */
        public Builder linger(Duration value) {
            linger = notNegative(value, "linger");
            return this;
        }

        /**
         * How many unconsumed bytes may wait; over it is BUFFER_FULL. The default is 1 MiB.
         *
         * @param value the value
         * @return this
         * @throws IllegalArgumentException if it is out of bounds
         */
        public Builder maxReadBufferBytes(int value) {
            maxReadBufferBytes = Bytes.atLeast(1, value, "maxReadBufferBytes");
            return this;
        }

        /**
         * How many bytes may wait to be written; over it is BUFFER_FULL. The default is 64 MiB.
         *
         * @param value the value
         * @return this
         * @throws IllegalArgumentException if it is out of bounds
         */
        public Builder maxWriteBufferBytes(int value) {
            maxWriteBufferBytes = Bytes.atLeast(1, value, "maxWriteBufferBytes");
            return this;
        }

        /**
         * How many bytes are read in one turn of the loop, at most 128 KiB, the default.
         *
         * @param value the value
         * @return this
         * @throws IllegalArgumentException if it is out of bounds
         */
        public Builder maxReadBytes(int value) {
            maxReadBytes = Bytes.atLeast(1, value, "maxReadBytes");
            return this;
        }

        /**
         * At how many waiting bytes the write buffer counts as drained; the default is 0.
         *
         * @param value the value
         * @return this
         * @throws IllegalArgumentException if it is out of bounds
         */
        public Builder lowWaterBytes(int value) {
            lowWaterBytes = Bytes.atLeast(0, value, "lowWaterBytes");
            return this;
        }

        /**
         * Over how many waiting bytes {@code onEach} and {@code onRead} rest; the default is 1 MiB, zero: never.
         *
         * @param value the value
         * @return this
         * @throws IllegalArgumentException if it is out of bounds
         */
        public Builder highWaterBytes(int value) {
            highWaterBytes = Bytes.atLeast(0, value, "highWaterBytes") == 0 ? unlimited() : value;
            return this;
        }

        /**
         * Whether an idle handle notices the peer's end; the default is no. See {@link Handle#watchEnd}.
         *
         * @param value the value
         * @return this
         */
        public Builder watchEnd(boolean value) {
            watchEnd = value;
            return this;
        }

        /**
         * What sees every byte in and out; the default is nothing. See {@link Handle#tap}.
         *
         * @param value null: none
         * @return this
         */
        public Builder tap(@Nullable Tap value) {
            tap = value;
            return this;
        }

        /**
         * Whether writes wait for the end of the loop iteration; the default is no.
         *
         * @param value the value
         * @return this
         */
        public Builder autocork(boolean value) {
            autocork = value;
            return this;
        }

        /**
         * Whether small segments leave at once (TCP_NODELAY); the default is the system's.
         *
         * @param value the value
         * @return this
         */
        public Builder noDelay(boolean value) {
            noDelay = value;
            return this;
        }

        /**
         * Whether idle connections are probed (SO_KEEPALIVE); the default is the system's.
         *
         * @param value the value
         * @return this
         */
        public Builder keepAlive(boolean value) {
            keepAlive = value;
            return this;
        }

        /**
         * Whether urgent data comes in the stream (SO_OOBINLINE); the default is yes.
         *
         * @param value the value
         * @return this
         */
        public Builder oobInline(boolean value) {
            oobInline = value;
            return this;
        }

        /**
         * What to bind to before connecting; the default is any address.
         *
         * @param value null: none
         * @return this
         */
        public Builder localAddress(@Nullable SocketAddress value) {
            localAddress = value;
            return this;
        }

        /**
         * The peer's name for messages; the default is the host connected to.
         *
         * @param value null: none
         * @return this
         */
        public Builder peerName(@Nullable String value) {
            peerName = value;
            return this;
        }

        /**
         * What is attached from the start.
         *
         * @param value null: none
         * @return this
         */
        public Builder attachment(@Nullable Object value) {
            attachment = value;
            return this;
        }

        /**
         * Any other socket option; ignored where the channel has none such.
         *
         * @param option which
         * @param value its value
         * @param <T> its type
         * @return this
         */
        public <T> Builder option(SocketOption<T> option, T value) {
            options.put(Objects.requireNonNull(option, "option"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * The options.
         *
         * @return immutable
         * @throws IllegalArgumentException if the low-water mark is above the high-water mark
         */
        public HandleOptions build() {
            if (lowWaterBytes > highWaterBytes) {
                throw new IllegalArgumentException(
                        "lowWaterBytes: " + lowWaterBytes + ", must be at most highWaterBytes, " + highWaterBytes);
            }
            return new HandleOptions(new Builder(this));
        }

        private static Duration notNegative(Duration value, String option) {
            if (value.isNegative()) {
                throw new IllegalArgumentException(option + ": " + value + ", must not be negative");
            }
            return value;
        }
    }
}
