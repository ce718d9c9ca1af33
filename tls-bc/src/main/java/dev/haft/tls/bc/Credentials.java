package dev.haft.tls.bc;

import dev.haft.tls.TlsOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;

/** What the files and stores of options hold, loaded. Immutable, for any thread. */
interface Credentials {
    /** Who this end is, the preferred one first. */
    List<LoadedIdentity> identities();

    /** What decides about the peer's certificates. */
    PeerVerifier verifier();

    /** Whether a file has changed since it was loaded. */
    boolean isStale();

    /** Loads. */
    @FunctionalInterface
    interface Loader {
        Credentials load(TlsOptions options) throws IOException, GeneralSecurityException;
    }
}
