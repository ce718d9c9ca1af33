package dev.haft.tls.bc.context;

import dev.haft.tls.TlsProtocol;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The cipher suites that can be had, in the order in which OpenSSL 3 begins. Suites without authentication or encryption are not
 * among them, nor those of RC4, single and triple DES.
 */
public final class CipherSuites {
    /** TLS 1.3, all of them; the last two are off unless named. */
    static final List<CipherSuite> TLS_1_3 = List.of(
            tls13(0x1301, "TLS_AES_128_GCM_SHA256"),
            tls13(0x1302, "TLS_AES_256_GCM_SHA384"),
            tls13(0x1303, "TLS_CHACHA20_POLY1305_SHA256"),
            tls13(0x1304, "TLS_AES_128_CCM_SHA256"),
            tls13(0x1305, "TLS_AES_128_CCM_8_SHA256"));

    /** Those of TLS 1.3 that are on unless one is named. */
    static final List<CipherSuite> TLS_1_3_STANDARD = TLS_1_3.subList(0, 3);

    /** TLS 1.2 and older. */
    static final List<CipherSuite> TLS_1_2 = Stream.of(
                    "C02C ECDHE ECDSA AESGCM 256 SHA384",
                    "C030 ECDHE RSA AESGCM 256 SHA384",
                    "009F DHE RSA AESGCM 256 SHA384",
                    "CCA9 ECDHE ECDSA CHACHA20 256 SHA256",
                    "CCA8 ECDHE RSA CHACHA20 256 SHA256",
                    "CCAA DHE RSA CHACHA20 256 SHA256",
                    "C0AF ECDHE ECDSA AESCCM8 256 SHA256",
                    "C0AD ECDHE ECDSA AESCCM 256 SHA256",
                    "C0A3 DHE RSA AESCCM8 256 SHA256",
                    "C09F DHE RSA AESCCM 256 SHA256",
                    "C05D ECDHE ECDSA ARIAGCM 256 SHA384",
                    "C061 ECDHE RSA ARIAGCM 256 SHA384",
                    "C053 DHE RSA ARIAGCM 256 SHA384",
                    "C02B ECDHE ECDSA AESGCM 128 SHA256",
                    "C02F ECDHE RSA AESGCM 128 SHA256",
                    "009E DHE RSA AESGCM 128 SHA256",
                    "C0AE ECDHE ECDSA AESCCM8 128 SHA256",
                    "C0AC ECDHE ECDSA AESCCM 128 SHA256",
                    "C0A2 DHE RSA AESCCM8 128 SHA256",
                    "C09E DHE RSA AESCCM 128 SHA256",
                    "C05C ECDHE ECDSA ARIAGCM 128 SHA256",
                    "C060 ECDHE RSA ARIAGCM 128 SHA256",
                    "C052 DHE RSA ARIAGCM 128 SHA256",
                    "C024 ECDHE ECDSA AES 256 SHA384",
                    "C028 ECDHE RSA AES 256 SHA384",
                    "006B DHE RSA AES 256 SHA256",
                    "C073 ECDHE ECDSA CAMELLIA 256 SHA384",
                    "C077 ECDHE RSA CAMELLIA 256 SHA384",
                    "00C4 DHE RSA CAMELLIA 256 SHA256",
                    "C023 ECDHE ECDSA AES 128 SHA256",
                    "C027 ECDHE RSA AES 128 SHA256",
                    "0067 DHE RSA AES 128 SHA256",
                    "C072 ECDHE ECDSA CAMELLIA 128 SHA256",
                    "C076 ECDHE RSA CAMELLIA 128 SHA256",
                    "00BE DHE RSA CAMELLIA 128 SHA256",
                    "C00A ECDHE ECDSA AES 256 SHA",
                    "C014 ECDHE RSA AES 256 SHA",
                    "0039 DHE RSA AES 256 SHA",
                    "0088 DHE RSA CAMELLIA 256 SHA",
                    "C009 ECDHE ECDSA AES 128 SHA",
                    "C013 ECDHE RSA AES 128 SHA",
                    "0033 DHE RSA AES 128 SHA",
                    "0045 DHE RSA CAMELLIA 128 SHA",
                    "009D RSA RSA AESGCM 256 SHA384",
                    "C0A1 RSA RSA AESCCM8 256 SHA256",
                    "C09D RSA RSA AESCCM 256 SHA256",
                    "C051 RSA RSA ARIAGCM 256 SHA384",
                    "009C RSA RSA AESGCM 128 SHA256",
                    "C0A0 RSA RSA AESCCM8 128 SHA256",
                    "C09C RSA RSA AESCCM 128 SHA256",
                    "C050 RSA RSA ARIAGCM 128 SHA256",
                    "003D RSA RSA AES 256 SHA256",
                    "00C0 RSA RSA CAMELLIA 256 SHA256",
                    "003C RSA RSA AES 128 SHA256",
                    "00BA RSA RSA CAMELLIA 128 SHA256",
                    "0035 RSA RSA AES 256 SHA",
                    "0084 RSA RSA CAMELLIA 256 SHA",
                    "002F RSA RSA AES 128 SHA",
                    "0041 RSA RSA CAMELLIA 128 SHA")
            .map(CipherSuites::tls12)
            .toList();

