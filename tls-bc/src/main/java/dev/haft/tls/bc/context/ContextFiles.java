package dev.haft.tls.bc.context;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.tls.TlsClientAuth;
import dev.haft.tls.TlsIdentity;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsTrust;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one context is made of. Knows neither the context nor its options as a whole, whose functions may refer to the context:
 * else that would never be let go.
 *
 * <p><b>Thread safety</b>: for any number of threads; one of them looks at the files, the others go on with what is there.
 */
final class ContextFiles {
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Reloaded<LocalIdentity>> identities = new ArrayList<>();
    private @Nullable Reloaded<TrustStore> trust;

    /** What is used now; each is replaced as a whole. */
    private volatile @Nullable ContextParts verifying;

    private volatile @Nullable ContextParts notVerifying;
    private volatile long lookedAt;

    ContextFiles(Clock clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.lookedAt = nanoTime.getAsLong();
    }

    ContextParts parts(TlsOptions options, TlsRole role) throws HandleException {
        boolean verify = options.verify() && (role == TlsRole.CLIENT || options.clientAuth() != TlsClientAuth.NONE);
        try {
            ContextParts known = verify ? verifying : notVerifying;
            if (known == null) {
                known = build(options, verify);
            } else if (nanoTime.getAsLong() - lookedAt >= options.reloadEvery().toNanos() && lock.tryLock()) {
                try {
                    known = reload(options, verify);
                } finally {
                    lock.unlock();
                }
            }
            if (role == TlsRole.SERVER
                    && known.identities().isEmpty()
                    && options.psks().isEmpty()
                    && options.pskLookup() == null) {
                throw new IOException("identities: none, and a server must have one");
            }
            return known;
        } catch (IOException | IllegalArgumentException e) {
            throw new HandleException(ErrorCode.TLS_FAILED, "TLS: " + e.getMessage(), e);
        }
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
        for (Reloaded<LocalIdentity> identity : identities) {
            changed |= identity.reload();
        }
        changed |= trust != null && trust.reload();
        lookedAt = nanoTime.getAsLong();
        ContextParts known = verify ? verifying : notVerifying;
        if (!changed && known != null) {
            return known;
        }
        verifying = null;
        notVerifying = null;
        return compose(options, verify);
    }

    private ContextParts compose(TlsOptions options, boolean verify) throws IOException {
        List<LocalIdentity> loaded = new ArrayList<>();
        for (Reloaded<LocalIdentity> identity : identities) {
            loaded.add(identity.get());
        }
        TrustStore store = verify && trust != null ? trust.get() : null;
        PeerCheck check = new PeerCheck(clock, store, !options.trust().isEmpty());
        ContextParts parts = ContextParts.of(options, List.copyOf(loaded), check);
        if (verify) {
            verifying = parts;
        } else {
            notVerifying = parts;
        }
        return parts;
    }
}
