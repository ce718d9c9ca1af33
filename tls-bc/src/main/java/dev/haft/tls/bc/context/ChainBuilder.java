package dev.haft.tls.bc.context;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the ways from the peer's certificate to those that are trusted, the shortest first where there are several (authorities
 * sign each other). What the peer has sent may be in any order. For one check.
 */
final class ChainBuilder {
    /** What a peer sends must not cost more than this: certificates may be made so that each seems to have issued all others. */
    private static final int MOST_STEPS = 200;

    private static final int MOST_CHAINS = 8;

    private final TrustStore trust;
    private final boolean ofServer;
    private final List<X509Certificate> sent;
    private final int maxLength;
    private final List<Chain> chains = new ArrayList<>();
    private List<X509Certificate> longest = List.of();
    private int steps;
    private boolean tooLong;

    ChainBuilder(TrustStore trust, boolean ofServer, List<X509Certificate> sent, int maxLength) {
        this.trust = trust;
        this.ofServer = ofServer;
        this.sent = sent;
        this.maxLength = maxLength;
        extend(List.of(sent.get(0)));
    }

    /** All that end with a trusted certificate; if there is none, what hangs together of what the peer has sent. */
    List<Chain> chains() {
        return chains.isEmpty() ? List.of(new Chain(longest, false)) : chains;
    }

    /** Whether there was a way that is longer than allowed. */
    boolean wasTooLong() {
        return tooLong;
    }

    private void extend(List<X509Certificate> path) {
        X509Certificate last = path.get(path.size() - 1);
        if (++steps > MOST_STEPS || chains.size() >= MOST_CHAINS) {
            return;
        }
        if (path.size() > longest.size()) {
            longest = path;
        }
        if (trust.contains(last, ofServer)) {
            chains.add(new Chain(path, true));
            return;
        }
        List<X509Certificate> issuers = trust.issuers(last, ofServer);
        boolean full = path.size() >= maxLength;
        if (!full) {
            issuers.forEach(issuer -> chains.add(new Chain(with(path, issuer), true)));
        }
        for (X509Certificate candidate : sent) {
            if (!path.contains(candidate) && !issuers.contains(candidate) && KeyIds.mayHaveIssued(candidate, last)) {
                if (full) {
                    tooLong = true;
                    return;
                }
                extend(with(path, candidate));
            }
        }
        tooLong |= full && !issuers.isEmpty();
    }

    private static List<X509Certificate> with(List<X509Certificate> path, X509Certificate next) {
        List<X509Certificate> longer = new ArrayList<>(path);
        longer.add(next);
        return List.copyOf(longer);
    }
}
