package dev.haft.tls.bc;

import dev.haft.tls.PeerNameCheck;
import dev.haft.tls.TlsIdentity;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsSession.PeerVerification;
import dev.haft.tls.TlsStart;
import dev.haft.tls.TlsTrust;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.jspecify.annotations.Nullable;

/** Keys and certificates that options bring as objects. */
final class GivenCredentials implements Credentials, PeerVerifier {
    private final List<LoadedIdentity> identities;
    private final Set<TrustAnchor> anchors;
    private final List<PublicKey> keys;

    private GivenCredentials(List<LoadedIdentity> identities, Set<TrustAnchor> anchors, List<PublicKey> keys) {
        this.identities = identities;
        this.anchors = anchors;
        this.keys = keys;
    }

    static Credentials of(TlsOptions options) throws GeneralSecurityException {
        List<LoadedIdentity> identities = new ArrayList<>();
        for (TlsIdentity identity : options.identities()) {
            if (identity instanceof TlsIdentity.Keys given) {
                identities.add(new LoadedIdentity(
                        given.key(), given.chain(), given.chain().get(0).getPublicKey(), null));
            } else if (identity instanceof TlsIdentity.RawKeys raw) {
                identities.add(new LoadedIdentity(raw.key(), List.of(), raw.publicKey(), null));
            } else {
                throw new GeneralSecurityException("cannot load " + identity);
            }
        }
        Set<TrustAnchor> anchors = new HashSet<>();
        List<PublicKey> keys = new ArrayList<>();
        for (TlsTrust trust : options.trust()) {
            if (trust instanceof TlsTrust.Certificates given) {
                given.certificates().forEach(c -> anchors.add(new TrustAnchor(c, null)));
            } else if (trust instanceof TlsTrust.RawKeys raw) {
                keys.addAll(raw.keys());
            } else {
                throw new GeneralSecurityException("cannot load " + trust);
            }
        }
        return new GivenCredentials(identities, anchors, keys);
    }

    @Override
    public List<LoadedIdentity> identities() {
        return identities;
    }

    @Override
    public PeerVerifier verifier() {
        return this;
    }

    @Override
    public boolean isStale() {
        return false;
    }

    @Override
    public PeerVerification verify(TlsStart start, List<X509Certificate> chain, byte @Nullable [] ocspResponse)
            throws TlsFatalAlert {
        if (anchors.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.unknown_ca, "there is nobody to trust");
        }
        try {
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
        } catch (GeneralSecurityException e) {
            throw new TlsFatalAlert(AlertDescription.certificate_unknown, e.getMessage(), e);
        }
        if (start.role() == TlsRole.CLIENT
                && start.context().options().peerNameScheme().isChecked()) {
            checkName(start, chain.get(0));
        }
        return PeerVerification.VERIFIED;
    }

    private static void checkName(TlsStart start, X509Certificate certificate) throws TlsFatalAlert {
        String name = start.peerName();
        PeerNameCheck check = start.context().options().peerNameScheme().check().orElse((c, n) -> false);
        boolean matches;
        try {
            matches = name != null && check.matches(certificate, name);
        } catch (Exception e) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "the name cannot be checked", e);
        }
        if (!matches) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "the certificate is not one of " + name);
        }
    }

    @Override
    public PeerVerification verify(TlsStart start, PublicKey key) throws TlsFatalAlert {
        for (PublicKey known : keys) {
            if (MessageDigest.isEqual(known.getEncoded(), key.getEncoded())) {
                return PeerVerification.VERIFIED;
            }
        }
        throw new TlsFatalAlert(AlertDescription.certificate_unknown, "the raw public key is not known");
    }
}
