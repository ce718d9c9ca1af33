package dev.haft.tls.bc;

import dev.haft.tls.TlsProtocol;
import dev.haft.tls.bc.context.ContextParts;
import dev.haft.tls.bc.context.LoadedIdentity;
import dev.haft.tls.bc.context.PeerCheck;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Vector;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/** Options in the words of BouncyCastle, with what their files hold. Immutable; made anew when a file has changed. */
final class Settings {
    private final ProtocolVersion[] versions;
    private final int[] suites;
    private final int[] groups;
    private final int[] signatureSchemes;
    private final List<LocalIdentity> identities;
    private final ContextParts parts;
    private final boolean canServe;

    private Settings(
            ProtocolVersion[] versions,
            int[] suites,
            int[] groups,
            int[] signatureSchemes,
            List<LocalIdentity> identities,
            ContextParts parts) {
        this.versions = versions;
        this.suites = suites;
        this.groups = groups;
        this.signatureSchemes = signatureSchemes;
        this.identities = identities;
        this.parts = parts;
        canServe = identities.stream().anyMatch(this::canServe);
    }

    /**
     * Made of what options come to.
     *
     * @throws GeneralSecurityException if a key cannot be used
     */
    static Settings of(ContextParts parts, HybridCrypto crypto) throws GeneralSecurityException {
        List<LocalIdentity> identities = new ArrayList<>();
        for (LoadedIdentity loaded : parts.identities()) {
            identities.add(LocalIdentity.of(loaded, crypto));
        }
        return new Settings(
                versions(parts),
                numbers(parts.cipherSuites()),
                numbers(parts.groups()),
                numbers(parts.signatureSchemes()),
                List.copyOf(identities),
                parts);
    }

    private static int[] numbers(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    private static ProtocolVersion[] versions(ContextParts parts) {
        return parts.protocols().stream()
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

    /** Whether a server can make handshakes with one of the identities. */
    boolean canServe() {
        return canServe;
    }

    private boolean canServe(LocalIdentity identity) {
        return Arrays.stream(versions)
                .anyMatch(version -> TlsUtils.isTLSv13(version)
                        ? identity.signs(signatureSchemes, true)
                        : canServe(identity, version));
    }

    private boolean canServe(LocalIdentity identity, ProtocolVersion version) {
        boolean signs =
                TlsUtils.isTLSv12(version) ? identity.signs(signatureSchemes, false) : identity.signsForOldVersions();
        return signs
                && Arrays.stream(suites)
                        .anyMatch(suite -> TlsUtils.isValidVersionForCipherSuite(suite, version)
                                && identity.fits(TlsUtils.getKeyExchangeAlgorithm(suite)));
    }

    /** Checks what the peer shows: there is one wherever the peer is verified. */
    PeerCheck verifier() {
        return Objects.requireNonNull(parts.peerCheck(), "peerCheck");
    }

    /** Whether these are made of that. */
    boolean areOf(ContextParts other) {
        return parts.equals(other);
    }

    /** The names of authorities for a certificate request; null: none are sent. */
    @Nullable Vector<X500Name> authorities() {
        PeerCheck check = parts.peerCheck();
        List<byte[]> names = check == null ? List.of() : check.authorityNames();
        if (names.isEmpty()) {
            return null;
        }
        Vector<X500Name> vector = new Vector<>(names.size());
        names.forEach(name -> vector.add(X500Name.getInstance(name)));
        return vector;
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
