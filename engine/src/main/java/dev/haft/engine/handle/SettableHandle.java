package dev.haft.engine.handle;

import dev.haft.ErrorCallback;
import dev.haft.Handle;
import dev.haft.HandleCallback;
import dev.haft.HandleOptions;
import dev.haft.Tap;
import dev.haft.engine.loop.SelectorLoop;
import dev.haft.tls.StartTlsCallback;
import java.io.IOException;
import java.net.SocketOption;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What may be set on a handle while it lives, and what has to happen when it is. Keeps nothing itself: what is set is in the
 * handle's options.
 */
abstract class SettableHandle extends ConfinedHandle {
    SettableHandle(SelectorLoop loop, Owner owner, HandleOptions options, Transport transport) {
        super(loop, owner, options, transport);
    }

    // Callbacks

    @Override
    public Handle onError(@Nullable ErrorCallback callback) {
        return on(() -> change(o -> o.onError(callback)));
    }

    @Override
    public Handle onEof(@Nullable HandleCallback callback) {
        return on(() -> change(o -> o.onEof(callback)));
    }

    @Override
    public Handle onDrain(@Nullable HandleCallback callback) {
        return on(() -> {
            change(o -> o.onDrain(callback));
            writes().callOnDrain();
        });
    }

    @Override
    public Handle onHighWater(@Nullable HandleCallback callback) {
        return on(() -> change(o -> o.onHighWater(callback)));
    }

    @Override
    public Handle onStartTls(@Nullable StartTlsCallback callback) {
        return on(() -> change(o -> o.onStartTls(callback)));
    }

    @Override
    public Handle onStopTls(@Nullable HandleCallback callback) {
        return on(() -> change(o -> o.onStopTls(callback)));
    }

    // Timeouts

    @Override
    public Handle timeout(Duration limit) {
        return limit(Timeout.Kind.BOTH, "timeout", limit, o -> o.timeout(limit));
    }

    @Override
    public Handle readTimeout(Duration limit) {
        return limit(Timeout.Kind.READ, "readTimeout", limit, o -> o.readTimeout(limit));
    }

    @Override
    public Handle writeTimeout(Duration limit) {
        return limit(Timeout.Kind.WRITE, "writeTimeout", limit, o -> o.writeTimeout(limit));
    }

    private Handle limit(Timeout.Kind kind, String option, Duration limit, UnaryOperator<HandleOptions.Builder> step) {
        notNegative(option, limit);
        return on(() -> {
            change(step);
            timeouts().of(kind).check();
        });
    }

    @Override
    public Handle onTimeout(@Nullable HandleCallback callback) {
        return on(() -> change(o -> o.onTimeout(callback)));
    }

    @Override
    public Handle onReadTimeout(@Nullable HandleCallback callback) {
        return on(() -> change(o -> o.onReadTimeout(callback)));
    }

    @Override
    public Handle onWriteTimeout(@Nullable HandleCallback callback) {
        return on(() -> change(o -> o.onWriteTimeout(callback)));
    }

    @Override
    public Handle timeoutReset() {
        return on(() -> timeouts().of(Timeout.Kind.BOTH).activity(loop().nanoTime()));
    }

    @Override
    public Handle readTimeoutReset() {
        return on(() -> timeouts().of(Timeout.Kind.READ).activity(loop().nanoTime()));
    }

    @Override
    public Handle writeTimeoutReset() {
        return on(() -> timeouts().of(Timeout.Kind.WRITE).activity(loop().nanoTime()));
    }

    // Limits

    @Override
    public Handle maxReadBufferBytes(int bytes) {
        atLeast(1, "maxReadBufferBytes", bytes);
        return on(() -> {
            change(o -> o.maxReadBufferBytes(bytes));
            reads().serve();
        });
    }

    @Override
    public Handle maxWriteBufferBytes(int bytes) {
        atLeast(1, "maxWriteBufferBytes", bytes);
        return limits(o -> o.maxWriteBufferBytes(bytes));
    }

    @Override
    public Handle lowWaterBytes(int bytes) {
        atLeast(0, "lowWaterBytes", bytes);
        return limits(o ->
                o.lowWaterBytes(bytes).highWaterBytes(Math.max(bytes, options().highWaterBytes())));
    }

    @Override
    public Handle highWaterBytes(int bytes) {
        atLeast(0, "highWaterBytes", bytes);
        int mark = bytes == 0 ? HandleOptions.unlimited() : bytes;
        return limits(o ->
                o.highWaterBytes(mark).lowWaterBytes(Math.min(mark, options().lowWaterBytes())));
    }

    private Handle limits(UnaryOperator<HandleOptions.Builder> step) {
        return on(() -> {
            change(step);
            writes().limitsChanged();
        });
    }

    // Other settings

    @Override
    public Handle autocork(boolean on) {
        return on(() -> change(o -> o.autocork(on)));
    }

    @Override
    public Handle linger(Duration limit) {
        notNegative("linger", limit);
        return on(() -> change(o -> o.linger(limit)));
    }

    @Override
    public Handle watchEnd(boolean on) {
        return on(() -> change(o -> o.watchEnd(on)));
    }

    @Override
    public Handle tap(@Nullable Tap tap) {
        return on(() -> tapped(tap));
    }

    // Socket options

    @Override
    public Handle noDelay(boolean on) {
        return socket(o -> o.noDelay(on));
    }

    @Override
    public Handle keepAlive(boolean on) {
        return socket(o -> o.keepAlive(on));
    }

    @Override
    public Handle oobInline(boolean on) {
        return socket(o -> o.oobInline(on));
    }

    /** Set now, or when there is a socket. */
    private Handle socket(UnaryOperator<HandleOptions.Builder> step) {
        return on(() -> {
            change(step);
            tellOptions(transport());
        });
    }

    @Override
    public <T> Handle option(SocketOption<T> option, T value) {
        Objects.requireNonNull(option, "option");
        return on(() -> setOption(option, value));
    }

    private <T> void setOption(SocketOption<T> option, T value) {
        try {
            transport().option(option, value);
        } catch (IOException e) {
            fail(Failures.of(e));
        }
    }

    private static void notNegative(String option, Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException(option + ": " + limit + ", must not be negative");
        }
    }

    private static void atLeast(int bound, String option, int bytes) {
        if (bytes < bound) {
            throw new IllegalArgumentException(option + ": " + bytes + " bytes, must be at least " + bound);
        }
    }
}
