package dev.haft.tls.bc.context;

import dev.haft.tls.TlsOcsp;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsSession.PeerVerification;
import dev.haft.tls.TlsStart;
import dev.haft.tls.Verification;
import dev.haft.tls.VerifyCallback;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.jspecify.annotations.Nullable;

/**
 * All checks of one chain. What is wrong is noted by certificate, from the authority down: a callback that accepts one all the
 * same makes it the authority for those below, so that these are checked as well. For one thread.
 */
final class Examination {
    private final TlsStart start;
    private final TlsOptions options;
    private final boolean ofServer;
    private final Chain chain;
    private final List<X509Certificate> certificates;
    private final @Nullable Problem[] problems;

    Examination(
            TlsStart start,
            Chain chain,
            boolean wasTooLong,
            KnownSignatures signatures,
            Revocation revocation,
            byte @Nullable [] ocspResponse,
            Instant now) {
        this.start = start;
        this.options = start.context().options();
        this.ofServer = start.role() == TlsRole.CLIENT;
        this.chain = chain;
        this.certificates = chain.certificates();
        this.problems = new Problem[certificates.size()];
        checkTop(wasTooLong, now);
        checkPath(new PathRules(now, signatures::verify));
        for (int depth = 0; depth < problems.length; depth++) {
            note(depth, checkOne(depth, revocation, ocspResponse, now));
        }
    }

    private void note(int depth, @Nullable Problem problem) {
        if (problems[depth] == null) {
            problems[depth] = problem;
        }
    }

    private void checkTop(boolean wasTooLong, Instant now) {
        int top = problems.length - 1;
        X509Certificate last = certificates.get(top);
        if (chain.anchored()) {
            note(top, PathRules.dates(last, now));
        } else if (wasTooLong) {
            note(
                    top,
                    new Problem(
                            AlertDescription.unknown_ca,
                            "is in a chain of more than " + options.maxChainLength() + " certificates"));
        } else {
            boolean selfIssued = last.getSubjectX500Principal().equals(last.getIssuerX500Principal());
            note(
                    top,
                    new Problem(
                            AlertDescription.unknown_ca,
                            selfIssued
                                    ? "is self-signed and not among those trusted"
                                    : "has an issuer that is not known or not trusted: "
                                            + last.getIssuerX500Principal().getName()));
            note(top, PathRules.dates(last, now));
        }
    }

    private void checkPath(PathRules rules) {
        int top = problems.length - 1;
        PathRules.Finding finding = rules.check(certificates, top, chain.anchored());
        while (finding != null) {
            note(finding.depth(), finding.problem());
            finding = rules.check(certificates, finding.depth(), false);
        }
    }

    private @Nullable Problem checkOne(int depth, Revocation revocation, byte @Nullable [] ocspResponse, Instant now) {
        X509Certificate certificate = certificates.get(depth);
        boolean top = depth == problems.length - 1;
        Problem problem = top && depth > 0 ? null : KeyPurpose.problem(certificate, depth, ofServer);
        X509Certificate issuer = certificates.get(top ? depth : depth + 1);
        if (problem == null && !top && options.checkCrl()) {
            problem = revocation.problem(certificate, issuer, now);
        }
        if (problem == null && depth == 0 && ofServer) {
            problem = checkOcsp(certificate, issuer, ocspResponse, now);
        }
        return problem == null && depth == 0 && ofServer ? checkName(certificate) : problem;
    }

    private @Nullable Problem checkOcsp(
            X509Certificate certificate, X509Certificate issuer, byte @Nullable [] response, Instant now) {
        if (options.ocsp() == TlsOcsp.OFF) {
            return null;
        }
        if (response != null) {
            return OcspCheck.problem(response, certificate, issuer, now);
        }
        return options.ocsp() == TlsOcsp.CHECK
                ? TlsFeatures.withoutResponse(certificate)
                : new Problem(AlertDescription.bad_certificate_status_response, "comes without an OCSP response");
    }

    private @Nullable Problem checkName(X509Certificate certificate) {
        if (!options.peerNameScheme().isChecked()) {
            return null;
        }
        String name = start.peerName();
        String text = name == null
                ? "cannot be compared with the name of the peer: there is none"
                : PeerNames.problem(options.peerNameScheme(), certificate, name);
        return text == null ? null : new Problem(AlertDescription.certificate_unknown, text);
    }

    /** Whether nothing is wrong. */
    boolean isClean() {
        for (Problem problem : problems) {
            if (problem != null) {
                return false;
            }
        }
        return true;
    }

    /** The result, with the callback's word. */
    PeerVerification decide() throws TlsFatalAlert {
        VerifyCallback callback = options.verifyCallback();
        boolean overridden = false;
        for (int depth = problems.length - 1; depth >= 0; depth--) {
            Problem problem = problems[depth];
            boolean accepted = callback == null ? problem == null : ask(callback, depth, problem);
            if (!accepted) {
                throw (problem == null
                                ? new Problem(AlertDescription.certificate_unknown, "was refused by the program")
                                : problem)
                        .refusing(certificates.get(depth), depth);
            }
            overridden |= problem != null;
        }
        return overridden ? PeerVerification.OVERRIDDEN : PeerVerification.VERIFIED;
    }

    private boolean ask(VerifyCallback callback, int depth, @Nullable Problem problem) throws TlsFatalAlert {
        Verification verification = new Verification(
                start.role(),
                depth,
                certificates,
                problem == null,
                problem == null ? null : problem.text(),
                start.peerName(),
                start.handle());
        try {
            return callback.accept(verification);
        } catch (Exception e) {
            throw new Problem(
                            AlertDescription.certificate_unknown,
                            "was refused: the program's callback has failed: " + e)
                    .refusing(certificates.get(depth), depth, e);
        }
    }
}
