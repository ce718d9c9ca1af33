package dev.haft.tls.bc.context;

import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsProtocol;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a context comes to for one handshake. Immutable.
 *
 * @param protocols the versions that may be used and have a suite
 * @param cipherSuites their numbers, the preferred one first
 * @param groups their numbers ({@code NamedGroup}), the preferred one first
 * @param signatureSchemes their numbers ({@code SignatureScheme}), the preferred one first
 * @param identities the preferred one first
 * @param peerCheck checks what the peer shows; null if nobody is verified
 */
public record ContextParts(
        Set<TlsProtocol> protocols,
        List<Integer> cipherSuites,
        List<Integer> groups,
        List<Integer> signatureSchemes,
        List<LoadedIdentity> identities,
        @Nullable PeerCheck peerCheck) {
    /**
     * From options.
     *
     * @throws IllegalArgumentException if a name is not known, or nothing is left
     */
    static ContextParts of(TlsOptions options, List<LoadedIdentity> identities, @Nullable PeerCheck peerCheck) {
        String ciphers = options.ciphers();
        List<CipherSuite> suites = ciphers == null ? CipherSuites.STANDARD : CipherString.parse(ciphers);
        Set<TlsProtocol> protocols = EnumSet.copyOf(options.protocols());
        protocols.removeIf(protocol -> suites.stream().noneMatch(suite -> goesWith(suite, protocol)));
        List<CipherSuite> usable = suites.stream()
                .filter(suite -> protocols.stream().anyMatch(protocol -> goesWith(suite, protocol)))
                .toList();
        if (usable.isEmpty()) {
            throw new IllegalArgumentException(
                    "ciphers: " + ciphers + " has no cipher suite for " + options.protocols());
        }
        boolean finiteFields =
                usable.stream().anyMatch(suite -> suite.exchange().equals("DHE"));
        return new ContextParts(
                Collections.unmodifiableSet(protocols),
                usable.stream().map(CipherSuite::code).toList(),
                Names.groups(options.groups(), finiteFields),
                Names.signatureSchemes(options.signatureSchemes()),
                identities,
                peerCheck);
    }

    private static boolean goesWith(CipherSuite suite, TlsProtocol protocol) {
        return suite.oldest() == TlsProtocol.TLS_1_3
                ? protocol == TlsProtocol.TLS_1_3
                : protocol != TlsProtocol.TLS_1_3 && protocol.compareTo(suite.oldest()) >= 0;
    }
}
