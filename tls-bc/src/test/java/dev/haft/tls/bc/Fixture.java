package dev.haft.tls.bc;

import dev.haft.HandleException;
import dev.haft.tls.PeerNameScheme;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsStart;

/** Keys and contexts that tests share. */
final class Fixture {
    static final Pki CA = Pki.authority();
    static final Pki.Given SERVER = CA.give("server.test", "P-256");
    static final Pki.Given CLIENT = CA.give("client.test", "P-256");

    private Fixture() {}

    static TlsOptions.Builder client() {
        return TlsOptions.builder()
                .trust(CA.trust())
                .peerNameScheme(PeerNameScheme.of(
                        (c, name) -> c.getSubjectX500Principal().getName().equals("CN=" + name)));
    }

    static TlsOptions.Builder server() {
        return TlsOptions.builder().identity(SERVER.identity());
    }

    static TlsPair pair(BcTlsProvider provider, TlsContext client, TlsContext server) throws HandleException {
        return new TlsPair(
                provider.engine(TlsStart.client(client, "server.test")), provider.engine(TlsStart.server(server)));
    }

    static TlsPair pair(TlsOptions.Builder client, TlsOptions.Builder server) throws HandleException {
        return pair(
                new BcTlsProvider(), client.build().context(), server.build().context());
    }
}
