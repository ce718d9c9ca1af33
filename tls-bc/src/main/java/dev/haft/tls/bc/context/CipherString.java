package dev.haft.tls.bc.context;

import dev.haft.tls.TlsProtocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Reads the option {@code ciphers}: names of suites and the words of OpenSSL's cipher strings (openssl-ciphers(1)), with the
 * same result as OpenSSL has for the suites that can be had here. As there, the words say nothing about TLS 1.3: its suites
 * are chosen by their names, and are all on if none is named.
 */
final class CipherString {
    private static final Map<String, Predicate<CipherSuite>> WORDS = Map.ofEntries(
            Map.entry("ALL", suite -> true),
            Map.entry("COMPLEMENTOFALL", CipherString::isNothing),
            Map.entry("COMPLEMENTOFDEFAULT", CipherString::isNotInDefault),
            Map.entry("HIGH", suite -> true),
            Map.entry("FIPS", suite -> suite.encryption().startsWith("AES")),
            Map.entry("ECDHE", exchange("ECDHE")),
            Map.entry("EECDH", exchange("ECDHE")),
            Map.entry("kECDHE", exchange("ECDHE")),
            Map.entry("kEECDH", exchange("ECDHE")),
            Map.entry("ECDH", exchange("ECDHE")),
            Map.entry("DHE", exchange("DHE")),
            Map.entry("EDH", exchange("DHE")),
            Map.entry("kDHE", exchange("DHE")),
            Map.entry("kEDH", exchange("DHE")),
            Map.entry("DH", exchange("DHE")),
            Map.entry("kRSA", exchange("RSA")),
            Map.entry("RSA", exchange("RSA")),
            Map.entry("aRSA", suite -> suite.authentication().equals("RSA")),
            Map.entry("ECDSA", suite -> suite.authentication().equals("ECDSA")),
            Map.entry("aECDSA", suite -> suite.authentication().equals("ECDSA")),
            Map.entry("AES", suite -> suite.encryption().startsWith("AES")),
            Map.entry("AES128", suite -> suite.encryption().startsWith("AES") && suite.bits() == 128),
            Map.entry("AES256", suite -> suite.encryption().startsWith("AES") && suite.bits() == 256),
            Map.entry("AESGCM", encryption("AESGCM")),
            Map.entry("AESCCM", suite -> suite.encryption().startsWith("AESCCM")),
            Map.entry("AESCCM8", encryption("AESCCM8")),
            Map.entry("CHACHA20", encryption("CHACHA20")),
            Map.entry("ARIA", encryption("ARIAGCM")),
            Map.entry("ARIAGCM", encryption("ARIAGCM")),
            Map.entry("ARIA128", suite -> suite.encryption().equals("ARIAGCM") && suite.bits() == 128),
            Map.entry("ARIA256", suite -> suite.encryption().equals("ARIAGCM") && suite.bits() == 256),
            Map.entry("CAMELLIA", encryption("CAMELLIA")),
            Map.entry("CAMELLIA128", suite -> suite.encryption().equals("CAMELLIA") && suite.bits() == 128),
            Map.entry("CAMELLIA256", suite -> suite.encryption().equals("CAMELLIA") && suite.bits() == 256),
            Map.entry("CBC", suite -> !suite.aead()),
            Map.entry("SHA", suite -> suite.mac().equals("SHA")),
            Map.entry("SHA1", suite -> suite.mac().equals("SHA")),
            Map.entry("SHA256", suite -> suite.mac().equals("SHA256")),
            Map.entry("SHA384", suite -> suite.mac().equals("SHA384")),
            Map.entry("TLSv1.2", suite -> suite.oldest() == TlsProtocol.TLS_1_2),
            Map.entry(
                    "TLSv1.0",
                    suite -> suite.oldest() == TlsProtocol.TLS_1_0
                            && suite.exchange().equals("ECDHE")),
            Map.entry(
                    "TLSv1",
                    suite -> suite.oldest() == TlsProtocol.TLS_1_0
                            && suite.exchange().equals("ECDHE")),
            Map.entry(
                    "SSLv3",
                    suite -> suite.oldest() == TlsProtocol.TLS_1_0
                            && !suite.exchange().equals("ECDHE")));

    /** Known words of what cannot be had here: so they may be excluded by name. */
    private static final Set<String> ABSENT = Set.of(
            "LOW",
            "MEDIUM",
            "aNULL",
            "eNULL",
            "NULL",
            "ADH",
            "AECDH",
            "EXP",
            "EXPORT",
            "EXPORT40",
            "EXPORT56",
            "PSK",
            "kPSK",
            "aPSK",
            "kECDHEPSK",
            "kDHEPSK",
            "kRSAPSK",
            "SRP",
            "kSRP",
            "aSRP",
            "DSS",
            "aDSS",
            "aDH",
            "kDH",
            "kDHr",
            "kDHd",
            "aECDH",
            "kECDH",
            "kECDHr",
            "kECDHe",
            "DES",
            "3DES",
            "RC4",
            "RC2",
            "IDEA",
            "SEED",
            "MD5",
            "GOST",
            "kGOST",
            "aGOST",
            "aGOST01",
            "GOST94",
            "GOST89MAC",
            "kGOST18",
            "aGOST12",
            "GOST12",
            "GOST2012",
            "SSLv2",
            "TLSv1.3");

    /** How the names of OpenSSL's suites begin that cannot be had here. */
    private static final List<String> ABSENT_SUITES = List.of(
            "PSK-",
            "DHE-PSK-",
            "ECDHE-PSK-",
            "RSA-PSK-",
            "SRP-",
            "DHE-DSS-",
            "EDH-DSS-",
            "ADH-",
            "AECDH-",
            "NULL-",
            "EXP-",
            "ECDH-",
            "DH-",
            "DES-",
            "RC4-",
            "SEED-",
            "IDEA-",
            "EDH-RSA-DES",
            "GOST");

