package dev.haft.tls.bc.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.tls.TlsOcsp;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stapled OCSP responses (RFC 6960). */
class OcspCheckTest {
    private final Instant now = Instant.now();
    private final Instant later = now.plus(Duration.ofDays(1));

    private final Pki.Issued root;
    private final Pki.Issued own;

    @TempDir
    Path directory;

    OcspCheckTest() throws Exception {
        root = Pki.root(Pki.authority("Root"));
        own = Pki.issue(root, Pki.leaf("own.test").dns("own.test"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519", "ML-DSA-65"})
    void aResponseOfTheIssuerIsBelieved(String algorithm) throws Exception {
        Pki.Issued issuer = Pki.root(Pki.authority("Issuer").algorithm(algorithm));
        Pki.Issued peer = Pki.issue(issuer, Pki.leaf("own.test"));
        byte[] response =
                Pki.ocsp(peer.certificate(), issuer.certificate(), issuer, CertificateStatus.GOOD, now, later);
        assertNull(OcspCheck.problem(response, peer.certificate(), issuer.certificate(), now));
        for (int i = 60; i < 120; i++) { // all of them signed
            byte[] forged = response.clone();
            forged[i] ^= 1;
            assertNotNull(OcspCheck.problem(forged, peer.certificate(), issuer.certificate(), now), "byte " + i);
        }
    }

    @Test
    void aRevokedCertificateIsRefusedWithItsAlert() throws Exception {
        Problem problem = problem(root, new RevokedStatus(Date.from(now)), now, later);
        assertEquals(AlertDescription.certificate_revoked, problem.alert());
        assertTrue(problem.text().startsWith("was revoked on "), problem.text());
    }

    @Test
    void anUnknownStatusIsNotGood() throws Exception {
        Problem problem = problem(root, new UnknownStatus(), now, later);
        assertEquals(AlertDescription.bad_certificate_status_response, problem.alert());
    }

    @Test
    void oldAndFutureResponsesAreRefused() throws Exception {
        assertTrue(problem(root, CertificateStatus.GOOD, now.minusSeconds(9999), now.minusSeconds(999))
                .text()
                .contains("has expired"));
        assertTrue(problem(root, CertificateStatus.GOOD, now.plusSeconds(999), later)
                .text()
                .contains("is not valid before"));
        assertNull(
                problem(root, CertificateStatus.GOOD, now.minusSeconds(99), now.minusSeconds(9)), "clocks may differ");
        assertNull(problem(root, CertificateStatus.GOOD, now.minusSeconds(99), null));
        assertTrue(problem(root, CertificateStatus.GOOD, now.minus(Duration.ofDays(2)), null)
                .text()
                .contains("has expired"));
    }

    @Test
    void oneWhomTheIssuerHasChargedMaySign() throws Exception {
        Pki.Issued responder = Pki.issue(root, Pki.leaf("Responder").purposes(KeyPurposeId.id_kp_OCSPSigning));
        assertNull(problem(responder, CertificateStatus.GOOD, now, later));
        Pki.Issued expired = Pki.issue(
                root,
                Pki.leaf("Responder")
                        .purposes(KeyPurposeId.id_kp_OCSPSigning)
                        .valid(now.minusSeconds(9999), now.minusSeconds(99)));
        assertTrue(problem(expired, CertificateStatus.GOOD, now, later).text().contains("has expired"));
    }

    @Test
    void nobodyElseMaySign() throws Exception {
        Pki.Issued sibling = Pki.issue(root, Pki.leaf("Sibling"));
        assertTrue(problem(sibling, CertificateStatus.GOOD, now, later).text().contains("must not sign any"));
        Pki.Issued stranger = Pki.root(Pki.leaf("Stranger").purposes(KeyPurposeId.id_kp_OCSPSigning));
        assertNotNull(problem(stranger, CertificateStatus.GOOD, now, later));
        Pki.Issued sameName = Pki.root(Pki.authority("Root"));
        assertTrue(problem(sameName, CertificateStatus.GOOD, now, later).text().contains("has a wrong signature"));
    }

    @Test
    void aResponseAboutAnotherCertificateIsRefused() throws Exception {
        X509Certificate other = Pki.issue(root, Pki.leaf("other.test")).certificate();
        byte[] response = Pki.ocsp(other, root.certificate(), root, CertificateStatus.GOOD, now, later);
        Problem problem = OcspCheck.problem(response, own.certificate(), root.certificate(), now);
        assertNotNull(problem);
        assertTrue(problem.text().contains("about another certificate"), problem.text());
        assertNotNull(OcspCheck.problem(new byte[] {1, 2}, own.certificate(), root.certificate(), now));
        assertNotNull(OcspCheck.problem(new byte[0], own.certificate(), root.certificate(), now));
    }

    @Test
    void optionsSayWhetherOneMustBeThere() throws Exception {
        byte[] good = Pki.ocsp(own.certificate(), root.certificate(), root, CertificateStatus.GOOD, now, later);
        byte[] bad = {0};
        check(TlsOcsp.OFF, bad);
        check(TlsOcsp.CHECK, null);
        check(TlsOcsp.CHECK, good);
        check(TlsOcsp.REQUIRE, good);
        assertThrows(TlsFatalAlert.class, () -> check(TlsOcsp.CHECK, bad));
        TlsFatalAlert missing = assertThrows(TlsFatalAlert.class, () -> check(TlsOcsp.REQUIRE, null));
        assertEquals(AlertDescription.bad_certificate_status_response, missing.getAlertDescription());
    }

    @Test
    void whatACertificateSaysOfStaplingIsMinded() throws Exception {
        checkFeatures(Pki.leaf("own.test"));
        checkFeatures(Pki.leaf("own.test").features());
        checkFeatures(Pki.leaf("own.test").features(17, 23));
        TlsFatalAlert missing = assertThrows(
                TlsFatalAlert.class, () -> checkFeatures(Pki.leaf("own.test").features(23, 5)));
        assertEquals(AlertDescription.bad_certificate_status_response, missing.getAlertDescription());
    }

    @Test
    void whatSaysNothingThatCanBeReadIsDamaged() {
        TlsFatalAlert damaged = assertThrows(
                TlsFatalAlert.class, () -> checkFeatures(Pki.leaf("own.test").features(DERNull.INSTANCE)));
        assertEquals(AlertDescription.bad_certificate, damaged.getAlertDescription());
    }

    private void checkFeatures(Pki.Spec spec) throws Exception {
        Pki.Issued peer = Pki.issue(root, spec.dns("own.test"));
        Checker.trusting(List.of(), root)
                .check(TlsStart.client(TlsOptions.builder().build().context(), "own.test"), Pki.encoded(peer), null);
    }

    @Test
    void aResponseOfOpensslIsBelieved() throws Exception {
        Files.writeString(directory.resolve("root.pem"), Pki.pem(root.certificate()));
        Files.writeString(directory.resolve("root.key"), Pki.pem(root.key()));
        Files.writeString(directory.resolve("own.pem"), Pki.pem(own.certificate()));
        String serial = own.certificate().getSerialNumber().toString(16);
        Files.writeString(
                directory.resolve("index.txt"),
                "V\t491231235959Z\t\t" + (serial.length() % 2 == 0 ? "" : "0") + serial.toUpperCase(Locale.ROOT)
                        + "\tunknown\t/CN=own.test\n");
        Tool.openssl(directory, "ocsp -issuer root.pem -cert own.pem -no_nonce -reqout request.der");
        Tool.openssl(
                directory,
                "ocsp -index index.txt -rsigner root.pem -rkey root.key -CA root.pem -reqin request.der -ndays 1 -respout response.der");
        byte[] response = Files.readAllBytes(directory.resolve("response.der"));
        assertNull(OcspCheck.problem(response, own.certificate(), root.certificate(), Instant.now()));
    }

    private void check(TlsOcsp ocsp, byte[] response) throws Exception {
        TlsOptions options = TlsOptions.builder().ocsp(ocsp).build();
        Checker.trusting(List.of(), root)
                .check(TlsStart.client(options.context(), "own.test"), Pki.encoded(own), response);
    }

    private Problem problem(Pki.Issued signer, CertificateStatus status, Instant from, Instant until) throws Exception {
        byte[] response = Pki.ocsp(own.certificate(), root.certificate(), signer, status, from, until);
        return OcspCheck.problem(response, own.certificate(), root.certificate(), now);
    }
}
