package dev.haft.tls.bc.context;

import java.security.cert.X509Certificate;
import org.bouncycastle.tls.TlsFatalAlert;
import org.jspecify.annotations.Nullable;

/**
 * Why a certificate is not accepted.
 *
 * @param alert what the peer is told ({@code AlertDescription})
 * @param text what is wrong, as the end of a sentence that begins with the certificate
 */
record Problem(short alert, String text) {
    TlsFatalAlert refusing(X509Certificate certificate, int depth) {
        return refusing(certificate, depth, null);
    }

    TlsFatalAlert refusing(X509Certificate certificate, int depth, @Nullable Throwable cause) {
        String name = certificate.getSubjectX500Principal().getName();
        return new TlsFatalAlert(
                alert,
                "the certificate of " + (name.isEmpty() ? "(no name)" : name) + " at depth " + depth + " " + text,
                cause);
    }
}
