package dev.haft.tls.bc.context;

import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsSession.PeerVerification;
import dev.haft.tls.TlsStart;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a peer shows: the chain, what its keys are for, revocation, the name, and what the program's callback says to it.
 *
 * <p><b>Thread safety</b>: for any number of threads.
 *
 * <p><b>Errors</b>: a {@link TlsFatalAlert} whose message has the certificate and the reason.
 */
public final class PeerCheck {
    /** More than this is not sent as names of authorities: a client without hints shows what it has. */
    private static final int MOST_NAME_BYTES = 16_384;

    private final InstantSource clock;
    private final TrustStore trust;
    private final KnownSignatures signatures;
    private final Revocation revocation;
    private final boolean ownTrust;

    /**
     * A check.
     *
     * @param clock tells what has expired
     * @param trust whom to trust
     * @param ownTrust whether the program has said whom
     */
    PeerCheck(InstantSource clock, TrustStore trust, boolean ownTrust) {
        this(clock, trust, ownTrust, new KnownSignatures(CheckedCertificate::verify));
    }

    PeerCheck(InstantSource clock, TrustStore trust, boolean ownTrust, KnownSignatures signatures) {
        this.clock = clock;
        this.trust = trust;
        this.signatures = signatures;
        this.revocation = new Revocation(trust);
        this.ownTrust = ownTrust;
    }

    /**
     * Checks certificates.
     *
     * @param start what the engine was made for: its options, role and peer name
     * @param chain as the peer has sent them, its own first; not empty
     * @param ocspResponse what was stapled to the first one, in DER, or null
     * @return how far the peer can be believed
     * @throws TlsFatalAlert if the peer is refused
     */
    public PeerVerification verify(TlsStart start, List<X509Certificate> chain, byte @Nullable [] ocspResponse)
            throws TlsFatalAlert {
        return start.context().options().verify()
                ? examine(start, chain, ocspResponse).decide()
                : PeerVerification.UNVERIFIED;
    }

    /**
     * Checks a raw public key (RFC 7250).
     *
     * @param start what the engine was made for
     * @param key the peer's
     * @return how far the peer can be believed
     * @throws TlsFatalAlert if the key is not among those that are trusted
     */
    public PeerVerification verify(TlsStart start, PublicKey key) throws TlsFatalAlert {
        if (!start.context().options().verify()) {
            return PeerVerification.UNVERIFIED;
        }
        if (!trust.containsKey(key.getEncoded())) {
            throw new TlsFatalAlert(
                    AlertDescription.certificate_unknown, "the raw public key of the peer is not among those trusted");
        }
        return PeerVerification.VERIFIED;
    }

    /** Of several ways to an authority the first that passes; else the first. */
    private Examination examine(TlsStart start, List<X509Certificate> sent, byte @Nullable [] ocspResponse) {
        ChainBuilder builder = new ChainBuilder(
                trust,
                start.role() == TlsRole.CLIENT,
                sent,
                start.context().options().maxChainLength());
        Examination first = null;
        for (Chain chain : builder.chains()) {
            Examination examination = new Examination(
                    start, chain, builder.wasTooLong(), signatures, revocation, ocspResponse, clock.instant());
            if (examination.isClean()) {
                return examination;
            }
            first = first == null ? examination : first;
        }
        return Objects.requireNonNull(first);
    }

    /**
     * The names of the authorities, which a server sends so that clients can choose their certificate.
     *
     * @return in DER; empty: none are sent, because the program has named none or they are too many
     */
    public List<byte[]> authorityNames() {
        List<byte[]> names = ownTrust ? trust.clientAuthorities() : List.of();
        return names.stream().mapToInt(name -> name.length + 2).sum() > MOST_NAME_BYTES ? List.of() : names;
    }
}
