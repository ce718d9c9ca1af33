package dev.haft.example.smtp;

import dev.haft.Handle;
import dev.haft.Protocol;
import dev.haft.tls.TlsContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * SMTP (RFC 5321) with STARTTLS (RFC 3207) and pipelining (RFC 2920). It takes any mail, logs that it came, and keeps nothing.
 *
 * <p>After STARTTLS all that the client has said before is forgotten, and what it has sent behind the command in clear text is
 * refused: it is read as TLS, which it is not.
 *
 * <p><b>Thread safety</b>: thread-safe, if the supplier is.
 *
 * <p><b>Limits</b>: commands of 2 KiB, lines of mail of 64 KiB, mails of 10 MiB, 100 recipients, 5 minutes of silence.
 */
public final class SmtpProtocol implements Protocol {
    private final Supplier<? extends @Nullable TlsContext> tls;

    /** Without STARTTLS. */
    public SmtpProtocol() {
        this(() -> null);
    }

    /**
     * With STARTTLS as long as there is a context.
     *
     * @param tls asked for each connection; null from it: no STARTTLS
     */
    public SmtpProtocol(Supplier<? extends @Nullable TlsContext> tls) {
        this.tls = tls;
    }

    @Override
    public void accept(Handle handle) {
        new Session(handle, tls.get()).begin();
    }
}
