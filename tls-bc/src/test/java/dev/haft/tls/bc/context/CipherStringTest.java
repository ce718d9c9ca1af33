package dev.haft.tls.bc.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parity {@code tls.ciphers}. */
class CipherStringTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DEFAULT",
                "ALL",
                "HIGH",
                "ALL:COMPLEMENTOFALL",
                "HIGH:!aNULL:!MD5",
                "HIGH:!aNULL:!kRSA:!PSK:!SRP:!MD5:!RC4",
                "ECDHE",
                "EECDH+AESGCM:EDH+AESGCM",
                "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:DHE+CHACHA20:ECDH+AESGCM:DH+AESGCM:RSA+AESGCM:!aNULL:!eNULL",
                "kEECDH",
                "kECDHE:kEDH",
                "DHE",
                "EDH",
                "AES",
                "AES128",
                "AES256",
                "AESGCM",
                "AESCCM",
                "AESCCM8",
                "CHACHA20",
                "SHA",
                "SHA1",
                "SHA256",
                "SHA384",
                "RSA",
                "aRSA",
                "kRSA",
                "ECDSA",
                "aECDSA",
                "ARIA",
                "CAMELLIA",
                "CAMELLIA256:ARIAGCM",
                "TLSv1.2",
                "TLSv1",
                "TLSv1.0:SSLv3",
                "CBC",
                "ALL:!CBC",
                "AES128:AES256:@STRENGTH",
                "ALL:@STRENGTH",
                "ALL:+AES256",
                "ALL:-AES128",
                "ALL:-AES128:AESGCM:ALL",
                "AES128:-SHA:SHA",
                "ALL:+RSA:+SHA",
                "DEFAULT:+AES256",
                "DEFAULT:!RSA",
                "DEFAULT:CAMELLIA",
                "DEFAULT:-SHA:@STRENGTH",
                "HIGH:!COMPLEMENTOFDEFAULT",
                "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305",
                "ECDHE-RSA-AES128-GCM-SHA256 AES256-SHA,AES128-SHA;DHE-RSA-AES128-SHA",
                "AES256-SHA:ALL:!ECDHE-RSA-AES128-GCM-SHA256",
                "ALL:@SECLEVEL=3",
                "ALL:@SECLEVEL=4",
                "ALL:@SECLEVEL=5",
            })
    void isWhatOpensslMakesOfIt(String text) throws Exception {
        String withLevel = text.contains("@SECLEVEL") ? text : text + ":@SECLEVEL=0";
        List<String> expected = opensslSuites(withLevel);
        List<String> actual = CipherString.parse(text).stream()
                .map(CipherSuite::openssl)
                .filter(name -> !name.startsWith("TLS_"))
                .toList();
        assertEquals(String.join("\n", expected), String.join("\n", actual));
    }

    private List<String> opensslSuites(String text) throws IOException, InterruptedException {
        return Tool.run(directory, "openssl", "ciphers", "-s", "-v", text)
                .lines()
                .map(line -> line.split(" ", 2)[0])
                .filter(CipherSuites.BY_NAME::containsKey)
                .filter(name -> !name.startsWith("TLS_"))
                .toList();
    }

    @Test
    void allSuitesOfOpensslWithCertificatesAreThereByBothNames() throws Exception {
        String all = Tool.run(directory, "openssl", "ciphers", "-stdname", "-V", "ALL:COMPLEMENTOFALL:@SECLEVEL=0");
        List<String[]> suites = all.lines()
                .filter(line -> !line.matches(".*(PSK|SRP|Au=None|Au=DSS|Enc=None|GOST).*"))
                .map(line -> line.trim().split("\\s+", -1))
                .toList();
        assertTrue(suites.size() > 50, all);
        for (String[] line : suites) {
            CipherSuite suite = CipherSuites.BY_NAME.get(line[2]);
            assertEquals(line[4], suite.openssl(), line[2]);
            String[] code = line[0].split(",", -1);
            assertEquals(Integer.decode(code[0]) * 256 + Integer.decode(code[1]), suite.code(), line[2]);
        }
    }

    @Test
    void allSuitesCanBeHadFromBouncyCastle() {
        BcTlsCrypto crypto = new BcTlsCrypto();
        for (CipherSuite suite : CipherSuites.BY_NAME.values()) {
            assertTrue(TlsUtils.isSupportedCipherSuite(crypto, suite.code()), suite::name);
        }
    }

    @Test
    void ianaNamesStandForTheSameSuites() {
        assertEquals(
                CipherString.parse("ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA"),
                CipherString.parse("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256:TLS_RSA_WITH_AES_128_CBC_SHA"));
    }

    @Test
    void suitesOfTls13AreAllOnUnlessOneIsNamed() {
        assertEquals(CipherSuites.TLS_1_3_STANDARD, tls13("HIGH"));
        assertEquals(List.of("TLS_CHACHA20_POLY1305_SHA256"), names(tls13("TLS_CHACHA20_POLY1305_SHA256:HIGH")));
        assertEquals(
                List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_CCM_SHA256"),
                names(CipherString.parse("TLS_AES_256_GCM_SHA384:TLS_AES_128_CCM_SHA256")));
        assertEquals(
                List.of("TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256"),
                names(tls13("HIGH:!TLS_AES_256_GCM_SHA384")));
    }

    @Test
    void theStandardHasAeadAndForwardSecrecyOnly() {
        assertTrue(CipherSuites.STANDARD.stream().allMatch(suite -> suite.aead() && suite.forwardSecret()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HIHG",
                "HIGH:FOO",
                "!aNUL",
                "ECDHE+FOO",
                "@STRENGHT",
                "@SECLEVEL=6",
                "ECDHE-RSA-AES128-GCM-SHA",
                "high"
            })
    void unknownWordsAreRefusedByName(String text) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> CipherString.parse(text));
        assertTrue(refused.getMessage().contains("neither a cipher suite nor a word"), refused.getMessage());
        assertTrue(refused.getMessage().contains(text.replaceFirst("HIGH:|!|ECDHE\\+", "")), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOW",
                "aNULL",
                "eNULL",
                "PSK",
                "RC4-SHA",
                "HIGH:!HIGH",
                "ALL:!ALL:AES,HIGH",
                "DES-CBC3-SHA:MEDIUM",
                "AESCCM+CHACHA20"
            })
    void whatLeavesNothingIsRefused(String text) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> CipherString.parse(text));
        assertTrue(refused.getMessage().contains("leaves no cipher suite"), refused.getMessage());
    }

    private static List<CipherSuite> tls13(String text) {
        return CipherString.parse(text).stream()
                .filter(suite ->
                        suite.name().startsWith("TLS_") && !suite.name().contains("_WITH_"))
                .toList();
    }

    private static List<String> names(List<CipherSuite> suites) {
        return suites.stream().map(CipherSuite::name).collect(Collectors.toList());
    }
}
