package dev.haft.tls;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What an {@link SSLEngine} tells of its session. */
final class JsseSession implements TlsSession {
    private final TlsRole role;
    private final TlsProtocol protocol;
    private final String cipherSuite;
    private final @Nullable String applicationProtocol;
    private final @Nullable String serverName;
    private final List<X509Certificate> peerCertificates;
    private final boolean resumed;

    JsseSession(SSLEngine engine, long startedMillis) {
        SSLSession session = engine.getSession();
        role = engine.getUseClientMode() ? TlsRole.CLIENT : TlsRole.SERVER;
        protocol = TlsProtocol.of(session.getProtocol());
        cipherSuite = session.getCipherSuite();
        String chosen = engine.getApplicationProtocol();
        applicationProtocol = chosen == null || chosen.isEmpty() ? null : chosen;
        serverName = serverName(engine, session);
        peerCertificates = peerCertificates(session);
        // A session that was there before this handshake began goes on in it.
        resumed = session.getCreationTime() < startedMillis;
    }

    private static @Nullable String serverName(SSLEngine engine, SSLSession session) {
        List<SNIServerName> names = engine.getUseClientMode()
                ? engine.getSSLParameters().getServerNames()
                : session instanceof ExtendedSSLSession extended ? extended.getRequestedServerNames() : List.of();
        for (SNIServerName name : names == null ? List.<SNIServerName>of() : names) {
            if (name instanceof SNIHostName host) {
                return host.getAsciiName();
            }
            if (name.getType() == 0) {
                return new String(name.getEncoded(), StandardCharsets.US_ASCII);
            }
        }
        return null;
    }

    private static List<X509Certificate> peerCertificates(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return Arrays.stream(chain)
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }

    @Override
    public TlsRole role() {
        return role;
    }

    @Override
    public TlsProtocol protocol() {
        return protocol;
    }

    @Override
    public String cipherSuite() {
        return cipherSuite;
    }

    @Override
    public @Nullable String group() {
        return null;
    }

    @Override
    public @Nullable String applicationProtocol() {
        return applicationProtocol;
    }

    @Override
    public @Nullable String serverName() {
        return serverName;
    }

    @Override
    public List<X509Certificate> peerCertificates() {
        return peerCertificates;
    }

    @Override
    public @Nullable PublicKey peerPublicKey() {
        return peerCertificates.isEmpty() ? null : peerCertificates.get(0).getPublicKey();
    }

    /** What the engine's trust manager has looked at is not known here. */
    @Override
    public PeerVerification peerVerification() {
        return peerCertificates.isEmpty() ? PeerVerification.NONE : PeerVerification.UNVERIFIED;
    }

    @Override
    public boolean isResumed() {
        return resumed;
    }

    @Override
    public byte @Nullable [] pskIdentity() {
        return null;
    }

    @Override
    public byte[] export(String label, byte @Nullable [] context, int length) {
        throw new UnsupportedOperationException("JSSE has no exporter of keying material");
    }
}
