package dev.haft.tls.bc.context;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where a machine and a Java runtime keep whom they trust. */
final class SystemTrust {
    private SystemTrust() {}

    /** Files with all certificates, the first that is there counts. The variable is OpenSSL's. */
    static List<Path> bundles() {
        return Stream.concat(
                        Stream.ofNullable(System.getenv("SSL_CERT_FILE")),
                        System.getenv("SSL_CERT_DIR") != null
                                ? Stream.empty()
                                : Stream.of(
                                        "/etc/ssl/certs/ca-certificates.crt", // Debian, Alpine, Arch
                                        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // Red Hat
                                        "/etc/pki/tls/certs/ca-bundle.crt", // older ones
                                        "/etc/ssl/ca-bundle.pem", // SUSE
                                        "/etc/ssl/cert.pem", // macOS, Alpine, the BSDs
                                        "/usr/local/share/certs/ca-root-nss.crt")) // FreeBSD
                .map(Path::of)
                .toList();
    }

    /** Hashed directories, the first that is there counts. The variable is OpenSSL's. */
    static List<Path> directories() {
        String variable = System.getenv("SSL_CERT_DIR");
        return variable != null
                ? Stream.of(variable.split(File.pathSeparator, -1))
                        .map(Path::of)
                        .toList()
                : Stream.of("/etc/ssl/certs", "/etc/pki/tls/certs")
                        .map(Path::of)
                        .toList();
    }

    /** Types of key stores that are the machine's. */
    static List<String> keyStores() {
        String os = System.getProperty("os.name", "");
        return os.startsWith("Windows")
                ? List.of("Windows-ROOT")
                : os.startsWith("Mac") ? List.of("KeychainStore-ROOT", "KeychainStore") : List.of();
    }

    /** The file of the Java runtime, found as it does itself. */
    static Path jdk() {
        String property = System.getProperty("javax.net.ssl.trustStore");
        if (property != null) {
            return Path.of(property);
        }
        Path security = Path.of(System.getProperty("java.home", ""), "lib", "security");
        Path own = security.resolve("jssecacerts");
        return Files.exists(own) ? own : security.resolve("cacerts");
    }
}
