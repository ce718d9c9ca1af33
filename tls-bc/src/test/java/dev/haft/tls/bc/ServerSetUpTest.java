package dev.haft.tls.bc;

import static dev.haft.tls.bc.Fixture.server;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsIdentity;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsProtocol;
import dev.haft.tls.TlsPsk;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsStart;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that could never make a handshake is told so before a client is. */
class ServerSetUpTest {
    private static final Pki.Given RSA = Fixture.CA.give("rsa.test", "RSA");

    private final BcTlsProvider provider = new BcTlsProvider();

    private static TlsOptions.Builder of(String key) {
        TlsIdentity identity = key.equals("RSA") ? RSA.identity() : Fixture.SERVER.identity();
        return TlsOptions.builder().identity(identity);
    }

    private void assertRefused(TlsOptions.Builder options, String name) {
        TlsContext context = options.build().context();
        HandleException error = assertThrows(HandleException.class, () -> provider.prepare(context, TlsRole.SERVER));
        assertEquals(ErrorCode.TLS_FAILED, error.code());
        assertTrue(error.getMessage().contains("no identity"), error.getMessage());
        assertTrue(error.getMessage().contains(name), error.getMessage());
        assertThrows(HandleException.class, () -> provider.engine(TlsStart.server(context)));
    }

    private void assertTaken(TlsOptions.Builder options) {
        TlsContext context = options.build().context();
        assertDoesNotThrow(() -> provider.prepare(context, TlsRole.SERVER));
        assertDoesNotThrow(() -> provider.engine(TlsStart.server(context)));
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, AES128-SHA",
        "RSA, ECDHE-ECDSA-AES128-GCM-SHA256",
        "P-256, AES128-SHA:ECDHE-RSA-AES128-GCM-SHA256",
    })
    void suitesThatNoKeyGoesWithAreRefused(String key, String ciphers) {
        TlsOptions.Builder options = of(key).protocols(TlsProtocol.TLS_1_2).ciphers(ciphers);
        assertRefused(options, ciphers);
        // Its suites go with any key.
        assertTaken(options.protocols(TlsProtocol.TLS_1_2, TlsProtocol.TLS_1_3));
    }

    @ParameterizedTest
    @CsvSource({"RSA, ecdsa_secp256r1_sha256", "P-256, rsa_pss_rsae_sha256"})
    void signaturesThatNoKeyMakesAreRefused(String key, String scheme) {
        assertRefused(of(key).signatureSchemes(scheme), scheme);
    }

    @Test
    void aSignatureOfTls12AloneIsNoneForTls13() {
        assertRefused(
                of("RSA").protocols(TlsProtocol.TLS_1_3).signatureSchemes("rsa_pkcs1_sha256"), "rsa_pkcs1_sha256");
        assertTaken(of("RSA").signatureSchemes("rsa_pkcs1_sha256"));
    }

    @Test
    void oneIdentityThatGoesIsEnough() {
        assertTaken(TlsOptions.builder()
                .protocols(TlsProtocol.TLS_1_2)
                .ciphers("ECDHE-ECDSA-AES128-GCM-SHA256")
                .identities(RSA.identity(), Fixture.SERVER.identity()));
    }

    @Test
    void olderVersionsNeedNoSignatureScheme() {
        assertTaken(of("RSA")
                .protocols(TlsProtocol.TLS_1_1)
                .ciphers("ECDHE-RSA-AES128-SHA")
                .signatureSchemes("ecdsa_secp256r1_sha256"));
    }

    @Test
    void keysThatAreKnownAndOtherContextsAreOtherWays() {
        TlsOptions.Builder none = of("P-256").signatureSchemes("rsa_pss_rsae_sha256");
        assertTaken(none.psks(TlsPsk.of("sensor", new byte[32])));
        TlsOptions.Builder named = of("P-256").signatureSchemes("rsa_pss_rsae_sha256");
        assertTaken(named.contextsByName(Map.of("server.test", server().build().context())));
    }
}
