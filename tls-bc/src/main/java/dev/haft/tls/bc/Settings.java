package dev.haft.tls.bc;

import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsProtocol;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Vector;
import java.util.function.ToIntFunction;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;

/** Options in the words of BouncyCastle, with what their files hold. Immutable; made anew when a file has changed. */
final class Settings {
    private static final int[] SUITES = {
        CipherSuite.TLS_AES_128_GCM_SHA256,
        CipherSuite.TLS_AES_256_GCM_SHA384,
        CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    };

    private static final int[] GROUPS = {
        NamedGroup.X25519MLKEM768,
        NamedGroup.x25519,
        NamedGroup.secp256r1,
        NamedGroup.x448,
        NamedGroup.secp384r1,
        NamedGroup.secp521r1,
        NamedGroup.SecP256r1MLKEM768,
        NamedGroup.SecP384r1MLKEM1024,
    };

    private static final int[] SIGNATURE_SCHEMES = {
        SignatureScheme.ecdsa_secp256r1_sha256,
        SignatureScheme.ed25519,
        SignatureScheme.ecdsa_secp384r1_sha384,
        SignatureScheme.rsa_pss_rsae_sha256,
        SignatureScheme.rsa_pss_rsae_sha384,
        SignatureScheme.rsa_pss_rsae_sha512,
        SignatureScheme.rsa_pss_pss_sha256,
        SignatureScheme.rsa_pss_pss_sha384,
        SignatureScheme.rsa_pss_pss_sha512,
        SignatureScheme.ecdsa_secp521r1_sha512,
        SignatureScheme.ed448,
        SignatureScheme.mldsa44,
        SignatureScheme.mldsa65,
        SignatureScheme.mldsa87,
        // TLS 1.2, and the signatures within certificates.
        SignatureScheme.rsa_pkcs1_sha256,
        SignatureScheme.rsa_pkcs1_sha384,
        SignatureScheme.rsa_pkcs1_sha512,
    };

    private final ProtocolVersion[] versions;
    private final int[] suites;
    private final int[] groups;
    private final int[] signatureSchemes;
    private final List<LocalIdentity> identities;
    private final Credentials credentials;

    private Settings(
            ProtocolVersion[] versions,
            int[] suites,
            int[] groups,
            int[] signatureSchemes,
            List<LocalIdentity> identities,
            Credentials credentials) {
        this.versions = versions;
        this.suites = suites;
        this.groups = groups;
        this.signatureSchemes = signatureSchemes;
        this.identities = identities;
        this.credentials = credentials;
    }

    /**
     * Made of options.
     *
     * @throws IllegalArgumentException if a name is not known
     * @throws GeneralSecurityException if a key cannot be used
     */
    static Settings of(TlsOptions options, Credentials credentials, HybridCrypto crypto)
            throws GeneralSecurityException {
        List<LocalIdentity> identities = new ArrayList<>();
        for (LoadedIdentity loaded : credentials.identities()) {
            identities.add(LocalIdentity.of(loaded, crypto));
        }
        return new Settings(
                versions(options),
                suites(options),
                numbers(options.groups(), GROUPS, Names::group),
                numbers(options.signatureSchemes(), SIGNATURE_SCHEMES, Names::signatureScheme),
                List.copyOf(identities),
                credentials);
    }

    private static ProtocolVersion[] versions(TlsOptions options) {
        return options.protocols().stream()
                .sorted(Comparator.reverseOrder())
                .map(Settings::version)
                .toArray(ProtocolVersion[]::new);
    }

    private static ProtocolVersion version(TlsProtocol protocol) {
        return switch (protocol) {
            case TLS_1_0 -> ProtocolVersion.TLSv10;
            case TLS_1_1 -> ProtocolVersion.TLSv11;
            case TLS_1_2 -> ProtocolVersion.TLSv12;
            case TLS_1_3 -> ProtocolVersion.TLSv13;
        };
    }

    private static int[] suites(TlsOptions options) {
        String ciphers = options.ciphers();
        return ciphers == null
                ? SUITES
                : Arrays.stream(ciphers.split("[:, ]+")).mapToInt(Names::suite).toArray();
    }

    private static int[] numbers(List<String> names, int[] standard, ToIntFunction<String> number) {
        return names.isEmpty() ? standard : names.stream().mapToInt(number).toArray();
    }

    ProtocolVersion[] versions() {
        return versions.clone();
    }

    int[] suites() {
        return suites.clone();
    }

    int[] groups() {
        return groups.clone();
    }

    Vector<Integer> groupVector() {
        Vector<Integer> vector = new Vector<>(groups.length);
        for (int group : groups) {
            vector.add(group);
        }
        return vector;
    }

    boolean hasGroup(int group) {
        return contains(groups, group);
    }

    /** The groups that a client sends shares of: the first hybrid one and the first other one. */
    Vector<Integer> shareGroups() {
        Vector<Integer> shares = new Vector<>(2);
        boolean hybrid = false;
        boolean classic = false;
        for (int group : groups) {
            boolean isHybrid = NamedGroup.refersToASpecificHybrid(group) || NamedGroup.refersToASpecificKem(group);
            if (isHybrid ? !hybrid : !classic) {
                shares.add(group);
                hybrid |= isHybrid;
                classic |= !isHybrid;
            }
        }
        return shares;
    }

    Vector<SignatureAndHashAlgorithm> signatures() {
        Vector<SignatureAndHashAlgorithm> vector = new Vector<>(signatureSchemes.length);
        for (int scheme : signatureSchemes) {
            vector.add(SignatureScheme.getSignatureAndHashAlgorithm(scheme));
        }
        return vector;
    }

    int[] signatureSchemes() {
        return signatureSchemes.clone();
    }

    List<LocalIdentity> identities() {
        return identities;
    }

    PeerVerifier verifier() {
        return credentials.verifier();
    }

    boolean isStale() {
        return credentials.isStale();
    }

    static boolean contains(int[] numbers, int wanted) {
        for (int number : numbers) {
            if (number == wanted) {
                return true;
            }
        }
        return false;
    }
}
