package dev.haft.bench;

import dev.haft.HandleException;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsEngine;
import dev.haft.tls.TlsIdentity;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsProvider;
import dev.haft.tls.TlsStart;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.ServiceLoader;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** Who is compared: pairs of engines of each, with the same certificate, suite and group, and no check of chains. */
final class TlsPeers {
    /** The group that all peers know. */
    static final String X25519 = "x25519";

    private static final String SUITE = "TLS_AES_128_GCM_SHA256";
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final KeyStore store;
    private final PrivateKey key;
    private final List<X509Certificate> chain;

    /** With the key in a PKCS#12 file. */
    TlsPeers(Path file) throws IOException, GeneralSecurityException {
        store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        String alias = store.aliases().nextElement();
        key = (PrivateKey) store.getKey(alias, PASSWORD);
        chain = List.of((X509Certificate) store.getCertificate(alias));
    }

    /** Makes pairs that have not shaken hands. */
    interface Maker {
        TlsPipe make() throws Exception;

        /** A pair that has shaken hands. BoringSSL sends its tickets not before the first byte of the server: it follows. */
        default TlsPipe shaken() throws Exception {
            TlsPipe pipe = make();
            pipe.shake();
            pipe.pass(false, new byte[1], 1);
            return pipe;
        }
    }

    /** The JDK's groups are those of the property {@code jdk.tls.namedGroups}; hybrid ones it has none. */
    static boolean knows(String name, String group) {
        return !name.equals("jdk") || group.equals(X25519);
    }

    Maker maker(String name, String group, boolean resumption) throws GeneralSecurityException, IOException {
        return switch (name) {
            case "haft" -> haft(group, resumption);
            case "jdk" -> jdk(resumption);
            case "boringssl" -> boringssl(group, resumption);
            default -> throw new IllegalArgumentException("no such peer: " + name);
        };
    }

    /** For a server on sockets. */
    TlsOptions.Builder haftServer() {
        return haftBoth(X25519).identity(TlsIdentity.of(key, chain));
    }

    /** For a server on sockets; its clients say which group it is. */
    SslContext nettyServer(SslProvider engines) throws SSLException {
        return SslContextBuilder.forServer(key, chain.toArray(X509Certificate[]::new))
                .sslProvider(engines)
                .protocols("TLSv1.3")
                .ciphers(List.of(SUITE))
                .build();
    }

    private static TlsOptions.Builder haftBoth(String group) {
        return TlsOptions.builder().verify(false).ciphers(SUITE).groups(group);
    }

    private Maker haft(String group, boolean resumption) {
        TlsProvider provider = ServiceLoader.load(TlsProvider.class).findFirst().orElseThrow();
        TlsOptions.Builder both = haftBoth(group).resumption(resumption);
        TlsContext client = both.build().context();
        TlsContext server = both.identity(TlsIdentity.of(key, chain)).build().context();
        return () -> new HaftPipe(
                engine(provider, TlsStart.client(client, "localhost")), engine(provider, TlsStart.server(server)));
    }

    private static TlsEngine engine(TlsProvider provider, TlsStart start) throws HandleException {
        return provider.engine(start);
    }

    private Maker jdk(boolean resumption) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, PASSWORD);
        TrustAll trust = new TrustAll();
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), new TrustManager[] {trust}, null);
        return () -> {
            // Without a name it does not resume.
            SSLEngine client = resumption ? context.createSSLEngine("localhost", 443) : context.createSSLEngine();
            return JssePipe.onHeap(prepared(client, true), prepared(context.createSSLEngine(), false), trust);
        };
    }

    private static SSLEngine prepared(SSLEngine engine, boolean client) {
        engine.setUseClientMode(client);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        parameters.setCipherSuites(new String[] {SUITE});
        engine.setSSLParameters(parameters);
        return engine;
    }

    private Maker boringssl(String group, boolean resumption) throws IOException {
        TrustAll trust = new TrustAll();
        SslContext client = options(SslContextBuilder.forClient().trustManager(trust), group);
        SslContext server = options(SslContextBuilder.forServer(key, chain.toArray(X509Certificate[]::new)), group);
        ByteBufAllocator buffers = UnpooledByteBufAllocator.DEFAULT;
        return () -> JssePipe.direct(
                // Without a name it does not resume.
                resumption ? client.newEngine(buffers, "localhost", 443) : client.newEngine(buffers),
                server.newEngine(buffers),
                trust);
    }

    private static SslContext options(SslContextBuilder builder, String group) throws IOException {
        return builder.sslProvider(SslProvider.OPENSSL)
                .protocols("TLSv1.3")
                .ciphers(List.of(SUITE))
                .option(OpenSslContextOption.GROUPS, new String[] {group})
                .build();
    }
}
