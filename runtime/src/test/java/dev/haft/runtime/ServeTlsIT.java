package dev.haft.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of others against the ports with TLS. */
class ServeTlsIT {
    @TempDir
    private static Path folder;

    private static Path certificate;
    private static TlsServer server;

    @BeforeAll
    static void serve() throws Exception {
        Installed.assume("openssl");
        certificate = Certificates.make(folder, "server");
        server = TlsServer.start(
                folder.resolve("plugins"),
                "--cert",
                certificate.toString(),
                "--key",
                Certificates.key(certificate).toString());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static HaftProcess openssl(String place, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_client",
                "-connect",
                place,
                "-CAfile",
                certificate.toString(),
                "-verify_return_error",
                "-verify_hostname",
                "localhost",
                "-quiet"));
        command.addAll(List.of(more));
        return HaftProcess.start(new ProcessBuilder(command));
    }

    @ParameterizedTest
    @CsvSource({"echo-tls,-tls1_2", "echo-tls,-tls1_3", "echo-auto,-tls1_2", "echo-auto,-tls1_3"})
    void opensslIsAnswered(String port, String version) throws Exception {
        try (HaftProcess openssl = openssl(server.place(port), version)) {
            assertEquals("hello", openssl.type("hello\n").out());
            assertEquals("wörld", openssl.type("wörld\n").out());
        }
    }

    @Test
    void clearTextIsAnsweredOnTheSamePort() throws Exception {
        String place = server.place("echo-auto");
        try (LineClient line = new LineClient(Integer.parseInt(place.substring(place.lastIndexOf(':') + 1)))) {
            assertEquals("hello", line.write("hello\n").read());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo-tls", "echo-auto"})
    void curlIsAnswered(String port) throws Exception {
        Installed.assume("curl");
        String url = "https://" + server.place(port).replace("127.0.0.1", "localhost") + "/it";
        try (HaftProcess curl = HaftProcess.start(new ProcessBuilder(
                "curl", "-sSN", "-4", "--noproxy", "*", "--http0.9", "--cacert", certificate.toString(), url))) {
            assertTrue(curl.out().startsWith("GET /it HTTP/1.1"));
        }
    }

    @Test
    void opensslStartsTlsInSmtp() throws Exception {
        try (HaftProcess openssl = openssl(server.place("smtp"), "-starttls", "smtp")) {
            openssl.type("EHLO me\n").out("250 ENHANCEDSTATUSCODES");
            assertEquals("221 2.0.0 bye", openssl.type("QUIT\n").out());
        }
    }

    @Test
    void refusesClearTextBehindStartTls() throws Exception {
        String place = server.place("smtp");
        int port = Integer.parseInt(place.substring(place.lastIndexOf(':') + 1));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write("EHLO me\r\nSTARTTLS\r\nRSET\r\nNOOP\r\n".getBytes(StandardCharsets.US_ASCII));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            int goAhead = all.indexOf("220 2.0.0 go ahead\r\n");
            assertTrue(goAhead > 0, all);
            String after = all.substring(goAhead + "220 2.0.0 go ahead\r\n".length());
            // An alert in a record of TLS, and nothing else.
            assertTrue(after.startsWith("\u0015\u0003"), after);
            assertEquals(7, after.length(), after);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tlsv1_2", "tlsv1_3"})
    void swaksSendsAMailOverTls(String version) throws Exception {
        Installed.assume("swaks");
        try (HaftProcess swaks = HaftProcess.start(new ProcessBuilder(
                "swaks",
                "--server",
                server.place("smtp"),
                "--tls",
                "--tls-protocol",
                version,
                "--tls-ca-path",
                certificate.toString(),
                "--tls-verify",
                "--helo",
                "me",
                "--from",
                "a@localhost",
                "--to",
                "b@localhost"))) {
            HaftProcess.Result result = swaks.typeEnd().end();
            assertEquals(0, result.status(), result::toString);
            assertTrue(
                    result.out().stream().anyMatch(line -> line.contains("250 2.0.0 taken, and not kept")),
                    result::toString);
        }
        server.err("mail from <a@localhost> for 1, ");
    }

    @Test
    void makesACertificateAndSaysSoIfNoneIsGiven() throws Exception {
        try (TlsServer demo = TlsServer.start(folder.resolve("plugins"))) {
            demo.err("TLS has a certificate made for this run");
            String endpoint = "tcp://" + demo.place("echo-tls");
            try (HaftProcess talk = talk(endpoint, "--tls")) {
                talk.err("haft: TLS_FAILED: ");
                assertEquals(1, talk.end().status());
            }
            try (HaftProcess talk = talk(endpoint, "--tls", "--insecure")) {
                assertEquals(
                        new HaftProcess.Result(0, List.of("x"), List.of()),
                        talk.type("x\n").typeEnd().end());
            }
        }
    }

    private static HaftProcess talk(String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of("talk"));
        all.addAll(List.of(args));
        return HaftProcess.start(folder.resolve("plugins"), all.toArray(String[]::new));
    }

    private static void assertNotServed(int status, String why, String... options) throws Exception {
        List<String> args = new ArrayList<>(List.of("serve"));
        args.addAll(List.of(options));
        try (HaftProcess haft = HaftProcess.start(folder.resolve("plugins"), args.toArray(String[]::new))) {
            haft.err("haft: " + why);
            assertEquals(status, haft.end().status(), haft::toString);
        }
    }

    @Test
    void takesAnEncryptedKeyWithItsPassword() throws Exception {
        String key = Certificates.encryptedKey(certificate, "geheim").toString();
        Path password = Files.writeString(folder.resolve("password"), "geheim\r\nmore\n");
        Path wrong = Files.writeString(folder.resolve("wrong"), "no\n");
        Path empty = Files.createFile(folder.resolve("empty"));
        String[] certificateAndKey = {"--cert", certificate.toString(), "--key", key};
        try (TlsServer encrypted = TlsServer.start(
                folder.resolve("plugins"),
                "--cert",
                certificate.toString(),
                "--key",
                key,
                "--key-password-file",
                password.toString())) {
            String endpoint = "tcp://" + encrypted.place("echo-tls").replace("127.0.0.1", "localhost");
            try (HaftProcess talk = talk(endpoint, "--tls", "--ca", certificate.toString())) {
                assertEquals("x", talk.type("x\n").out());
            }
        }
        String failed = "TLS_FAILED: TLS: ";
        assertNotServed(
                1, failed + key + ": the private key is encrypted, and there is no password", certificateAndKey);
        assertNotServed(1, failed + key + ": the private key cannot be decrypted", with(certificateAndKey, wrong));
        assertNotServed(1, failed + empty + ": there is no password in it", with(certificateAndKey, empty));
        Path none = folder.resolve("none");
        assertNotServed(1, failed + none + ": cannot be read", with(certificateAndKey, none));
        assertNotServed(2, "--key-password-file", "--key-password-file", password.toString());
    }

    private static String[] with(String[] options, Path passwordFile) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--key-password-file", passwordFile.toString()));
        return all.toArray(String[]::new);
    }

    @Test
    void asksForClientCertificates() throws Exception {
        Path client = Certificates.make(folder, "client");
        String ofClient = client + "," + Certificates.key(client);
        String[] asServer = {"--cert", certificate + "," + Certificates.key(certificate)};
        for (String auth : List.of("need", "want")) {
            List<String> options = new ArrayList<>(List.of(asServer));
            options.addAll(List.of("--client-auth", auth, "--client-ca", client.toString()));
            try (TlsServer asking = TlsServer.start(folder.resolve("plugins"), options.toArray(String[]::new))) {
                String endpoint = "tcp://" + asking.place("echo-tls").replace("127.0.0.1", "localhost");
                String[] stranger = {"--tls", "--ca", certificate.toString(), "--cert", asServer[1]};
                assertAnswered(true, endpoint, "--tls", "--ca", certificate.toString(), "--cert", ofClient);
                assertAnswered(false, endpoint, stranger);
                assertAnswered(auth.equals("want"), endpoint, "--tls", "--ca", certificate.toString());
            }
        }
        assertNotServed(2, "--client-auth want and need, and only they, have --client-ca", "--client-auth", "need");
        assertNotServed(2, "--client-auth want", "--client-ca", client.toString());
        assertNotServed(2, "Invalid value for option '--client-auth'", "--client-auth", "maybe");
        Path none = folder.resolve("none.pem");
        assertNotServed(1, "TLS_FAILED: ", "--client-auth", "need", "--client-ca", none.toString());
    }

    private static void assertAnswered(boolean answered, String endpoint, String... options) throws Exception {
        List<String> args = new ArrayList<>(List.of(endpoint));
        args.addAll(List.of(options));
        try (HaftProcess talk = talk(args.toArray(String[]::new))) {
            HaftProcess.Result result = talk.type("x\n").typeEnd().end();
            assertEquals(answered ? List.of("x") : List.of(), result.out(), result::toString);
            assertEquals(answered ? 0 : 1, result.status(), result::toString);
        }
    }

    @Test
    void failsIfTheCertificateCannotBeRead() throws Exception {
        try (HaftProcess haft = HaftProcess.start(
                folder.resolve("plugins"),
                "serve",
                "--cert",
                folder.resolve("no.pem").toString())) {
            haft.err("haft: TLS_FAILED: ");
            assertEquals(1, haft.end().status());
        }
        try (HaftProcess haft = HaftProcess.start(folder.resolve("plugins"), "serve", "--key", "key.pem")) {
            assertEquals(2, haft.end().status());
        }
    }
}
