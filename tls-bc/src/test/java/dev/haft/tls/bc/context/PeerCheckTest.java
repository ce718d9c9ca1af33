package dev.haft.tls.bc.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.tls.PeerNameScheme;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsSession.PeerVerification;
import dev.haft.tls.TlsStart;
import java.security.PublicKey;
import java.security.Security;
import java.security.SignatureException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chains, purposes, revocation lists and the callback. Parity {@code tls.verify}, {@code tls.verify_cb}, {@code tls.crl}. */
class PeerCheckTest {
    private final Instant now = Instant.now();
    private static final String NAME = "own.test";

    private final Pki.Issued root;
    private final Pki.Issued middle;
    private final Pki.Issued own;

    PeerCheckTest() throws Exception {
        root = Pki.root(Pki.authority("Root"));
        middle = Pki.issue(root, Pki.authority("Middle"));
        own = Pki.issue(middle, Pki.leaf(NAME).dns(NAME));
    }

    @Test
    void aChainToAnAuthorityIsAccepted() throws Exception {
        Checker.Checked peer = check(root).check(client(), Pki.encoded(own, middle), null);
        assertEquals(PeerVerification.VERIFIED, peer.verification());
        assertEquals(List.of(own.certificate(), middle.certificate(), root.certificate()), peer.certificates());
    }