    private final String text;

    /** Those of TLS 1.2 and older that are on, in order; and those that are off, which come back in this order. */
    private final List<CipherSuite> on = new ArrayList<>();

    private final List<CipherSuite> off = new ArrayList<>(CipherSuites.TLS_1_2);

    private final Set<CipherSuite> named13 = new LinkedHashSet<>();
    private final Set<CipherSuite> without13 = new LinkedHashSet<>();
    private int level;
    private boolean older; // whether a word or name has said anything of TLS 1.2 or older

    private CipherString(String text) {
        this.text = text;
    }

    /**
     * The suites, the preferred one first.
     *
     * @param text the option
     * @return not empty
     * @throws IllegalArgumentException if a word is not known, or no suite is left
     */
    static List<CipherSuite> parse(String text) {
        return new CipherString(text).run();
    }

    private List<CipherSuite> run() {
        boolean first = true;
        for (String word : text.split("[:,; ]+", -1)) {
            if (!word.isEmpty()) {
                apply(word, first);
                first = false;
            }
        }
        List<CipherSuite> suites13 = new ArrayList<>(named13.isEmpty() ? CipherSuites.TLS_1_3_STANDARD : named13);
        suites13.removeAll(without13);
        List<CipherSuite> result = Stream.concat(suites13.stream(), on.stream())
                .filter(this::isAllowed)
                .toList();
        if (result.isEmpty() || (older && on.stream().noneMatch(this::isAllowed))) {
            throw new IllegalArgumentException("ciphers: \"" + text + "\" leaves no cipher suite that can be had");
        }
        return result;
    }

    private void apply(String word, boolean first) {
        if (word.startsWith("@")) {
            command(word);
            return;
        }
        char sign = word.charAt(0);
        boolean signed = sign == '!' || sign == '-' || sign == '+';
        String name = signed ? word.substring(1) : word;
        CipherSuite suite = CipherSuites.BY_NAME.get(name);
        if (suite != null && suite.oldest() == TlsProtocol.TLS_1_3) {
            choose13(signed ? sign : ' ', suite);
            return;
        }
        older |= !signed;
        if (name.equals("DEFAULT") && !signed) {
            // as OpenSSL: ALL without what is off by default, which does not come back
            apply("ALL", first);
            apply("!COMPLEMENTOFDEFAULT", false);
            return;
        }
        Predicate<CipherSuite> matching = matching(name);
        switch (signed ? sign : ' ') {
            case '!' -> {
                on.removeIf(matching);
                off.removeIf(matching);
            }
            case '-' -> {
                List<CipherSuite> moved = on.stream().filter(matching).toList();
                on.removeAll(moved);
                off.addAll(0, moved);
            }
            case '+' -> {
                List<CipherSuite> moved = on.stream().filter(matching).toList();
                on.removeAll(moved);
                on.addAll(moved);
            }
            default -> {
                List<CipherSuite> moved = off.stream().filter(matching).toList();
                off.removeAll(moved);
                on.addAll(moved);
            }
        }
    }

    private void choose13(char sign, CipherSuite suite) {
        switch (sign) {
            case '!', '-' -> without13.add(suite);
            case '+' -> {
                if (named13.remove(suite)) {
                    named13.add(suite);
                }
            }
            default -> named13.add(suite);
        }
    }

    private void command(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        if (upper.equals("@STRENGTH")) {
            on.sort(Comparator.comparingInt(CipherSuite::bits).reversed());
        } else if (upper.matches("@SECLEVEL=[0-5]")) {
            level = upper.charAt(upper.length() - 1) - '0';
        } else {
            throw unknown(word);
        }
    }

    /** OpenSSL's rules for its security levels (SSL_CTX_set_security_level(3)), as far as they concern suites. */
    private boolean isAllowed(CipherSuite suite) {
        int[] leastBits = {0, 80, 112, 128, 192, 256};
        return suite.bits() >= leastBits[level]
                && (level < 3 || suite.forwardSecret())
                && (level < 4 || !suite.mac().equals("SHA"));
    }

    private Predicate<CipherSuite> matching(String name) {
        CipherSuite suite = CipherSuites.BY_NAME.get(name);
        if (suite != null) {
            return suite::equals;
        }
        Predicate<CipherSuite> all = any -> true;
        for (String word : name.split("\\+", -1)) {
            all = all.and(word(word));
        }
        return all;
    }

    private Predicate<CipherSuite> word(String word) {
        Predicate<CipherSuite> known = WORDS.get(word);
        if (known != null) {
            return known;
        }
        if (ABSENT.contains(word)
                || ABSENT_SUITES.stream().anyMatch(word::startsWith)
                || word.contains("-DES-CBC3-")
                || word.contains("-RC4-")
                || word.contains("-NULL-")) {
            return CipherString::isNothing;
        }
        throw unknown(word);
    }

    private IllegalArgumentException unknown(String word) {
        return new IllegalArgumentException("ciphers: \"" + word + "\" in \"" + text
                + "\" is neither a cipher suite nor a word of OpenSSL's cipher strings");
    }

    private static boolean isNothing(CipherSuite suite) {
        return false;
    }

    /** Not on by default in OpenSSL, beyond what cannot be had here. */
    private static boolean isNotInDefault(CipherSuite suite) {
        return List.of("AESCCM", "AESCCM8", "ARIAGCM", "CAMELLIA").contains(suite.encryption());
    }

    private static Predicate<CipherSuite> exchange(String name) {
        return suite -> suite.exchange().equals(name);
    }

    private static Predicate<CipherSuite> encryption(String name) {
        return suite -> suite.encryption().equals(name);
    }
}
