package dev.haft.tls;

import dev.haft.Handle;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link VerifyCallback} is asked about: one certificate of the peer's chain, and what was found so far.
 *
 * <p>It is asked once a certificate, from the authority down to the peer's own at depth 0, whose result has the check of the
 * name in it. If there is no way from the peer's certificate to an authority, it is asked about what the peer has sent. Parity
 * {@code tls.verify_cb}.
 *
 * @param role which side this end is
 * @param depth 0: the peer's own certificate; 1: the one that has signed it; and so on
 * @param chain the peer's own certificate first; not empty
 * @param accepted whether all checks of this certificate have passed
 * @param problem why not; null if accepted
 * @param peerName the name that was looked for, or null if there is none
 * @param handle the handle whose peer it is, or null outside of one
 */
public record Verification(
        TlsRole role,
        int depth,
        List<X509Certificate> chain,
        boolean accepted,
        @Nullable String problem,
        @Nullable String peerName,
        @Nullable Handle handle) {
    /**
     * Checks.
     *
     * @param role not null
     * @param depth an index of the chain
     * @param chain not empty
     * @param accepted with no problem
     * @param problem if not accepted
     * @param peerName may be null
     * @param handle may be null
     */
    public Verification {
        Objects.requireNonNull(role, "role");
        chain = List.copyOf(chain);
        Objects.checkIndex(depth, chain.size());
        if (accepted != (problem == null)) {
            throw new IllegalArgumentException("problem: " + problem + ", must be there unless accepted");
        }
    }

    /**
     * The certificate in question.
     *
     * @return that at this depth
     */
    public X509Certificate certificate() {
        return chain.get(depth);
    }
}
