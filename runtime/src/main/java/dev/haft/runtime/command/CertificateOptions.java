package dev.haft.runtime.command;

import dev.haft.tls.TlsIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
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

    @Option(
            names = "--key-password-file",
            paramLabel = "FILE",
            description = "the file whose first line is the password of an encrypted key")
    private @Nullable Path passwordFile;

    /** What was given; null if nothing was. */
    @Nullable TlsIdentity identity(CommandSpec spec) {
        if (files.isEmpty() && key == null) {
            if (passwordFile != null) {
                throw new ParameterException(spec.commandLine(), "--key-password-file needs --cert");
            }
            return null;
        }
        int most = key == null ? 2 : 1;
        if (files.isEmpty() || files.size() > most) {
            throw new ParameterException(
                    spec.commandLine(), "a certificate is --cert FILE, --cert FILE,KEYFILE or --cert FILE --key FILE");
        }
        Path certificates = files.get(0);
        Path keyFile = key == null ? files.get(files.size() - 1) : key;
        TlsIdentity identity = TlsIdentity.pemFiles(certificates, keyFile);
        Path file = passwordFile;
        return file == null ? identity : identity.password(what -> firstLine(file));
    }

    private static char[] firstLine(Path file) throws IOException {
        String line;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            line = lines.readLine();
        } catch (IOException e) {
            throw new IOException(file + ": cannot be read: " + e, e);
        }
        if (line == null || line.isEmpty()) {
            throw new IOException(file + ": there is no password in it");
        }
        return line.toCharArray();
    }
}
