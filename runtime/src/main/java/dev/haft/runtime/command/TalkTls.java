package dev.haft.runtime.command;

import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsSession;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a talk has TLS.
 *
 * @param context its options
 * @param name the peer's; null: that of the endpoint
 * @param after the conversation in clear text before it; null: TLS from the start
 * @param verbose whether to tell what was agreed on
 */
record TalkTls(
        TlsContext context, @Nullable String name, @Nullable StartTls after, boolean verbose) {
    /** Whether the peer must have a name. */
    boolean checksName() {
        return context.options().verify();
    }

    /** What was agreed on, in one line. */
    static String describe(TlsSession session) {
        return "protocol " + session.protocol() + ", suite " + session.cipherSuite() + ", group "
                + orNone(session.group()) + ", ALPN " + orNone(session.applicationProtocol()) + ", peer "
                + peer(session.peerCertificates()) + ", "
                + session.peerVerification().name().toLowerCase(Locale.ROOT);
    }

    private static String peer(List<X509Certificate> chain) {
        return chain.isEmpty()
                ? "none"
                : printable(chain.get(0).getSubjectX500Principal().getName());
    }

    private static String orNone(@Nullable String text) {
        return text == null ? "none" : printable(text);
    }

    /** What a peer says, without what a terminal would obey. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
