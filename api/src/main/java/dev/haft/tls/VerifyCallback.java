package dev.haft.tls;

/**
 * Has the last word about a certificate of the peer; may accept what was refused and refuse what was accepted.
 *
 * <p>It runs within the handshake, on whichever thread computes it: it must not wait, nor use the handle. Parity {@code
 * tls.verify_cb}.
 *
 * <pre>{@code
 * TlsOptions.builder().verifyCallback(v -> v.accepted() || PINNED.equals(v.chain().get(0)));
 * }</pre>
 */
@FunctionalInterface
public interface VerifyCallback {
    /**
     * Decides.
     *
     * @param verification what was found
     * @return whether the certificate is accepted
     * @throws Exception if that cannot be said: refused, and the handshake fails
     */
    boolean accept(Verification verification) throws Exception;
}
