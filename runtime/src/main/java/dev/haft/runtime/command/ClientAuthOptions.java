package dev.haft.runtime.command;

import dev.haft.tls.TlsClientAuth;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsTrust;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options for the certificates of clients. */
final class ClientAuthOptions {
    @Option(
            names = "--client-auth",
            paramLabel = "none|want|need",
            defaultValue = "none",
            description = {
                "whether TLS asks clients for a certificate, none by default",
                "want: one that has none is served, too; one whose certificate is not trusted is not"
            })
    private TlsClientAuth auth;

    @Option(
            names = "--client-ca",
            paramLabel = "FILE",
            description =
                    "whom to trust for --client-auth: certificates in PEM, of authorities or of the clients themselves")
    private @Nullable Path authorities;

    /** Whether clients are asked. */
    boolean areAsked() {
        return auth != TlsClientAuth.NONE;
    }

    /** Adds what was given. */
    void addTo(TlsOptions.Builder options, CommandSpec spec) {
        Path file = authorities;
        if (areAsked() == (file == null)) {
            // Whom this machine trusts to name servers is nobody to say who its clients are.
            throw new ParameterException(
                    spec.commandLine(), "--client-auth want and need, and only they, have --client-ca");
        }
        if (file != null) {
            options.clientAuth(auth).trust(TlsTrust.caFile(file));
        }
    }
}
