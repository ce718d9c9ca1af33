package dev.haft.tls.bc.context;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.SignatureScheme;

/** Groups and signature schemes by name: IANA's, in any case, and for groups OpenSSL's. */
final class Names {
    /** Without one of an option: the hybrid first, which is safe from quantum computers too. */
    private static final int[] STANDARD_GROUPS = {
        NamedGroup.X25519MLKEM768,
        NamedGroup.x25519,
        NamedGroup.secp256r1,
        NamedGroup.x448,
        NamedGroup.secp384r1,
        NamedGroup.secp521r1,
        NamedGroup.SecP256r1MLKEM768,
        NamedGroup.SecP384r1MLKEM1024
    };

    /** Besides, where suites with DHE are on (RFC 7919). */
    private static final int[] FINITE_FIELDS = {NamedGroup.ffdhe2048, NamedGroup.ffdhe3072, NamedGroup.ffdhe4096};

    private static final int[] OTHER_GROUPS = {
        NamedGroup.ffdhe6144,
        NamedGroup.ffdhe8192,
        NamedGroup.MLKEM512,
        NamedGroup.MLKEM768,
        NamedGroup.MLKEM1024,
        NamedGroup.brainpoolP256r1,
        NamedGroup.brainpoolP384r1,
        NamedGroup.brainpoolP512r1,
        NamedGroup.brainpoolP256r1tls13,
        NamedGroup.brainpoolP384r1tls13,
        NamedGroup.brainpoolP512r1tls13
    };

    private static final Map<String, String> OPENSSL_GROUPS =
            Map.of("p-256", "secp256r1", "prime256v1", "secp256r1", "p-384", "secp384r1", "p-521", "secp521r1");

    private static final int[] STANDARD_SCHEMES = {
        SignatureScheme.ecdsa_secp256r1_sha256,
        SignatureScheme.ed25519,
        SignatureScheme.rsa_pss_rsae_sha256,
        SignatureScheme.ecdsa_secp384r1_sha384,
        SignatureScheme.rsa_pss_rsae_sha384,
        SignatureScheme.ecdsa_secp521r1_sha512,
        SignatureScheme.rsa_pss_rsae_sha512,
        SignatureScheme.ed448,
        SignatureScheme.rsa_pss_pss_sha256,
        SignatureScheme.rsa_pss_pss_sha384,
        SignatureScheme.rsa_pss_pss_sha512,
        SignatureScheme.mldsa65,
        SignatureScheme.mldsa87,
        SignatureScheme.mldsa44,
        SignatureScheme.rsa_pkcs1_sha256,
        SignatureScheme.rsa_pkcs1_sha384,
        SignatureScheme.rsa_pkcs1_sha512
    };

    private static final int[] OTHER_SCHEMES = {
        SignatureScheme.ecdsa_brainpoolP256r1tls13_sha256,
        SignatureScheme.ecdsa_brainpoolP384r1tls13_sha384,
        SignatureScheme.ecdsa_brainpoolP512r1tls13_sha512,
        SignatureScheme.rsa_pkcs1_sha1,
        SignatureScheme.ecdsa_sha1
    };

    private static final SortedMap<String, Integer> GROUPS = groupsByName();
    private static final SortedMap<String, Integer> SCHEMES = schemesByName();

    private Names() {}

    /**
     * The groups of an option.
     *
     * @param names the option; empty: the standard ones
     * @param finiteFields whether a suite with DHE is on
     * @return their numbers, the preferred one first
     * @throws IllegalArgumentException if there is none such
     */
    static List<Integer> groups(List<String> names, boolean finiteFields) {
        if (!names.isEmpty()) {
            return numbers("groups", names, GROUPS);
        }
        return boxed(finiteFields ? concat(STANDARD_GROUPS, FINITE_FIELDS) : STANDARD_GROUPS);
    }

    /**
     * The signature schemes of an option.
     *
     * @param names the option; empty: the standard ones
     * @return their numbers, the preferred one first
     * @throws IllegalArgumentException if there is none such
     */
    static List<Integer> signatureSchemes(List<String> names) {
        return names.isEmpty() ? boxed(STANDARD_SCHEMES) : numbers("signatureSchemes", names, SCHEMES);
    }

    private static List<Integer> numbers(String option, List<String> names, SortedMap<String, Integer> known) {
        return names.stream()
                .map(name -> {
                    String lower = name.toLowerCase(Locale.ROOT);
                    Integer number = known.get(OPENSSL_GROUPS.getOrDefault(lower, lower));
                    if (number == null) {
                        throw new IllegalArgumentException(
                                option + ": \"" + name + "\", must be one of " + known.keySet());
                    }
                    return number;
                })
                .distinct()
                .toList();
    }

    private static SortedMap<String, Integer> groupsByName() {
        SortedMap<String, Integer> byName = new TreeMap<>();
        for (int group : concat(concat(STANDARD_GROUPS, FINITE_FIELDS), OTHER_GROUPS)) {
            byName.put(NamedGroup.getName(group).toLowerCase(Locale.ROOT), group);
        }
        return Collections.unmodifiableSortedMap(byName);
    }

    private static SortedMap<String, Integer> schemesByName() {
        SortedMap<String, Integer> byName = new TreeMap<>();
        for (int scheme : concat(STANDARD_SCHEMES, OTHER_SCHEMES)) {
            byName.put(SignatureScheme.getName(scheme).toLowerCase(Locale.ROOT), scheme);
        }
        return Collections.unmodifiableSortedMap(byName);
    }

    private static List<Integer> boxed(int[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    private static int[] concat(int[] first, int[] second) {
        int[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
