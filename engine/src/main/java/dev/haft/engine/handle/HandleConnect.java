package dev.haft.engine.handle;

import dev.haft.ConnectCallback;
import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.PrepareCallback;
import dev.haft.engine.buffer.Outbox;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a handle in the making: what the user says to each socket and to each connection, and what a connection that
 * is declined leaves behind. Keeps nothing itself. For the loop.
 *
 * @param handle whose
 */
record HandleConnect(HandleCore handle) {
    /** Lets the user have a socket before it connects; the answer is {@link TransportUser#prepare}'s. */
    @Nullable Duration prepare(SocketChannel fresh) {
        PrepareCallback callback = handle.options().onPrepare();
        if (callback == null || !handle.isServing()) {
            return null;
        }
        AtomicReference<@Nullable Duration> limit = new AtomicReference<>();
        handle.pass(() -> {
            try {
                Duration longest = callback.accept(handle, fresh);
                if (longest != null && longest.isNegative()) {
                    throw new IllegalArgumentException("onPrepare: " + longest + ", must not be negative");
                }
                limit.set(longest);
            } catch (Throwable t) {
                handle.callbackFailed(t);
            }
        });
        return limit.get();
    }

    /** There is a connection; what has made it can make another one. */
    void connected(Transport real, Transport connecting) {
        handle.over(real);
        handle.pass(() -> {
            handle.begin();
            handle.writes().unblock();
            handle.writes().callOnDrain();
            tell(new Retry(this, connecting));
        });
    }

    private void tell(Retry retry) {
        ConnectCallback callback = handle.options().onConnect();
        if (callback != null && handle.isServing()) {
            try {
                callback.accept(
                        handle, Objects.requireNonNull(handle.transport().remoteAddress()), retry);
            } catch (Throwable t) {
                handle.callbackFailed(t);
            }
        }
    }

    /** The program declines the connection: all that was of it goes, and another one is made. */
    void decline(Transport connecting) {
        if (!handle.isServing()) {
            return;
        }
        handle.pass(() -> {
            Transport declined = handle.transport();
            handle.replace(connecting);
            declined.close();
            // TLS is of one connection: its layer ended with that.
            HandleException why = new HandleException(
                    ErrorCode.DESTROYED, "the connection was declined in favour of the next address");
            // Who hears of a failed future may push for the next connection: both sides are ready for that by then.
            Outbox dropped = handle.writes().reset();
            handle.tellOptions(connecting);
            connecting.use(handle);
            handle.reads().reset(handle.buffers(), why);
            handle.beginTls();
            if (dropped != null) {
                dropped.clear(handle.buffers());
                dropped.fail(why);
                handle.buffers().release(dropped);
            }
        });
    }
}
