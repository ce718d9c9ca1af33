package dev.haft.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes certificates, by OpenSSL. */
final class Certificates {
    private Certificates() {}

    /** For localhost. */
    static Path make(Path folder, String name) throws Exception {
        return make(folder, name, "DNS:localhost,IP:127.0.0.1");
    }

    /** One that has signed itself; the certificate's file, the key's is {@link #key}. */
    static Path make(Path folder, String name, String hosts) throws Exception {
        return request(folder, name, 2, "-subj", "/CN=localhost", "-addext", "subjectAltName=" + hosts);
    }

    /** That of an authority. */
    static Path authority(Path folder, String name) throws Exception {
        return request(folder, name, 2, "-subj", "/CN=Authority", "-addext", "keyUsage=critical,keyCertSign,cRLSign");
    }

    /** For localhost, by an authority, with all that a scanner looks for in one. */
    static Path issue(Path folder, String name, Path authority) throws Exception {
        return request(
                folder,
                name,
                365,
                "-CA",
                authority.toString(),
                "-CAkey",
                key(authority).toString(),
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost,IP:127.0.0.1",
                "-addext",
                "basicConstraints=critical,CA:false",
                "-addext",
                "keyUsage=critical,digitalSignature",
                "-addext",
                "extendedKeyUsage=serverAuth",
                "-addext",
                "crlDistributionPoints=URI:http://localhost/none.crl");
    }

    /** The key of a certificate, encrypted, in a file of its own. */
    static Path encryptedKey(Path certificate, String password) throws Exception {
        Path encrypted = Path.of(key(certificate) + ".encrypted");
        openssl(
                "pkcs8",
                "-topk8",
                "-in",
                key(certificate).toString(),
                "-out",
                encrypted.toString(),
                "-passout",
                "pass:" + password);
        return encrypted;
    }

    private static void openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        try (HaftProcess openssl = HaftProcess.start(new ProcessBuilder(command))) {
            HaftProcess.Result result = openssl.end();
            assertEquals(0, result.status(), result::toString);
        }
    }

    private static Path request(Path folder, String name, int days, String... more) throws Exception {
        Path certificate = folder.resolve(name + ".pem");
        List<String> arguments = new ArrayList<>(List.of(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                String.valueOf(days),
                "-keyout",
                key(certificate).toString(),
                "-out",
                certificate.toString()));
        arguments.addAll(List.of(more));
        openssl(arguments.toArray(String[]::new));
        return certificate;
    }

    static Path key(Path certificate) {
        return Path.of(certificate + ".key");
    }
}
