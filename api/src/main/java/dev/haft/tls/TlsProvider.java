package dev.haft.tls;

import dev.haft.HandleException;

/**
 * Makes engines. A service: found by {@link java.util.ServiceLoader}, or in the OSGi service registry.
 *
 * <p><b>Thread safety</b>: from several threads at once.
 *
 * <p>What it makes of a {@link TlsContext} it keeps for that context, weakly, so that neither keeps the other from being let go.
 */
public interface TlsProvider {
    /**
     * Its name, for people.
     *
     * @return such as {@code bc}
     */
    String name();

    /**
     * Makes an engine, which has not started.
     *
     * @param start what for
     * @return a new one
     * @throws HandleException TLS_FAILED if the options cannot be had: a file that cannot be read, a cipher suite that is not
     *     known, a server without a certificate that goes with its protocols, ciphers and signature schemes
     */
    TlsEngine engine(TlsStart start) throws HandleException;

    /**
     * Reads files and so on now, so that the first engine need not and a mistake is told early.
     *
     * @param context the options
     * @param role for which side
     * @throws HandleException TLS_FAILED as {@link #engine}
     */
    void prepare(TlsContext context, TlsRole role) throws HandleException;
}
