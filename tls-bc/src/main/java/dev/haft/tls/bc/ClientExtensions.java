package dev.haft.tls.bc;

import java.nio.ByteBuffer;
import java.util.Hashtable;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.jspecify.annotations.Nullable;

/**
 * The extensions of a ClientHello. BouncyCastle takes each PSK for an external one, and says that it is of age 0: the age of
 * the ticket is put in here, on its way into the table (RFC 8446 §4.2.11.1). Servers such as GnuTLS look at it.
 */
final class ClientExtensions extends Hashtable<Object, Object> {
    private static final long serialVersionUID = 1L;

    private final transient ClientTickets.@Nullable Entry ticket;
    private final transient ContextState state;

    ClientExtensions(Hashtable<?, ?> from, ClientTickets.@Nullable Entry ticket, ContextState state) {
        this.ticket = ticket;
        this.state = state;
        putAll(from);
    }

    @Override
    public synchronized Object put(Object key, Object value) {
        ClientTickets.Entry offered = ticket;
        if (offered != null && TlsExtensionsUtils.EXT_pre_shared_key.equals(key)) {
            // The ticket is the first identity: its length, itself, its age.
            byte[] bytes = (byte[]) value;
            long age = state.nowMillis() - offered.receivedMillis + offered.ageAdd;
            ByteBuffer.wrap(bytes).putInt(2 + 2 + offered.identity.length, (int) age);
        }
        return super.put(key, value);
    }

    @Override
    public synchronized boolean equals(Object other) {
        return super.equals(other);
    }

    @Override
    public synchronized int hashCode() {
        return super.hashCode();
    }
}
