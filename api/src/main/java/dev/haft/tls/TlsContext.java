package dev.haft.tls;

import java.util.Objects;

/**
 * Options of TLS with an identity: made once, shared by any number of handles and threads. Immutable.
 *
 * <p>What a provider makes of the options (keys that it has loaded, a trust store, tickets) it keeps with the context, as long
 * as both are there: two contexts with equal options share nothing, and tickets of one are not taken by the other. Parity {@code
 * tls.ctx.default}.
 *
 * <pre>{@code
 * static final TlsContext MAIL = TlsOptions.builder()
 *         .identity(TlsIdentity.pemFile(Path.of("mail.pem")))
 *         .build()
 *         .context();
 * }</pre>
 */
public final class TlsContext {
    private static final TlsContext STANDARD = new TlsContext(TlsOptions.standard());

    private final TlsOptions options;

    TlsContext(TlsOptions options) {
        this.options = Objects.requireNonNull(options, "options");
    }

    /**
     * All defaults: for clients that verify the server against what this machine trusts.
     *
     * @return the context
     */
    public static TlsContext standard() {
        return STANDARD;
    }

    /**
     * A new context.
     *
     * @param options its options
     * @return a context that is equal to no other one
     */
    public static TlsContext of(TlsOptions options) {
        return new TlsContext(options);
    }

    /**
     * Its options.
     *
     * @return the options
     */
    public TlsOptions options() {
        return options;
    }

    @Override
    public String toString() {
        return "TlsContext@" + Integer.toHexString(System.identityHashCode(this));
    }
}
