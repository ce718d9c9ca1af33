package dev.haft.tls.bc;

import dev.haft.tls.TlsProtocol;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsSession;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.tls.TlsFatalAlert;
import org.jspecify.annotations.Nullable;

/** A session: an agreement, looked into when asked, so that an idle connection is small. */
final class BcSession implements TlsSession {
    private static final byte[] NOTHING = {};

    private final Agreement agreed;

    BcSession(Agreement agreed) {
        this.agreed = agreed;
    }

    @Override
    public TlsRole role() {
        return agreed.role;
    }

    @Override
    public TlsProtocol protocol() {
        return TlsProtocol.ofCode(agreed.version);
    }

    @Override
    public String cipherSuite() {
        return Names.suite(agreed.suite);
    }

    @Override
    public @Nullable String group() {
        return agreed.group < 1 ? null : Names.group(agreed.group);
    }

    @Override
    public @Nullable String applicationProtocol() {
        return agreed.applicationProtocol;
    }

    @Override
    public @Nullable String serverName() {
        return agreed.serverName;
    }

    @Override
    public List<X509Certificate> peerCertificates() {
        try {
            return agreed.chain.certificates();
        } catch (TlsFatalAlert e) {
            // Shown to a program that does not verify.
            return List.of();
        }
    }

    @Override
    public @Nullable PublicKey peerPublicKey() {
        try {
            if (agreed.chain.isRaw()) {
                return agreed.chain.publicKey();
            }
            List<X509Certificate> chain = agreed.chain.certificates();
            return chain.isEmpty() ? null : chain.get(0).getPublicKey();
        } catch (TlsFatalAlert e) {
            return null;
        }
    }

    @Override
    public PeerVerification peerVerification() {
        return agreed.verification;
    }

    @Override
    public boolean isResumed() {
        return agreed.resumed;
    }

    @Override
    public byte @Nullable [] pskIdentity() {
        byte[] identity = agreed.pskIdentity;
        return identity == null ? null : identity.clone();
    }

    @Override
    public byte[] export(String label, byte @Nullable [] context, int length) {
        if (context != null && context.length > 0xffff) {
            throw new IllegalArgumentException("context: " + context.length + " bytes, must be at most 65535");
        }
        KeyDerivation derivation = agreed.derivation;
        if (length < 1 || length > 255 * derivation.bytes()) {
            throw new IllegalArgumentException("length: " + length + ", must be 1 to " + 255 * derivation.bytes());
        }
        if (agreed.isTls13()) {
            byte[] secret =
                    derivation.expandLabel(agreed.exporterSecret, label, derivation.hash(NOTHING), derivation.bytes());
            byte[] of = derivation.hash(context == null ? NOTHING : context);
            return derivation.expandLabel(secret, "exporter", of, length);
        }
        if (!agreed.extendedMasterSecret) {
            throw new UnsupportedOperationException("a session without extended master secret exports nothing");
        }
        byte[] seed = agreed.randoms;
        if (context != null) {
            byte[] size = {(byte) (context.length >>> 8), (byte) context.length};
            seed = Agreement.joined(seed, Agreement.joined(size, context));
        }
        return derivation.prf(agreed.exporterSecret, label, seed, length);
    }

    @Override
    public String toString() {
        return protocol() + " " + cipherSuite() + (agreed.resumed ? " resumed" : "");
    }
}
