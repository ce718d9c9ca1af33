package dev.haft.tls.bc;

import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsSession.PeerVerification;
import java.nio.charset.StandardCharsets;
import java.util.Vector;
import org.bouncycastle.tls.NameType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.jspecify.annotations.Nullable;

/** What a handshake has agreed on, taken from BouncyCastle before it forgets it. Collects; then read only. */
final class Agreement {
    final TlsRole role;
    final int version;
    final int suite;
    final int group;
    final KeyDerivation derivation;
    final @Nullable String applicationProtocol;
    final @Nullable String serverName;
    final boolean resumed;
    final boolean extendedMasterSecret;
    final int fragmentLimit;

    /** The master secret of TLS 1.2, or the exporter's of TLS 1.3. */
    final byte[] exporterSecret;

    /** The client's random and the server's; of TLS 1.2 only. */
    final byte[] randoms;

    PeerChain chain = PeerChain.EMPTY;
    PeerVerification verification = PeerVerification.NONE;
    byte @Nullable [] pskIdentity;

    Agreement(TlsRole role, SecurityParameters handshake, HybridCrypto crypto, boolean resumed) {
        this.role = role;
        this.resumed = resumed;
        version = handshake.getNegotiatedVersion().getFullVersion();
        suite = handshake.getCipherSuite();
        group = handshake.getNegotiatedGroup() > 0 ? handshake.getNegotiatedGroup() : crypto.group();
        derivation = HybridCrypto.derivation(handshake);
        applicationProtocol = handshake.getApplicationProtocol() == null
                ? null
                : handshake.getApplicationProtocol().getUtf8Decoding();
        serverName = serverName(handshake.getClientServerNames());
        extendedMasterSecret = handshake.isExtendedMasterSecret();
        int limitCode = handshake.getMaxFragmentLength();
        fragmentLimit = limitCode < 1 ? 1 << 14 : 1 << (8 + limitCode);
        TlsSecret exporter = isTls13() ? handshake.getExporterMasterSecret() : handshake.getMasterSecret();
        exporterSecret = crypto.bytes(exporter);
        randoms = isTls13() ? new byte[0] : joined(handshake.getClientRandom(), handshake.getServerRandom());
    }

    boolean isTls13() {
        return version == ProtocolVersion.TLSv13.getFullVersion();
    }

    static @Nullable String serverName(@Nullable Vector<?> names) {
        if (names != null) {
            for (Object name : names) {
                if (name instanceof ServerName server && server.getNameType() == NameType.host_name) {
                    return new String(server.getNameData(), StandardCharsets.US_ASCII);
                }
            }
        }
        return null;
    }

    static byte[] joined(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
