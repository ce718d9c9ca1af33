package dev.haft.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.haft.tls.TlsIdentity;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsTrust;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SelfSignedTest {
    private static final SelfSigned MADE = SelfSigned.make();

    @Test
    void theCertificateIsForThisMachineAndHoldsForAMonth() throws Exception {
        Set<Object> names = MADE.certificate().getSubjectAlternativeNames().stream()
                .map(name -> name.get(1))
                .collect(Collectors.toSet());
        assertEquals(Set.of("localhost", "127.0.0.1"), names);
        Instant end = MADE.certificate().getNotAfter().toInstant();
        assertEquals(
                30,
                Duration.between(MADE.certificate().getNotBefore().toInstant(), end)
                        .toDays());
        MADE.certificate().checkValidity();
    }

    @Test
    void whatTheKeySignsTheCertificateVerifies() throws Exception {
        byte[] text = {1, 2, 3};
        Signature signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign(MADE.key());
        signing.update(text);
        Signature verifying = Signature.getInstance("SHA256withECDSA");
        verifying.initVerify(MADE.certificate());
        verifying.update(text);
        assertEquals(true, verifying.verify(signing.sign()));
    }

    @Test
    void theOptionsShowItAndTrustNothingElse() {
        TlsOptions options = MADE.options().build();
        assertEquals(List.of(TlsIdentity.of(MADE.key(), List.of(MADE.certificate()))), options.identities());
        assertEquals(List.of(TlsTrust.certificates(List.of(MADE.certificate()))), options.trust());
    }

    @Test
    void eachIsAnotherOne() {
        assertNotEquals(MADE.certificate(), SelfSigned.make().certificate());
    }
}
