package dev.haft.tls.bc.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.junit.jupiter.api.Test;

/** Parity {@code tls.dh}. */
class NamesTest {
    @Test
    void groupsAreTakenByIanaNameInAnyCaseAndInOrder() {
        assertEquals(
                List.of(
                        NamedGroup.X25519MLKEM768,
                        NamedGroup.x25519,
                        NamedGroup.secp256r1,
                        NamedGroup.ffdhe2048,
                        NamedGroup.SecP256r1MLKEM768,
                        NamedGroup.MLKEM768),
                Names.groups(
                        List.of("x25519mlkem768", "X25519", "SECP256R1", "ffdhe2048", "SecP256r1MLKEM768", "MLKEM768"),
                        false));
        assertEquals(
                List.of(NamedGroup.secp256r1, NamedGroup.secp384r1),
                Names.groups(List.of("P-256", "prime256v1", "p-384"), false));
    }

    @Test
    void theHybridGroupIsTheFirstByDefault() {
        assertEquals(NamedGroup.X25519MLKEM768, Names.groups(List.of(), false).get(0));
    }

    @Test
    void unknownGroupsAreRefusedWithTheKnownOnes() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Names.groups(List.of("x25519", "x25520"), false));
        assertTrue(refused.getMessage().startsWith("groups: \"x25520\", must be one of ["), refused.getMessage());
        assertTrue(refused.getMessage().contains("x25519mlkem768"), refused.getMessage());
    }

    @Test
    void signatureSchemesAreTakenByIanaNameInAnyCase() {
        assertEquals(
                List.of(
                        SignatureScheme.mldsa65,
                        SignatureScheme.ed25519,
                        SignatureScheme.ecdsa_secp256r1_sha256,
                        SignatureScheme.rsa_pss_rsae_sha256),
                Names.signatureSchemes(List.of("MLDSA65", "ed25519", "ECDSA_secp256r1_SHA256", "rsa_pss_rsae_sha256")));
        assertThrows(IllegalArgumentException.class, () -> Names.signatureSchemes(List.of("rsa_md5")));
    }

    @Test
    void nothingWithSha1IsOnByDefault() {
        for (int scheme : Names.signatureSchemes(List.of())) {
            assertTrue(!SignatureScheme.getName(scheme).endsWith("sha1"), SignatureScheme.getName(scheme));
        }
    }

    @Test
    void allStandardGroupsCanBeHadFromBouncyCastle() {
        BcTlsCrypto crypto = new BcTlsCrypto();
        for (int group : Names.groups(List.of(), true)) {
            assertTrue(TlsUtils.isSupportedNamedGroup(crypto, group), () -> NamedGroup.getName(group));
        }
    }
}
