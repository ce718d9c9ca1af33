package dev.haft.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;

/** Makes certificates that have signed themselves, by OpenSSL. */
final class Certificates {
    private Certificates() {}

    /** For localhost. */
    static Path make(Path folder, String name) throws Exception {
        return make(folder, name, "DNS:localhost,IP:127.0.0.1");
    }

    /** The certificate's file; the key's is {@link #key}. */
    static Path make(Path folder, String name, String hosts) throws Exception {
        Path certificate = folder.resolve(name + ".pem");
        try (HaftProcess openssl = HaftProcess.start(new ProcessBuilder(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=" + hosts,
                "-keyout",
                key(certificate).toString(),
                "-out",
                certificate.toString()))) {
            HaftProcess.Result result = openssl.end();
            assertEquals(0, result.status(), result::toString);
        }
        return certificate;
    }

    static Path key(Path certificate) {
        return Path.of(certificate + ".key");
    }
}
