package dev.haft.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as a client, against a server of another and against our own. */
class TalkTlsIT {
    @TempDir
    private static Path folder;

    private static Path certificate;
    private static Path other;
    private static TlsServer server;

    @BeforeAll
    static void serve() throws Exception {
        Installed.assume("openssl");
        certificate = Certificates.make(folder, "server");
        other = Certificates.make(folder, "other");
        server =
                TlsServer.start(folder.resolve("plugins"), "--cert", certificate + "," + Certificates.key(certificate));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static HaftProcess talk(String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of("talk"));
        all.addAll(List.of(args));
        return HaftProcess.start(folder.resolve("plugins"), all.toArray(String[]::new));
    }

    private static String own(String protocol) {
        return "tcp://" + server.place(protocol);
    }

    /** OpenSSL's, which sends each line back in reverse. */
    private static HaftProcess openssl(String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-cert",
                certificate.toString(),
                "-key",
                Certificates.key(certificate).toString(),
                "-rev"));
        command.addAll(List.of(more));
        return HaftProcess.start(new ProcessBuilder(command));
    }

    private static String endpoint(HaftProcess openssl, String host) {
        String line = openssl.out("ACCEPT ").trim();
        return "tcp://" + host + line.substring(line.lastIndexOf(':'));
    }

    private static void assertRefused(String part, HaftProcess talk) throws Exception {
        try (talk) {
            HaftProcess.Result result = talk.type("secret\n").typeEnd().end();
            assertEquals(1, result.status(), result::toString);
            assertEquals(List.of(), result.out());
            assertEquals(1, result.err().size(), result::toString);
            assertTrue(result.err().get(0).startsWith("haft: TLS_FAILED: "), result::toString);
            assertTrue(result.err().get(0).contains(part), result::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void talksWithOpenssl(String version) throws Exception {
        try (HaftProcess openssl = openssl(version, "-alpn", "two,one");
                HaftProcess talk = talk(
                        endpoint(openssl, "127.0.0.1"),
                        "--tls",
                        "--verbose",
                        "--alpn",
                        "one",
                        "--ca",
                        certificate.toString())) {
            String told = talk.err("protocol");
            String protocol = version.equals("-tls1_2") ? "TLSv1.2" : "TLSv1.3";
            assertTrue(
                    told.matches("haft: protocol " + protocol + ", suite TLS_\\w+, group \\w+, ALPN one,"
                            + " peer CN=localhost, verified"),
                    told);
            assertEquals("olleh", talk.type("hello\n").out());
            HaftProcess.Result end = talk.typeEnd().end();
            assertEquals(0, end.status());
            assertEquals(List.of(told), end.err());
        }
    }

    @Test
    void trustsNobodyElse() throws Exception {
        try (HaftProcess openssl = openssl()) {
            String endpoint = endpoint(openssl, "localhost");
            assertRefused("", talk(endpoint, "--tls", "--ca", other.toString()));
            assertRefused("", talk(endpoint, "--tls"));
            try (HaftProcess talk = talk(endpoint, "--tls", "--insecure", "--verbose", "--ca", other.toString())) {
                assertTrue(talk.err("protocol").endsWith("peer CN=localhost, unverified"));
                assertEquals("x", talk.type("x\n").out());
            }
        }
    }

    @Test
    void refusesAPeerOfAnotherName() throws Exception {
        Path elsewhere = Certificates.make(folder, "elsewhere", "DNS:elsewhere.example");
        String key = Certificates.key(elsewhere).toString();
        try (HaftProcess openssl = openssl("-cert", elsewhere.toString(), "-key", key)) {
            String endpoint = endpoint(openssl, "localhost");
            assertRefused("localhost", talk(endpoint, "--tls", "--ca", elsewhere.toString()));
        }
    }

    @Test
    void checksTheNameThatIsGiven() throws Exception {
        Path named = Certificates.make(folder, "named", "DNS:mail.example");
        String socket = "unix:" + folder.resolve("named.sock");
        try (TlsServer mail = TlsServer.start(
                folder.resolve("plugins"),
                "--cert",
                named + "," + Certificates.key(named),
                "--listen",
                "echo-tls=" + socket)) {
            assertRefused("", talk("tcp://" + mail.place("echo-auto"), "--tls", "--ca", named.toString()));
            try (HaftProcess talk = talk(socket, "--tls", "--ca", named.toString())) {
                talk.err("--name");
                assertEquals(2, talk.end().status());
            }
            for (String endpoint : List.of(socket, "tcp://" + mail.place("echo-auto"))) {
                assertRefused(
                        "other.example", talk(endpoint, "--tls", "--ca", named.toString(), "--name", "other.example"));
                try (HaftProcess talk = talk(endpoint, "--tls", "--ca", named.toString(), "--name", "mail.example")) {
                    assertEquals("x", talk.type("x\n").out());
                }
            }
        }
    }

    @Test
    void tellsTheNameThatIsGiven() throws Exception {
        Path named = Certificates.make(folder, "told", "DNS:mail.example");
        try (HaftProcess openssl = openssl(
                "-servername",
                "mail.example",
                "-servername_fatal",
                "-cert2",
                named.toString(),
                "-key2",
                Certificates.key(named).toString())) {
            String endpoint = endpoint(openssl, "localhost");
            assertRefused("unrecognized_name", talk(endpoint, "--tls", "--ca", certificate.toString()));
            try (HaftProcess talk = talk(endpoint, "--tls", "--ca", named.toString(), "--name", "mail.example")) {
                assertEquals("olleh", talk.type("hello\n").out());
            }
        }
    }

    @Test
    void showsItsOwnCertificate() throws Exception {
        try (HaftProcess openssl =
                openssl("-Verify", "1", "-verify_return_error", "-CAfile", other.toString(), "-tls1_2")) {
            String endpoint = endpoint(openssl, "127.0.0.1");
            assertRefused("", talk(endpoint, "--tls", "--ca", certificate.toString()));
            try (HaftProcess talk = talk(
                    endpoint,
                    "--tls",
                    "--ca",
                    certificate.toString(),
                    "--cert",
                    other + "," + Certificates.key(other))) {
                assertEquals("olleh", talk.type("hello\n").out());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo-tls", "echo-auto"})
    void getsAllAnswersOfAServerToWhichItEndsFirst(String protocol) throws Exception {
        try (HaftProcess talk = talk(own(protocol), "--tls", "--ca", certificate.toString())) {
            String lines = "x".repeat(999) + "\n";
            HaftProcess.Result result = talk.type(lines.repeat(1000)).typeEnd().end();
            assertEquals(0, result.status(), result::toString);
            assertEquals(1000, result.out().size());
            assertEquals(List.of(), result.err());
        }
    }

    @Test
    void startsTlsInSmtp() throws Exception {
        try (HaftProcess talk = talk(own("smtp"), "--starttls", "smtp", "--ca", certificate.toString())) {
            assertEquals("503 5.5.1 EHLO first", talk.type("MAIL FROM:<a>\n").out());
            talk.type("EHLO me\n").out("250 ENHANCEDSTATUSCODES");
            assertEquals("503 5.5.1 no TLS here", talk.type("STARTTLS\n").out());
            assertEquals("221 2.0.0 bye", talk.type("QUIT\n").out());
            assertEquals(0, talk.end().status());
        }
    }

    @Test
    void tellsThatAServerHasNoTls() throws Exception {
        assertRefused("", talk(own("smtp"), "--tls", "--ca", certificate.toString()));
        assertRefused(
                "no STARTTLS by pop3: the server said '220 ",
                talk(own("smtp"), "--starttls", "pop3", "--ca", certificate.toString()));
    }

    @Test
    void refusesWhatCannotBeMeant() throws Exception {
        String[][] misuses = {
            {"--tls", "--starttls", "smtp"},
            {"--starttls", "http"},
            {"--ca", certificate.toString()},
            {"--insecure"},
            {"--name", "localhost"},
            {"--tls", "--name", ""},
            {"--tls", "--cert", "a,b,c"},
            {"--tls", "--key", "a"},
        };
        for (String[] misuse : misuses) {
            List<String> args = new ArrayList<>(List.of(own("echo")));
            args.addAll(List.of(misuse));
            try (HaftProcess talk = talk(args.toArray(String[]::new))) {
                HaftProcess.Result result = talk.end();
                assertEquals(2, result.status(), result::toString);
            }
        }
        assertRefused(
                "",
                talk(own("echo-tls"), "--tls", "--ca", folder.resolve("no.pem").toString()));
    }
}
