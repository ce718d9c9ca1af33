package dev.haft.example.rpc;

import dev.haft.ErrorCode;
import dev.haft.Handle;
import dev.haft.HandleException;
import dev.haft.Protocol;
import dev.haft.Types;
import dev.haft.UncheckedHandleException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;

/**
 * Serves calls one after the other, however they are packed: JSON texts and CBOR items end by themselves. White space, such
 * as newlines, between JSON texts does not matter; each JSON answer is followed by LF, for clients that read lines.
 *
 * <p>A call that cannot be answered is answered by {@code ["error", "message"]} and the connection goes on. What is no JSON
 * or CBOR at all is answered in the same way, and then the connection is closed: nobody can say where the next call begins.
 *
 * <p>The type is taken by its name each time, so the bundle that provides it may come and go. While there is none, calls are
 * answered by {@code ["error", "no json type"]} (or {@code cbor}), and the connection is closed.
 *
 * <p><b>Thread safety</b>: thread-safe.
 */
public final class RpcProtocol implements Protocol {
    private static final Logger LOG = System.getLogger(RpcProtocol.class.getName());

    private final Methods methods;
    private final Wire wire;

    RpcProtocol(Types types, Wire wire) {
        methods = new Methods(types, Clock.systemUTC());
        this.wire = wire;
    }

    /**
     * Calls as JSON; one serves any number of connections.
     *
     * @param types where {@code json} is found
     * @return a protocol
     */
    public static RpcProtocol json(Types types) {
        return new RpcProtocol(types, Wire.json(types, "json"));
    }

    /**
     * Calls as CBOR; one serves any number of connections.
     *
     * @param types where {@code cbor} is found
     * @return a protocol
     */
    public static RpcProtocol cbor(Types types) {
        return new RpcProtocol(types, Wire.cbor(types, "cbor"));
    }

    @Override
    public void accept(Handle handle) {
        // Not closed at once when the peer ends: close() is bounded in time, and a slow reader shall get all of it.
        handle.onEof(h -> h.onDrain(Handle::close));
        handle.onError(this::failed);
        handle.onEach(wire.request(), this::called);
    }

    private void called(Handle handle, Object call) {
        try {
            answer(handle, List.of("ok", methods.call(call)));
        } catch (CallException e) {
            answer(handle, error(e));
        }
    }

    private void failed(Handle handle, HandleException error) {
        LOG.log(Level.DEBUG, "{0}: {1}", handle, error);
        switch (error.code()) {
            // After the last of these the handle is gone, but what is written here still goes out.
            case BAD_MESSAGE, TOO_LONG, UNEXPECTED_END -> answer(handle, error(error));
            case TYPE_UNAVAILABLE -> wire.writeNoType(handle);
            default -> {}
        }
        if (!error.fatal()) {
            handle.close();
        }
    }

    private void answer(Handle handle, List<Object> answer) {
        try {
            wire.write(handle, answer);
        } catch (UncheckedHandleException e) {
            if (e.code() != ErrorCode.TYPE_UNAVAILABLE) {
                throw e;
            }
            wire.writeNoType(handle);
            handle.close();
        }
    }

    private static List<Object> error(Exception e) {
        return List.of("error", String.valueOf(e.getMessage()));
    }
}