    @Test
    void whatIsSentMayBeInAnyOrderAndMoreThanIsNeeded() throws Exception {
        Pki.Issued stranger = Pki.root(Pki.authority("Stranger"));
        Checker.Checked peer = check(root).check(client(), Pki.encoded(own, root, stranger, middle, middle), null);
        assertEquals(3, peer.certificates().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "Ed25519", "Ed448", "ML-DSA-44", "ML-DSA-65", "ML-DSA-87"})
    void chainsOfAllKindsOfKeysAreCheckedWithoutRegisteringAProvider(String algorithm) throws Exception {
        List<String> before =
                Arrays.stream(Security.getProviders()).map(Object::toString).toList();
        Pki.Issued authority = Pki.root(Pki.authority("Root").algorithm(algorithm));
        Pki.Issued between = Pki.issue(authority, Pki.authority("Middle").algorithm(algorithm));
        Pki.Issued peer = Pki.issue(between, Pki.leaf(NAME).dns(NAME).algorithm(algorithm));
        assertEquals(
                PeerVerification.VERIFIED,
                check(authority)
                        .check(client(), Pki.encoded(peer, between), null)
                        .verification());
        // an authority of the same name and another key
        Pki.Issued other = Pki.root(Pki.authority("Root").algorithm(algorithm));
        TlsFatalAlert refused = refused(check(other), client(), peer, between);
        assertEquals(AlertDescription.unknown_ca, refused.getAlertDescription());
        assertEquals(
                before,
                Arrays.stream(Security.getProviders()).map(Object::toString).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519", "ML-DSA-65"})
    void aForgedSignatureIsNoticed(String algorithm) throws Exception {
        Pki.Issued authority = Pki.root(Pki.authority("Root").algorithm(algorithm));
        Pki.Issued peer = Pki.issue(authority, Pki.leaf(NAME).dns(NAME));
        byte[] forged = peer.certificate().getEncoded();
        forged[forged.length - 1] ^= 1;
        TlsFatalAlert refused =
                assertThrows(TlsFatalAlert.class, () -> check(authority).check(client(), List.of(forged), null));
        assertEquals(AlertDescription.decrypt_error, refused.getAlertDescription());
        assertTrue(refused.getMessage().contains("CN=own.test at depth 0 has a wrong signature"), refused.getMessage());
    }

    @Test
    void anExpiredCertificateIsRefusedWithItsAlert() throws Exception {
        Pki.Issued old =
                Pki.issue(middle, Pki.leaf(NAME).dns(NAME).valid(now.minusSeconds(9999), now.minusSeconds(99)));
        TlsFatalAlert refused = refused(check(root), client(), old, middle);
        assertEquals(AlertDescription.certificate_expired, refused.getAlertDescription());
        assertTrue(refused.getMessage().contains("CN=own.test at depth 0 has expired on"), refused.getMessage());
    }

    @Test
    void oneThatIsNotYetValidIsRefused() throws Exception {
        Pki.Issued early = Pki.issue(middle, Pki.leaf(NAME).dns(NAME).valid(now.plusSeconds(99), now.plusSeconds(999)));
        assertTrue(refused(check(root), client(), early, middle).getMessage().contains("is not valid before"));
    }

    @Test
    void anExpiredAuthorityIsRefusedToo() throws Exception {
        Pki.Issued old = Pki.root(Pki.authority("Old").valid(now.minusSeconds(9999), now.minusSeconds(99)));
        Pki.Issued peer = Pki.issue(old, Pki.leaf(NAME).dns(NAME));
        TlsFatalAlert refused = refused(check(old), client(), peer);
        assertEquals(AlertDescription.certificate_expired, refused.getAlertDescription());
        assertTrue(refused.getMessage().contains("CN=Old at depth 1"), refused.getMessage());
    }

    @Test
    void aStrangerIsRefusedAsUnknownCa() throws Exception {
        Pki.Issued stranger = Pki.root(Pki.authority("Stranger"));
        TlsFatalAlert refused = refused(check(stranger), client(), own, middle);
        assertEquals(AlertDescription.unknown_ca, refused.getAlertDescription());
        assertTrue(
                refused.getMessage()
                        .contains("CN=Middle at depth 1 has an issuer that is not known or not trusted: CN=Root"),
                refused.getMessage());
        assertTrue(refused(check(stranger), client(), Pki.root(Pki.leaf(NAME).dns(NAME)))
                .getMessage()
                .contains("is self-signed and not among those trusted"));
    }

    @Test
    void aCertificateThatIsTrustedItselfNeedsNoAuthority() throws Exception {
        Pki.Issued selfSigned = Pki.root(Pki.leaf(NAME).dns(NAME));
        assertEquals(
                PeerVerification.VERIFIED,
                check(selfSigned).check(client(), Pki.encoded(selfSigned), null).verification());
        assertEquals(
                List.of(own.certificate()),
                check(own).check(client(), Pki.encoded(own, middle), null).certificates());
        assertEquals(
                List.of(own.certificate(), middle.certificate()),
                check(middle).check(client(), Pki.encoded(own), null).certificates());
    }

    @Test
    void ofSeveralWaysToAnAuthorityOneThatPassesIsTaken() throws Exception {
        // the same authority, known by its own certificate, which has expired, and by one of another authority
        Pki.Issued expired = Pki.root(Pki.authority("Old").valid(now.minusSeconds(9999), now.minusSeconds(99)));
        X509Certificate crossSigned = Pki.certify(root, expired, Pki.authority("Old"));
        Pki.Issued peer = Pki.issue(expired, Pki.leaf(NAME).dns(NAME));
        List<byte[]> sent = new ArrayList<>(Pki.encoded(peer));
        sent.add(crossSigned.getEncoded());
        Checker both = check(expired, root);
        assertEquals(
                List.of(peer.certificate(), crossSigned, root.certificate()),
                check(root).check(client(), sent, null).certificates());
        assertEquals(
                List.of(peer.certificate(), crossSigned, root.certificate()),
                both.check(client(), sent, null).certificates());
    }

    @Test
    void certificatesThatSeemToHaveIssuedEachOtherCostLittle() throws Exception {
        Pki.Issued loop = Pki.root(Pki.authority("Loop"));
        Pki.Issued keys = Pki.root(Pki.leaf("x"));
        List<byte[]> sent = new ArrayList<>();
        sent.add(Pki.certify(loop, keys, Pki.leaf(NAME).withoutIds()).getEncoded());
        for (int i = 0; i < 30; i++) {
            sent.add(Pki.certify(loop, keys, Pki.authority("Loop").withoutIds()).getEncoded());
        }
        long start = System.nanoTime();
        assertThrows(TlsFatalAlert.class, () -> check(root).check(client(), sent, null));
        assertTrue(System.nanoTime() - start < 5_000_000_000L);
    }

    @Test
    void aChainThatIsTooLongIsRefused() throws Exception {
        TlsOptions.Builder options = TlsOptions.builder();
        assertEquals(
                3,
                check(root)
                        .check(client(options.maxChainLength(3)), Pki.encoded(own, middle), null)
                        .certificates()
                        .size());
        TlsFatalAlert refused = refused(check(root), client(options.maxChainLength(2)), own, middle);
        assertEquals(AlertDescription.unknown_ca, refused.getAlertDescription());
        assertTrue(refused.getMessage().contains("in a chain of more than 2 certificates"), refused.getMessage());
    }

    @Test
    void whoIsNoAuthorityCannotIssue() throws Exception {
        Pki.Issued forged = Pki.issue(own, Pki.leaf("victim.test").dns(NAME));
        TlsFatalAlert refused = refused(check(root), client(), forged, own, middle);
        assertTrue(refused.getMessage().contains("CN=own.test at depth 1"), refused.getMessage());
        Pki.Issued noSigner = Pki.issue(root, Pki.authority("No signer").usage(KeyUsage.digitalSignature));
        Pki.Issued peer = Pki.issue(noSigner, Pki.leaf(NAME).dns(NAME));
        assertTrue(refused(check(root), client(), peer, noSigner).getMessage().contains("must not sign certificates"));
    }

    @Test
    void pathLengthsHoldThatOfTheAuthorityIncluded() throws Exception {
        Pki.Issued narrow = Pki.root(Pki.authority("Narrow").pathLength(0));
        Pki.Issued below = Pki.issue(narrow, Pki.authority("Below"));
        Pki.Issued peer = Pki.issue(below, Pki.leaf(NAME).dns(NAME));
        assertTrue(refused(check(narrow), client(), peer, below).getMessage().contains("path length"));
        Pki.Issued direct = Pki.issue(narrow, Pki.leaf(NAME).dns(NAME));
        assertEquals(
                2,
                check(narrow)
                        .check(client(), Pki.encoded(direct), null)
                        .certificates()
                        .size());
    }

    @Test
    void nameConstraintsHoldThoseOfTheAuthorityIncluded() throws Exception {
        for (Pki.Issued authority : List.of(
                Pki.root(Pki.authority("Constrained").permitted("inside.test")),
                Pki.issue(root, Pki.authority("Constrained").permitted("inside.test")))) {
            Pki.Issued outside = Pki.issue(authority, Pki.leaf("x").dns(NAME));
            TlsFatalAlert refused = refused(check(root, authority), client(), outside, authority);
            assertTrue(
                    refused.getMessage().contains("has a name that an authority above must not give"),
                    refused.getMessage());
            Pki.Issued inside = Pki.issue(authority, Pki.leaf("x").dns("a.inside.test"));
            TlsStart start = start(TlsRole.CLIENT, TlsOptions.builder(), "a.inside.test");
            assertEquals(
                    PeerVerification.VERIFIED,
                    check(root, authority)
                            .check(start, Pki.encoded(inside, authority), null)
                            .verification());
        }
    }

    @Test
    void anUnknownCriticalExtensionIsRefused() throws Exception {
        Pki.Issued odd = Pki.issue(middle, Pki.leaf(NAME).dns(NAME).unknownCritical());
        TlsFatalAlert refused = refused(check(root), client(), odd, middle);
        assertEquals(AlertDescription.unsupported_certificate, refused.getAlertDescription());
    }

    @Test
    void keysMustBeForWhatTheyAreUsedFor() throws Exception {
        Pki.Issued server = Pki.issue(middle, Pki.leaf(NAME).dns(NAME).purposes(KeyPurposeId.id_kp_serverAuth));
        Pki.Issued client = Pki.issue(middle, Pki.leaf(NAME).dns(NAME).purposes(KeyPurposeId.id_kp_clientAuth));
        Pki.Issued any = Pki.issue(middle, Pki.leaf(NAME).dns(NAME).purposes(KeyPurposeId.anyExtendedKeyUsage));
        check(root).check(client(), Pki.encoded(server, middle), null);
        check(root).check(server(), Pki.encoded(client, middle), null);
        check(root).check(client(), Pki.encoded(any, middle), null);
        TlsFatalAlert refused = refused(check(root), client(), client, middle);
        assertEquals(AlertDescription.unsupported_certificate, refused.getAlertDescription());
        assertTrue(refused.getMessage().contains("is not for TLS servers"), refused.getMessage());
        assertTrue(refused(check(root), server(), server, middle).getMessage().contains("is not for TLS clients"));

        Pki.Issued mail = Pki.issue(root, Pki.authority("Mail").purposes(KeyPurposeId.id_kp_emailProtection));
        Pki.Issued peer = Pki.issue(mail, Pki.leaf(NAME).dns(NAME));
        assertTrue(refused(check(root), client(), peer, mail).getMessage().contains("CN=Mail at depth 1 is not for"));
        Pki.Issued list = Pki.issue(middle, Pki.leaf(NAME).dns(NAME).usage(KeyUsage.cRLSign));
        assertTrue(refused(check(root), client(), list, middle).getMessage().contains("(key usage)"));
    }

    @Test
    void theNameIsCheckedOfServersOnly() throws Exception {
        Pki.Issued other = Pki.issue(middle, Pki.leaf("other.test").dns("other.test"));
        TlsFatalAlert refused = refused(check(root), client(), other, middle);
        assertEquals(AlertDescription.certificate_unknown, refused.getAlertDescription());
        assertTrue(
                refused.getMessage().contains("CN=other.test at depth 0 is not that of own.test but of other.test"),
                refused.getMessage());
        check(root).check(server(), Pki.encoded(other, middle), null);
        check(root)
                .check(
                        client(TlsOptions.builder().peerNameScheme(PeerNameScheme.none())),
                        Pki.encoded(other, middle),
                        null);
        TlsStart nameless = start(TlsRole.CLIENT, TlsOptions.builder(), null);
        assertTrue(refused(check(root), nameless, other, middle).getMessage().contains("there is none"));
    }

    @Test
    void withoutVerificationAnythingGoes() throws Exception {
        TlsOptions.Builder off = TlsOptions.builder().verify(false);
        Checker.Checked peer = check(root).check(client(off), Pki.encoded(Pki.root(Pki.leaf("x"))), null);
        assertEquals(PeerVerification.UNVERIFIED, peer.verification());
    }

    @Test
    void theCallbackIsAskedFromTheAuthorityDown() throws Exception {
        List<String> asked = new ArrayList<>();
        TlsOptions.Builder options = TlsOptions.builder().verifyCallback(verification -> {
            asked.add(verification.depth() + " "
                    + verification.certificate().getSubjectX500Principal().getName() + " " + verification.accepted());
            return verification.accepted();
        });
        assertEquals(
                PeerVerification.VERIFIED,
                check(root)
                        .check(client(options), Pki.encoded(own, middle), null)
                        .verification());
        assertEquals(List.of("2 CN=Root true", "1 CN=Middle true", "0 CN=own.test true"), asked);
    }

    @Test
    void theCallbackMayAcceptWhatIsWrongAndIsToldOfAllThatIs() throws Exception {
        Pki.Issued old = Pki.issue(root, Pki.authority("Middle").valid(now.minusSeconds(9999), now.minusSeconds(99)));
        Pki.Issued peer = Pki.issue(old, Pki.leaf("other.test").valid(now.minusSeconds(999), now.minusSeconds(9)));
        List<String> problems = new ArrayList<>();
        TlsOptions.Builder options = TlsOptions.builder().verifyCallback(verification -> {
            problems.add(verification.depth() + " " + verification.problem());
            return true;
        });
        Checker.Checked accepted = check(root).check(client(options), Pki.encoded(peer, old), null);
        assertEquals(PeerVerification.OVERRIDDEN, accepted.verification());
        assertEquals("2 null", problems.get(0));
        assertTrue(problems.get(1).startsWith("1 has expired"), problems.toString());
        assertTrue(problems.get(2).startsWith("0 has expired"), problems.toString());
    }

    @Test
    void theCallbackIsAskedAboutWhatWasSentIfThereIsNoAuthority() throws Exception {
        Pki.Issued stranger = Pki.root(Pki.authority("Stranger"));
        List<String> asked = new ArrayList<>();
        TlsOptions.Builder options = TlsOptions.builder().verifyCallback(verification -> {
            asked.add(verification.depth() + " " + verification.accepted());
            return verification.chain().get(0).equals(own.certificate());
        });
        assertEquals(
                PeerVerification.OVERRIDDEN,
                check(stranger)
                        .check(client(options), Pki.encoded(own, middle), null)
                        .verification());
        assertEquals(List.of("1 false", "0 true"), asked);
    }

    @Test
    void theCallbackMayRefuseAndItsFailureRefuses() throws Exception {
        TlsFatalAlert refused = refused(
                check(root),
                client(TlsOptions.builder().verifyCallback(verification -> verification.depth() > 0)),
                own,
                middle);
        assertTrue(
                refused.getMessage().contains("CN=own.test at depth 0 was refused by the program"),
                refused.getMessage());
        TlsFatalAlert failed = refused(
                check(root),
                client(TlsOptions.builder().verifyCallback(verification -> {
                    throw new IllegalStateException("no directory");
                })),
                own,
                middle);
        assertTrue(failed.getMessage().contains("no directory"), failed.getMessage());
        assertEquals("no directory", failed.getCause().getMessage());
    }

    @Test
    void revocationListsAreLookedIntoForTheWholeChain() throws Exception {
        Instant later = now.plus(Duration.ofDays(1));
        TlsStart start = client(TlsOptions.builder().checkCrl(true));
        X509CRL rootsEmpty = Pki.crl(root, later);
        X509CRL middlesEmpty = Pki.crl(middle, later);
        assertEquals(
                3,
                check(List.of(rootsEmpty, middlesEmpty), root)
                        .check(start, Pki.encoded(own, middle), null)
                        .certificates()
                        .size());

        TlsFatalAlert revoked = refused(
                check(List.of(rootsEmpty, Pki.crl(middle, later, own.certificate())), root), start, own, middle);
        assertEquals(AlertDescription.certificate_revoked, revoked.getAlertDescription());
        assertTrue(revoked.getMessage().contains("CN=own.test at depth 0 was revoked on"), revoked.getMessage());
        assertTrue(revoked.getMessage().contains("KEY_COMPROMISE"), revoked.getMessage());
        assertTrue(refused(
                        check(List.of(Pki.crl(root, later, middle.certificate()), middlesEmpty), root),
                        start,
                        own,
                        middle)
                .getMessage()
                .contains("CN=Middle at depth 1 was revoked"));
    }

    @Test
    void aListThatIsMissingOldOrForgedRefuses() throws Exception {
        Instant later = now.plus(Duration.ofDays(1));
        TlsStart start = client(TlsOptions.builder().checkCrl(true));
        X509CRL roots = Pki.crl(root, later);
        assertTrue(refused(check(List.of(roots), root), start, own, middle)
                .getMessage()
                .contains("there is no revocation list of CN=Middle"));
        assertTrue(refused(check(List.of(roots, Pki.crl(middle, now.minusSeconds(9))), root), start, own, middle)
                .getMessage()
                .contains("has expired"));
        Pki.Issued forger = Pki.root(Pki.authority("Middle"));
        assertTrue(refused(check(List.of(roots, Pki.crl(forger, later)), root), start, own, middle)
                .getMessage()
                .contains("has a wrong signature"));
        // not wanted: not looked into
        check(List.of(roots, Pki.crl(middle, later, own.certificate())), root)
                .check(client(), Pki.encoded(own, middle), null);
    }

    @Test
    void rawPublicKeysAreAcceptedIfTheyAreKnown() throws Exception {
        PublicKey known = Pki.keys("Ed25519").getPublic();
        PublicKey other = Pki.keys("Ed25519").getPublic();
        PeerCheck check =
                new PeerCheck(InstantSource.system(), new TrustStore(List.of(), List.of(), List.of(known)), true);
        assertEquals(PeerVerification.VERIFIED, check.verify(client(), known));
        assertThrows(TlsFatalAlert.class, () -> check.verify(client(), other));
        TlsStart off = client(TlsOptions.builder().verify(false));
        assertEquals(PeerVerification.UNVERIFIED, check.verify(off, other));
    }

    @Test
    void theNamesOfAuthoritiesAreToldOnlyIfTheProgramHasNamedThem() {
        assertEquals(1, check(root).peers().authorityNames().size());
        PeerCheck system = new PeerCheck(InstantSource.system(), Checker.store(List.of(), root), false);
        assertEquals(List.of(), system.authorityNames());
    }

    @Test
    void aSignatureThatWasRightIsNotCheckedAgain() throws Exception {
        AtomicInteger checks = new AtomicInteger();
        Checker check = counting(checks, root);
        for (int i = 0; i < 5; i++) {
            check.check(client(), Pki.encoded(own, middle), null);
        }
        assertEquals(2, checks.get());
        check.check(client(), Pki.encoded(Pki.issue(middle, Pki.leaf(NAME).dns(NAME)), middle), null);
        assertEquals(3, checks.get());
    }

    @Test
    void aSignatureThatWasWrongIsCheckedAgain() throws Exception {
        AtomicInteger checks = new AtomicInteger();
        Pki.Issued other = Pki.root(Pki.authority("Root"));
        X509Certificate forged =
                Pki.certify(other, own, Pki.leaf(NAME).dns(NAME).withoutIds());
        Checker check = counting(checks, root);
        for (int i = 1; i <= 3; i++) {
            assertThrows(TlsFatalAlert.class, () -> check.check(client(), List.of(forged.getEncoded()), null));
            assertEquals(i, checks.get());
        }
    }

    /** What is known of a key must not be believed of another one with the same name. */
    @Test
    void aSignatureIsKnownWithItsSignerOnly() throws Exception {
        KnownSignatures signatures = new KnownSignatures(CheckedCertificate::verify);
        signatures.verify(own.certificate(), middle.certificate().getPublicKey());
        PublicKey other = Pki.root(Pki.authority("Middle")).certificate().getPublicKey();
        assertThrows(SignatureException.class, () -> signatures.verify(own.certificate(), other));
    }

    private static Checker counting(AtomicInteger checks, Pki.Issued trusted) {
        return new Checker(new PeerCheck(
                InstantSource.system(),
                Checker.store(List.of(), trusted),
                true,
                new KnownSignatures((certificate, key) -> {
                    checks.incrementAndGet();
                    CheckedCertificate.verify(certificate, key);
                })));
    }

    private static TlsFatalAlert refused(Checker check, TlsStart start, Pki.Issued... sent) throws Exception {
        List<byte[]> encoded = Pki.encoded(sent);
        return assertThrows(TlsFatalAlert.class, () -> check.check(start, encoded, null));
    }

    private static Checker check(Pki.Issued... trusted) {
        return Checker.trusting(List.of(), trusted);
    }

    private static Checker check(List<X509CRL> crls, Pki.Issued... trusted) {
        return Checker.trusting(crls, trusted);
    }

    private static TlsStart client() {
        return client(TlsOptions.builder());
    }

    private static TlsStart client(TlsOptions.Builder options) {
        return start(TlsRole.CLIENT, options, NAME);
    }

    private static TlsStart server() {
        return start(TlsRole.SERVER, TlsOptions.builder(), null);
    }

    private static TlsStart start(TlsRole role, TlsOptions.Builder options, String peerName) {
        return new TlsStart(options.build().context(), role, peerName, 0, null);
    }
}
