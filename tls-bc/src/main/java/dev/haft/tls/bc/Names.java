package dev.haft.tls.bc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.SignatureScheme;

/** The IANA names of what is agreed on by numbers. */
final class Names {
    private static final Map<Integer, String> SUITES = suites();

    private Names() {}

    private static Map<Integer, String> suites() {
        Map<Integer, String> names = new LinkedHashMap<>();
        names.put(CipherSuite.TLS_AES_128_GCM_SHA256, "TLS_AES_128_GCM_SHA256");
        names.put(CipherSuite.TLS_AES_256_GCM_SHA384, "TLS_AES_256_GCM_SHA384");
        names.put(CipherSuite.TLS_CHACHA20_POLY1305_SHA256, "TLS_CHACHA20_POLY1305_SHA256");
        names.put(CipherSuite.TLS_AES_128_CCM_SHA256, "TLS_AES_128_CCM_SHA256");
        names.put(CipherSuite.TLS_AES_128_CCM_8_SHA256, "TLS_AES_128_CCM_8_SHA256");
        names.put(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
        names.put(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        names.put(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
        names.put(CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
        names.put(
                CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
                "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256");
        names.put(
                CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
        names.put(CipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256");
        names.put(CipherSuite.TLS_DHE_RSA_WITH_AES_256_GCM_SHA384, "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384");
        names.put(CipherSuite.TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256, "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
        names.put(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM");
        names.put(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA");
        names.put(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA");
        names.put(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA");
        names.put(CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA");
        names.put(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256");
        names.put(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256");
        names.put(CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256, "TLS_RSA_WITH_AES_128_GCM_SHA256");
        names.put(CipherSuite.TLS_RSA_WITH_AES_256_GCM_SHA384, "TLS_RSA_WITH_AES_256_GCM_SHA384");
        names.put(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA, "TLS_RSA_WITH_AES_128_CBC_SHA");
        names.put(CipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA, "TLS_RSA_WITH_AES_256_CBC_SHA");
        return Collections.unmodifiableMap(names);
    }

    static String suite(int number) {
        String name = SUITES.get(number);
        return name == null ? String.format("0x%04X", number) : name;
    }

    /**
     * The number of a suite.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    static int suite(String name) {
        for (Map.Entry<Integer, String> entry : SUITES.entrySet()) {
            if (entry.getValue().equalsIgnoreCase(name)) {
                return entry.getKey();
            }
        }
        throw new IllegalArgumentException("ciphers: " + name + " is not known; known are " + SUITES.values());
    }

    static String group(int number) {
        String name = NamedGroup.getName(number);
        return name.equals("UNKNOWN") ? String.format("0x%04X", number) : name;
    }

    /**
     * The number of a group.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    static int group(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        String usual = switch (wanted) {
            case "p-256", "prime256v1" -> "secp256r1";
            case "p-384" -> "secp384r1";
            case "p-521" -> "secp521r1";
            default -> wanted;
        };
        for (int number = 1; number < 0x1200; number++) {
            if (NamedGroup.isValid(number) && NamedGroup.getName(number).equalsIgnoreCase(usual)) {
                return number;
            }
        }
        throw new IllegalArgumentException("groups: " + name + " is not known");
    }

    /**
     * The number of a signature scheme.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    static int signatureScheme(String name) {
        for (int number = 0x0101; number < 0x0930; number++) {
            if (SignatureScheme.getName(number).equalsIgnoreCase(name)) {
                return number;
            }
        }
        throw new IllegalArgumentException("signatureSchemes: " + name + " is not known");
    }
}