    /** All by IANA and by OpenSSL name. */
    static final Map<String, CipherSuite> BY_NAME = byName();

    /**
     * What is used unless an option says otherwise: AEAD and forward secrecy; AES first, which the processor does, and with 128
     * bits, which is enough and faster.
     */
    static final List<CipherSuite> STANDARD = Stream.concat(
                    TLS_1_3_STANDARD.stream(),
                    Stream.of(0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8)
                            .map(code -> TLS_1_2.stream()
                                    .filter(suite -> suite.code() == code)
                                    .findFirst()
                                    .orElseThrow()))
            .toList();

    private CipherSuites() {}

    private static CipherSuite tls13(int code, String name) {
        int bits = name.contains("128") ? 128 : 256;
        return new CipherSuite(code, name, name, "any", "any", "any", bits, true, "AEAD", TlsProtocol.TLS_1_3);
    }

    private static CipherSuite tls12(String row) {
        String[] part = row.split(" ", -1);
        String exchange = part[1];
        String authentication = part[2];
        String encryption = part[3];
        String bits = part[4];
        String hash = part[5];
        boolean aead = !encryption.equals("AES") && !encryption.equals("CAMELLIA");
        String kind = exchange.equals("RSA") ? "RSA" : exchange + "_" + authentication;
        String iana = switch (encryption) {
            case "AESGCM" -> "AES_" + bits + "_GCM_" + hash;
            case "ARIAGCM" -> "ARIA_" + bits + "_GCM_" + hash;
            case "AESCCM" -> "AES_" + bits + "_CCM";
            case "AESCCM8" -> "AES_" + bits + "_CCM_8";
            case "CHACHA20" -> "CHACHA20_POLY1305_SHA256";
            default -> encryption + "_" + bits + "_CBC_" + hash;
        };
        String cipher = switch (encryption) {
            case "AESGCM" -> "AES" + bits + "-GCM-" + hash;
            case "ARIAGCM" -> "ARIA" + bits + "-GCM-" + hash;
            case "AESCCM" -> "AES" + bits + "-CCM";
            case "AESCCM8" -> "AES" + bits + "-CCM8";
            case "CHACHA20" -> "CHACHA20-POLY1305";
            default -> encryption + bits + "-" + hash;
        };
        // OpenSSL leaves out RSA in the names of these three
        boolean shortened = exchange.equals("ECDHE") && authentication.equals("RSA") && encryption.equals("ARIAGCM");
        String prefix = exchange.equals("RSA") ? "" : shortened ? "ECDHE-" : exchange + "-" + authentication + "-";
        TlsProtocol oldest = aead || !hash.equals("SHA") ? TlsProtocol.TLS_1_2 : TlsProtocol.TLS_1_0;
        return new CipherSuite(
                Integer.parseInt(part[0], 16),
                "TLS_" + kind + "_WITH_" + iana,
                prefix + cipher,
                exchange,
                authentication,
                encryption,
                Integer.parseInt(bits),
                aead,
                aead ? "AEAD" : hash,
                oldest);
    }

    private static Map<String, CipherSuite> byName() {
        return Stream.concat(TLS_1_3.stream(), TLS_1_2.stream())
                .flatMap(suite ->
                        Stream.of(suite.name(), suite.openssl()).distinct().map(name -> Map.entry(name, suite)))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a));
    }

    /**
     * The IANA name of a suite.
     *
     * @param code its number
     * @return the name, or the number in hexadecimal for one that is not known here
     */
    public static String name(int code) {
        return BY_NAME.values().stream()
                .filter(suite -> suite.code() == code)
                .findFirst()
                .map(CipherSuite::name)
                .orElseGet(() -> String.format("0x%04X", code));
    }
}
