package dev.haft.tls;

import dev.haft.Handle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an engine is made for.
 *
 * @param context the options
 * @param role which side this end is
 * @param peerName the peer's host name, or its IP address as text; null if it is not known. Clients check the certificate
 *     against it and send it as server name (an address is not sent, RFC 6066 §3)
 * @param peerPort the peer's port, 0 if it is not known; sessions of a server are resumed on the same port only
 * @param handle for callbacks, or null outside of a handle
 */
public record TlsStart(
        TlsContext context,
        TlsRole role,
        @Nullable String peerName,
        int peerPort,
        @Nullable Handle handle) {
    /**
     * Checks.
     *
     * @param context not null
     * @param role not null
     * @param peerName may be null
     * @param peerPort 0 to 65535
     * @param handle may be null
     */
    public TlsStart {
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(role, "role");
        if (peerPort < 0 || peerPort > 0xffff) {
            throw new IllegalArgumentException("peerPort: " + peerPort + ", must be 0 to 65535");
        }
    }

    /**
     * For a client without a handle.
     *
     * @param context the options
     * @param peerName the peer's name, or null
     * @return what to start
     */
    public static TlsStart client(TlsContext context, @Nullable String peerName) {
        return new TlsStart(context, TlsRole.CLIENT, peerName, 0, null);
    }

    /**
     * For a server without a handle.
     *
     * @param context the options
     * @return what to start
     */
    public static TlsStart server(TlsContext context) {
        return new TlsStart(context, TlsRole.SERVER, null, 0, null);
    }
}
