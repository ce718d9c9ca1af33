package dev.haft.engine.handle;

import dev.haft.Handle;
import dev.haft.engine.types.TlsProviders;

/** To whom handles belong: hears of the end of each. */
@FunctionalInterface
public interface Owner {
    /**
     * Nothing of the handle is left. On its loop, once.
     *
     * @param handle which
     */
    void ended(Handle handle);

    /** Who can do TLS for them; by default nobody. */
    default TlsProviders tls() {
        return new TlsProviders();
    }
}
