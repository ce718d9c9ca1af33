package dev.haft.tls.bc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsAgreement;
import org.bouncycastle.tls.crypto.TlsKemConfig;
import org.bouncycastle.tls.crypto.TlsKemDomain;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Key exchanges by ML-KEM, of the JDK where it has it and of BouncyCastle. */
class KemTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdkKem jdk = new JdkKem(RANDOM);

    /** What a handshake uses. */
    private TlsAgreement used(int group, boolean isServer) {
        return new HybridCrypto(RANDOM, new KnownCertificates(RANDOM), jdk)
                .createKemDomain(new TlsKemConfig(group, isServer))
                .createKem();
    }

    private static TlsAgreement bouncyCastles(int group, boolean isServer) {
        return new BcTlsCrypto(RANDOM)
                .createKemDomain(new TlsKemConfig(group, isServer))
                .createKem();
    }

    private static void agree(TlsAgreement client, TlsAgreement server) throws IOException {
        server.receivePeerValue(client.generateEphemeral());
        client.receivePeerValue(server.generateEphemeral());
        assertArrayEquals(
                server.calculateSecret().extract(), client.calculateSecret().extract());
    }

    @ParameterizedTest
    @ValueSource(ints = {NamedGroup.MLKEM512, NamedGroup.MLKEM768, NamedGroup.MLKEM1024})
    void theJdksIsUsedWhereItHasIt(int group) {
        TlsKemDomain domain = jdk.domain(new TlsKemConfig(group, true));

        assertEquals(Runtime.version().feature() >= 24, domain != null);
    }

    @ParameterizedTest
    @ValueSource(ints = {NamedGroup.MLKEM512, NamedGroup.MLKEM768, NamedGroup.MLKEM1024})
    void bothEndsAgreeWhoeverComputes(int group) throws IOException {
        agree(used(group, false), used(group, true));
        agree(used(group, false), bouncyCastles(group, true));
        agree(bouncyCastles(group, false), used(group, true));
    }

    /** FIPS 203 §7.2: coefficients of a key are below 3329. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1183, 1184, 1185})
    void aMalformedKeyIsThePeersError(int bytes) {
        TlsAgreement server = used(NamedGroup.MLKEM768, true);
        byte[] key = new byte[bytes];
        Arrays.fill(key, (byte) 0xff);

        TlsFatalAlert alert = assertThrows(TlsFatalAlert.class, () -> {
            server.receivePeerValue(key);
            server.generateEphemeral();
        });

        assertEquals(AlertDescription.illegal_parameter, alert.getAlertDescription());
    }

    /** FIPS 203 §7.3. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1087, 1089})
    void anAnswerOfAnotherLengthIsThePeersError(int bytes) throws IOException {
        TlsAgreement client = used(NamedGroup.MLKEM768, false);
        client.generateEphemeral();

        TlsFatalAlert alert = assertThrows(TlsFatalAlert.class, () -> client.receivePeerValue(new byte[bytes]));

        assertEquals(AlertDescription.illegal_parameter, alert.getAlertDescription());
    }
}
