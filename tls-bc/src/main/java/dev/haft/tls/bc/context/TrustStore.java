package dev.haft.tls.bc.context;

import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/** Whom this end trusts, by name, and the revocation lists that came along. Immutable. */
final class TrustStore {
    private final Map<X500Principal, List<Anchor>> anchors = new LinkedHashMap<>();
    private final Map<X500Principal, List<X509CRL>> crls = new HashMap<>();
    private final List<byte[]> rawKeys;

    TrustStore(List<Anchor> anchors, List<X509CRL> crls, List<PublicKey> rawKeys) {
        for (Anchor anchor : anchors) {
            List<Anchor> sameName = this.anchors.computeIfAbsent(
                    anchor.certificate().getSubjectX500Principal(), name -> new ArrayList<>());
            if (!sameName.contains(anchor)) {
                sameName.add(anchor);
            }
        }
        for (X509CRL crl : crls) {
            this.crls
                    .computeIfAbsent(crl.getIssuerX500Principal(), name -> new ArrayList<>())
                    .add(crl);
        }
        this.rawKeys = rawKeys.stream().map(PublicKey::getEncoded).toList();
    }

    /** Those that may have issued a certificate. */
    List<X509Certificate> issuers(X509Certificate certificate, boolean ofServers) {
        return anchors.getOrDefault(certificate.getIssuerX500Principal(), List.of()).stream()
                .filter(anchor -> isFor(anchor, ofServers))
                .map(Anchor::certificate)
                .filter(issuer -> KeyIds.mayHaveIssued(issuer, certificate))
                .toList();
    }

    /** Whether a certificate is itself trusted. */
    boolean contains(X509Certificate certificate, boolean ofServers) {
        return anchors.getOrDefault(certificate.getSubjectX500Principal(), List.of()).stream()
                .anyMatch(anchor ->
                        isFor(anchor, ofServers) && anchor.certificate().equals(certificate));
    }

    private static boolean isFor(Anchor anchor, boolean ofServers) {
        return ofServers ? anchor.forServers() : anchor.forClients();
    }

    /** The revocation lists of an authority. */
    List<X509CRL> crls(X500Principal issuer) {
        return crls.getOrDefault(issuer, List.of());
    }

    /** Whether a raw public key (DER) is trusted. */
    boolean containsKey(byte[] key) {
        return rawKeys.stream().anyMatch(known -> Arrays.equals(known, key));
    }

    /** Whether raw public keys are trusted at all. */
    boolean hasRawKeys() {
        return !rawKeys.isEmpty();
    }

    /** The names of the authorities for clients, in DER. */
    List<byte[]> clientAuthorities() {
        return anchors.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(Anchor::forClients))
                .map(entry -> entry.getKey().getEncoded())
                .toList();
    }

    int size() {
        return anchors.values().stream().mapToInt(List::size).sum();
    }
}
