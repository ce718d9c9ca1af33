package dev.haft.runtime.command;

import dev.haft.tls.TlsIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options for this end's own certificate. */
final class CertificateOptions {
    @Option(
            names = "--cert",
            paramLabel = "FILE[,KEYFILE]",
            split = ",",
            description = {
                "the certificate and its chain in PEM, shown to the peer when TLS is used",
                "without KEYFILE or --key the key is in the same file"
            })
    private final List<Path> files = new ArrayList<>();

    @Option(names = "--key", paramLabel = "FILE", description = "the key of --cert in PEM")
    private @Nullable Path key;

    /** What was given; null if nothing was. */
    @Nullable TlsIdentity identity(CommandSpec spec) {
        if (files.isEmpty() && key == null) {
            return null;
        }
        int most = key == null ? 2 : 1;
        if (files.isEmpty() || files.size() > most) {
            throw new ParameterException(
                    spec.commandLine(), "a certificate is --cert FILE, --cert FILE,KEYFILE or --cert FILE --key FILE");
        }
        Path certificates = files.get(0);
        Path keyFile = key == null ? files.get(files.size() - 1) : key;
        return TlsIdentity.pemFiles(certificates, keyFile);
    }
}
