package dev.haft.tls.bc.context;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.tls.TlsClientAuth;
import dev.haft.tls.TlsIdentity;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsTrust;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Loads what one context comes to, and again when its files have changed. Knows neither the context nor its options as a whole,
 * whose functions may refer to the context: else that would never be let go.
 *
 * <p><b>Thread safety</b>: for any number of threads; one of them looks at the files, the others go on with what is there.
 */
public final class ContextLoader {
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Reloaded<LoadedIdentity>> identities = new ArrayList<>();
    private @Nullable Reloaded<TrustStore> trust;

    /** What is used now; each is replaced as a whole. */
    private volatile @Nullable ContextParts verifying;

    private volatile @Nullable ContextParts notVerifying;
    private volatile long lookedAt;

    /**
     * For one context.
     *
     * @param clock tells what has expired, and when to look at files
     */
    public ContextLoader(InstantSource clock) {
        this.clock = clock;
        this.lookedAt = clock.millis();
    }

    /**
     * What the context comes to now. Files that have changed are read again, looked at no more often than {@code reloadEvery};
     * if they cannot be used, what was read before stays, and that is logged once.
     *
     * @param options the context's: always the same
     * @param role for which side
     * @return for one handshake: it does not change. The same object as long as nothing changes
     * @throws HandleException TLS_FAILED if the options cannot be had; the message says which and why
     */
    public ContextParts parts(TlsOptions options, TlsRole role) throws HandleException {
        boolean verify = options.verify() && (role == TlsRole.CLIENT || options.clientAuth() != TlsClientAuth.NONE);
        try {
            ContextParts known = verify ? verifying : notVerifying;
            if (known == null) {
                return build(options, verify);
            }
            if (isTimeToLook(options) && lock.tryLock()) {
                try {
                    return reload(options, verify);
                } finally {
                    lock.unlock();
                }
            }
            return known;
        } catch (IOException | RuntimeException e) { // of a password callback, too
            throw new HandleException(ErrorCode.TLS_FAILED, "TLS: " + e.getMessage(), e);
        }
    }

    private boolean isTimeToLook(TlsOptions options) {
        long passed = clock.millis() - lookedAt;
        return passed < 0 || passed >= options.reloadEvery().toMillis(); // less than 0: the clock was set back
    }

    private ContextParts build(TlsOptions options, boolean verify) throws IOException {
        lock.lock();
        try {
            if (identities.isEmpty()) {
                for (TlsIdentity identity : options.identities()) {
                    identities.add(new Reloaded<>(files -> IdentityLoader.load(identity, files)));
                }
            }
            if (trust == null) {
                List<TlsTrust> sources = options.trust();
                trust = new Reloaded<>(files -> TrustLoader.load(sources, files));
            }
            return compose(options, verify);
        } finally {
            lock.unlock();
        }
    }

    private ContextParts reload(TlsOptions options, boolean verify) throws IOException {
        boolean changed = false;
        for (Reloaded<LoadedIdentity> identity : identities) {
            changed |= identity.reload();
        }
        changed |= trust != null && trust.reload();
        lookedAt = clock.millis();
        ContextParts known = verify ? verifying : notVerifying;
        if (!changed && known != null) {
            return known;
        }
        verifying = null;
        notVerifying = null;
        return compose(options, verify);
    }

    private ContextParts compose(TlsOptions options, boolean verify) throws IOException {
        List<LoadedIdentity> loaded = new ArrayList<>();
        for (Reloaded<LoadedIdentity> identity : identities) {
            loaded.add(identity.get());
        }
        TrustStore store = verify && trust != null ? trust.get() : null;
        PeerCheck check = store == null
                ? null
                : new PeerCheck(clock, store, !options.trust().isEmpty());
        ContextParts parts = ContextParts.of(options, List.copyOf(loaded), check);
        if (verify) {
            verifying = parts;
        } else {
            notVerifying = parts;
        }
        return parts;
    }
}
