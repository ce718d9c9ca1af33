package dev.haft.tls.bc.context;

import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsSession.PeerVerification;
import dev.haft.tls.TlsStart;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
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

    private final Clock clock;
    private final @Nullable TrustStore trust;
    private final @Nullable Revocation revocation;
    private final boolean ownTrust;

    /**
     * A check.
     *
     * @param clock tells what has expired
     * @param trust whom to trust; null: nobody is to be verified
     * @param ownTrust whether the program has said whom
     */
    PeerCheck(Clock clock, @Nullable TrustStore trust, boolean ownTrust) {
        this.clock = clock;
        this.trust = trust;
        this.revocation = trust == null ? null : new Revocation(trust);
        this.ownTrust = ownTrust;
    }

    /**
     * What is known about a peer.
     *
     * @param certificates what it has shown, its own first; verified ones in order and up to the authority; empty: a raw key
     * @param publicKey its public key; null if this Java runtime knows no such keys
     * @param verification how far it can be believed
     */
    public record Peer(
            List<X509Certificate> certificates,
            @Nullable PublicKey publicKey,
            PeerVerification verification) {}

    /**
     * Checks certificates.
     *
     * @param start what the engine was made for: its options, role and peer name
     * @param chain as the peer has sent them, in DER, its own first; not empty
     * @param ocspResponse what was stapled to the first one, in DER, or null
     * @return the peer
     * @throws TlsFatalAlert if the peer is refused
     */
    public Peer check(TlsStart start, List<byte[]> chain, byte @Nullable [] ocspResponse) throws TlsFatalAlert {
        List<X509Certificate> sent = new ArrayList<>();
        for (byte[] encoded : chain) {
            try {
                sent.add(Pem.certificate(encoded));
            } catch (IOException e) {
                throw new TlsFatalAlert(
                        AlertDescription.bad_certificate, "certificate " + sent.size() + ": " + e.getMessage(), e);
            }
        }
        if (!start.context().options().verify() || trust == null) {
            return peer(sent, PeerVerification.UNVERIFIED);
        }
        return examine(start, sent, ocspResponse).decide();
    }

    /** Of several ways to an authority the first that passes; else the first. */
    private Examination examine(TlsStart start, List<X509Certificate> sent, byte @Nullable [] ocspResponse) {
        ChainBuilder builder = new ChainBuilder(
                Objects.requireNonNull(trust),
                start.role() == TlsRole.CLIENT,
                sent,
                start.context().options().maxChainLength());
        Examination first = null;
        for (Chain chain : builder.chains()) {
            Examination examination =
                    new Examination(start, chain, builder.wasTooLong(), revocation, ocspResponse, clock.instant());
            if (examination.isClean()) {
                return examination;
            }
            first = first == null ? examination : first;
        }
        return Objects.requireNonNull(first);
    }

    /**
     * Checks a raw public key (RFC 7250).
     *
     * @param start what the engine was made for
     * @param publicKey in DER (SubjectPublicKeyInfo)
     * @return the peer
     * @throws TlsFatalAlert if the key is not among those that are trusted
     */
    public Peer checkRawPublicKey(TlsStart start, byte[] publicKey) throws TlsFatalAlert {
        boolean verify = start.context().options().verify() && trust != null;
        if (verify && !trust.containsKey(publicKey)) {
            throw new TlsFatalAlert(
                    AlertDescription.certificate_unknown, "the raw public key of the peer is not among those trusted");
        }
        return new Peer(List.of(), publicKey(publicKey), verify ? PeerVerification.VERIFIED : PeerVerification.UNVERIFIED);
    }

    /**
     * Whether the peer may show a raw public key: some are trusted, or it is not verified.
     *
     * @return true if so
     */
    public boolean takesRawPublicKeys() {
        return trust != null && trust.hasRawKeys();
    }

    /**
     * The names of the authorities, which a server sends so that clients can choose their certificate.
     *
     * @return in DER; empty: none are sent, because the program has named none or they are too many
     */
    public List<byte[]> authorityNames() {
        if (trust == null || !ownTrust) {
            return List.of();
        }
        List<byte[]> names = trust.clientAuthorities();
        return names.stream().mapToInt(name -> name.length + 2).sum() > MOST_NAME_BYTES ? List.of() : names;
    }

    private static Peer peer(List<X509Certificate> certificates, PeerVerification verification) {
        return new Peer(List.copyOf(certificates), certificates.get(0).getPublicKey(), verification);
    }

    private static @Nullable PublicKey publicKey(byte[] encoded) throws TlsFatalAlert {
        try {
            ASN1ObjectIdentifier algorithm =
                    SubjectPublicKeyInfo.getInstance(encoded).getAlgorithm().getAlgorithm();
            // Java 17 does not know the number of EC
            String name = algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey) ? "EC" : algorithm.getId();
            return KeyFactory.getInstance(name).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            return null;
        } catch (RuntimeException e) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "the raw public key of the peer is damaged", e);
        }
    }
}
