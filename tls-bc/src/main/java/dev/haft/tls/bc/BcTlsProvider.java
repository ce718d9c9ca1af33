package dev.haft.tls.bc;

import dev.haft.HandleException;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsEngine;
import dev.haft.tls.TlsProvider;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsStart;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.WeakHashMap;

/** TLS on BouncyCastle. Its jars need not be, and are not, made providers of the JVM. */
public final class BcTlsProvider implements TlsProvider {
    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;
    private final Map<TlsContext, ContextState> states = new WeakHashMap<>();

    /** For the service loader. */
    public BcTlsProvider() {
        this(InstantSource.system());
    }

    BcTlsProvider(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "bc";
    }

    @Override
    public TlsEngine engine(TlsStart start) throws HandleException {
        return engine(start, AeadRecords.RECORDS_A_KEY);
    }

    /** The same, with keys for so many records each. */
    BcEngine engine(TlsStart start, long recordsAKey) throws HandleException {
        ContextState state = state(start.context());
        Settings settings = state.settings(start.context().options(), start.role());
        Handshake handshake = start.role() == TlsRole.CLIENT
                ? new ClientHandshake(start, state, settings)
                : new ServerHandshake(start, state, settings, this);
        return new BcEngine(start.context().options(), handshake, recordsAKey);
    }

    @Override
    public void prepare(TlsContext context, TlsRole role) throws HandleException {
        Settings settings = state(context).settings(context.options(), role);
        if (role == TlsRole.SERVER) {
            ServerHandshake.checkIdentity(context.options(), settings);
        }
    }

    ContextState state(TlsContext context) {
        synchronized (states) {
            return states.computeIfAbsent(context, c -> new ContextState(c.options(), random, clock));
        }
    }
}
