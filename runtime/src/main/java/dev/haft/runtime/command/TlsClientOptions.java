package dev.haft.runtime.command;

import dev.haft.tls.TlsIdentity;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsTrust;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options for TLS as a client. */
final class TlsClientOptions {
    @Option(
            names = "--tls",
            description =
                    "TLS from the start; the peer's certificate must be trusted, and have the name HOST or that of --name")
    private boolean fromStart;

    @Option(
            names = "--starttls",
            paramLabel = "PROTOCOL",
            description = {
                "TLS after the clear text that asks for it in smtp, imap, pop3, nntp, ftp or xmpp",
                "standard input and output have what comes after that"
            })
    private @Nullable StartTls after;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "certificates to trust, in PEM; what this machine trusts by default")
    private @Nullable Path authorities;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = {
                "the name that the peer's certificate must have, and that the peer is told (SNI); HOST by default",
                "with unix:PATH there is none by default"
            })
    private @Nullable String name;

    @Option(names = "--insecure", description = "take any certificate: whoever sits between can read and change all")
    private boolean insecure;

    @Option(
            names = "--alpn",
            paramLabel = "NAME",
            split = ",",
            description = "protocols to offer by ALPN, the preferred one first, such as h2,http/1.1")
    private final List<String> alpn = new ArrayList<>();

    @Mixin
    private final CertificateOptions certificate = new CertificateOptions();

    /** What was given; null: no TLS. */
    @Nullable TalkTls tls(CommandSpec spec, boolean verbose) {
        TlsIdentity identity = certificate.identity(spec);
        if (fromStart && after != null) {
            throw new ParameterException(spec.commandLine(), "--tls and --starttls exclude each other");
        }
        if (!fromStart && after == null) {
            if (authorities != null || name != null || insecure || !alpn.isEmpty() || identity != null) {
                throw new ParameterException(
                        spec.commandLine(), "--ca, --cert, --name, --insecure and --alpn need --tls or --starttls");
            }
            return null;
        }
        if (name != null && name.isBlank()) {
            throw new ParameterException(spec.commandLine(), "--name needs a name");
        }
        TlsOptions.Builder options = TlsOptions.builder().verify(!insecure);
        if (authorities != null) {
            options.trust(TlsTrust.caFile(authorities));
        }
        if (identity != null) {
            options.identity(identity);
        }
        try {
            options.applicationProtocols(alpn.toArray(String[]::new));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--alpn: " + e.getMessage());
        }
        return new TalkTls(options.build().context(), name, after, verbose);
    }
}
