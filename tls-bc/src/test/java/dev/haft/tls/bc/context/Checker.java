package dev.haft.tls.bc.context;

import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsSession.PeerVerification;
import dev.haft.tls.TlsStart;
import java.io.IOException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.tls.TlsFatalAlert;

/** A check of peers whose chain can be looked at. */
record Checker(PeerCheck peers) {
    /** How it ended, and the chain that it was about. */
    record Checked(List<X509Certificate> certificates, PeerVerification verification) {}

    static Checker trusting(List<X509CRL> crls, Pki.Issued... trusted) {
        return new Checker(new PeerCheck(InstantSource.system(), store(crls, trusted), true));
    }

    static TrustStore store(List<X509CRL> crls, Pki.Issued... trusted) {
        List<Anchor> anchors = Arrays.stream(trusted)
                .map(issued -> Anchor.of(issued.certificate()))
                .toList();
        return new TrustStore(anchors, crls, List.of());
    }

    Checked check(TlsStart start, List<byte[]> sent, byte[] ocspResponse) throws TlsFatalAlert {
        List<X509Certificate> certificates = new ArrayList<>();
        for (byte[] encoded : sent) {
            try {
                certificates.add(Pem.certificate(encoded));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        AtomicReference<List<X509Certificate>> chain = new AtomicReference<>(List.of());
        TlsOptions options = start.context().options();
        TlsStart watched = options.verifyCallback() != null
                ? start
                : new TlsStart(
                        options.with()
                                .verifyCallback(verification -> {
                                    chain.set(verification.chain());
                                    return verification.accepted();
                                })
                                .build()
                                .context(),
                        start.role(),
                        start.peerName(),
                        start.peerPort(),
                        start.handle());
        PeerVerification verification = peers.verify(watched, certificates, ocspResponse);
        return new Checked(chain.get(), verification);
    }
}
