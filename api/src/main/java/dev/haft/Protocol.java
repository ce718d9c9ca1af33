package dev.haft;

import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What serves a connection: it is given each accepted handle, on that handle's loop, and pushes its first reads.
 *
 * <p>In an OSGi container a protocol is a service: registered with the property {@link #LISTEN} it is served there as
 * long as it is registered. A protocol must be thread-safe: handles of several loops come to it at once.
 *
 * <pre>{@code
 * Protocol echo = handle -> handle.onEach(line(), (h, line) -> h.pushWrite(line + "\n"));
 * }</pre>
 */
@ConsumerType
@FunctionalInterface
public interface Protocol extends Consumer<Handle> {
    /** Service property: the endpoint to listen on, such as {@code tcp://127.0.0.1:7007}. */
    String LISTEN = "haft.listen";

    /** Service property: the name of the protocol, for people. */
    String NAME = "haft.protocol";

    /**
     * Service property: whether the protocol is served over TLS. {@code true}: from the start; {@code auto}: if the client begins
     * with it, and in clear text if not, on the same port; {@code false}, as without it: in clear text. The protocol itself need
     * not know.
     */
    String TLS = "haft.tls";

    /**
     * Serves a connection.
     *
     * @param handle the connection, open; an exception is {@link ErrorCode#CALLBACK_FAILED} on it
     */
    @Override
    void accept(Handle handle);
}
