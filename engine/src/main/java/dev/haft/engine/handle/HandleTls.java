package dev.haft.engine.handle;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.tls.StartTlsCallback;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsEngine;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsOutcome;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsSession;
import dev.haft.tls.TlsStart;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * TLS on a handle: puts {@linkplain TlsLayer layers} over its transport and takes them away, and tells the user of them. Keeps
 * nothing itself: the layers are in the chain of transports. For the loop.
 *
 * @param handle whose
 */
record HandleTls(HandleCore handle) {
    /** The layer that the handle reads from, if it is active or not yet spent. */
    private @Nullable TlsLayer layer() {
        return Tapped.bare(handle.transport()) instanceof TlsLayer layer ? layer : null;
    }

    /** Whether a layer is the one that the handle reads from. */
    boolean isOn(TlsLayer layer) {
        return Tapped.bare(handle.transport()) == layer;
    }

    /** Whether a layer is still one of the handle's. */
    private boolean uses(TlsLayer layer) {
        Transport t = Tapped.bare(handle.transport());
        while (t instanceof TlsLayer one && one != layer) {
            t = one.under();
        }
        return t == layer;
    }

    @Nullable TlsSession session() {
        TlsLayer layer = layer();
        return layer == null ? null : layer.session();
    }

    // What the user asks for

    /**
     * Looks whether TLS may start.
     *
     * @throws IllegalStateException if it is active
     */
    void mustNotBeActive() {
        TlsLayer layer = layer();
        if (layer != null && layer.isActive()) {
            throw new IllegalStateException("TLS is active already");
        }
    }

    void begin(TlsRole role, TlsContext context) {
        mustNotBeActive();
        try {
            TlsOptions options = context.options();
            String name = handle.peerName();
            if (role == TlsRole.CLIENT
                    && name == null
                    && options.verify()
                    && options.peerNameScheme().isChecked()) {
                throw new HandleException(
                        ErrorCode.TLS_FAILED, "there is no peer name to compare the certificate with");
            }
            int port = handle.remoteAddress() instanceof InetSocketAddress remote ? remote.getPort() : 0;
            begin(handle.tlsProviders().engine(new TlsStart(context, role, name, port, handle)), options);
        } catch (HandleException e) {
            failed(null, e, true);
        }
    }

    /** What has come is TLS from now on; what waits to be written leaves in clear before it. */
    void begin(TlsEngine engine, TlsOptions options) {
        mustNotBeActive();
        Transport below = Tapped.bare(handle.transport());
        TlsLayer layer =
                new TlsLayer(handle, below, engine, options, handle.writes().waiting());
        ByteBuffer rest = handle.reads().handOver();
        layer.input().append(rest);
        handle.buffers().inbox().release(rest);
        if (below instanceof TlsLayer spent) {
            layer.input().append(spent.input().rest());
        }
        handle.over(layer);
        layer.begin();
    }

    void stop() {
        TlsLayer layer = layer();
        if (layer != null && layer.isActive()) {
            layer.stop(handle.writes().waiting());
        }
    }

    void reset() {
        TlsLayer layer = layer();
        if (layer != null) {
            drop(layer, new HandleException(ErrorCode.TLS_FAILED, "TLS was reset before it was written"));
        }
    }

    private void drop(TlsLayer layer, HandleException why) {
        layer.forget();
        handle.over(layer.under());
        handle.writes().drop(why);
    }

    /** Takes away a layer that only passes on what the transport below it does. */
    void removeSpent() {
        TlsLayer layer = layer();
        if (layer != null && layer.isSpent()) {
            handle.over(layer.under());
        }
    }

    // What a layer tells

    /** The handshake is done. */
    void started(@Nullable TlsSession session) {
        handle.writes().unblock();
        StartTlsCallback callback = handle.options().onStartTls();
        if (callback != null && session != null && handle.isServing()) {
            tell(callback, TlsOutcome.started(session));
        }
    }

    private void tell(StartTlsCallback callback, TlsOutcome outcome) {
        try {
            callback.accept(handle, outcome);
        } catch (Throwable t) {
            handle.callbackFailed(t);
        }
    }

    /** It is of no use any more; null: there is none yet. */
    void failed(@Nullable TlsLayer layer, HandleException error, boolean handshaking) {
        StartTlsCallback callback = handle.options().onStartTls();
        if (!handshaking || callback == null || !handle.isServing()) {
            handle.fail(error);
            return;
        }
        TlsOutcome outcome = TlsOutcome.failed(error);
        tell(callback, outcome);
        if (!handle.isServing()) {
            return;
        }
        if (!outcome.isHandleKept()) {
            handle.endFailed(error);
        } else if (layer != null && uses(layer)) {
            ByteBuffer clear = layer.input().clearAllAlong();
            ByteBuffer rest = ByteBuffer.allocate(clear.remaining())
                    .put(clear.duplicate())
                    .flip();
            drop(layer, error);
            handle.reads().receive(rest, handle.buffers());
        }
    }

    /** Whether the peer's close_notify ends TLS rather than the stream. */
    boolean endsByPeer() {
        return handle.options().onStopTls() != null;
    }

    /** What follows is clear text. */
    void stopped() {
        handle.call(handle.options().onStopTls());
    }
}
