package dev.haft.tls.bc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.HandleException;
import dev.haft.tls.TlsClientAuth;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsSession;
import dev.haft.tls.TlsSession.PeerVerification;
import dev.haft.tls.TlsStart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenSSL, GnuTLS and curl at the other end, on loopback. */
class OtherPeersIT {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final BcTlsProvider provider = new BcTlsProvider();

    @TempDir
    private Path folder;

    private Path ca;

    @BeforeEach
    void writeFiles() throws Exception {
        ca = write("ca.pem", Fixture.CA.certificate());
        write("server.pem", Fixture.SERVER.certificate(), Fixture.SERVER.key().getPrivate());
        // The JDK leaves the public key out, without which GnuTLS takes no key: as OpenSSL writes it.
        try (Command convert =
                new Command(List.of("openssl", "ec", "-in", file("server.pem"), "-out", file("server.key")))) {
            convert.end();
        }
        write("client.pem", Fixture.CLIENT.certificate(), Fixture.CLIENT.key().getPrivate());
    }

    private Path write(String name, X509Certificate certificate, PrivateKey... keys)
            throws IOException, CertificateEncodingException {
        StringBuilder text = new StringBuilder(pem("CERTIFICATE", certificate.getEncoded()));
        for (PrivateKey key : keys) {
            text.append(pem("PRIVATE KEY", key.getEncoded()));
        }
        return Files.writeString(folder.resolve(name), text.toString());
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + kind + "-----\n";
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    // Our server

    /** What a server has seen of its clients, one after the other. */
    private final class EchoServer implements AutoCloseable {
        private final ServerSocket listener;
        private final TlsContext context;
        private final List<TlsSession> sessions = new ArrayList<>();
        private final CompletableFuture<Void> ended;

        EchoServer(TlsOptions options, int connections) throws IOException {
            context = options.context();
            listener = new ServerSocket(0, 5, LOOPBACK);
            ended = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < connections; i++) {
                    serve();
                }
            });
        }

        int port() {
            return listener.getLocalPort();
        }

        private void serve() {
            try (Socket socket = listener.accept();
                    TlsSocket tls = new TlsSocket(socket, provider.engine(TlsStart.server(context)))) {
                sessions.add(tls.engine().session());
                for (String line = tls.readLine(); line != null; line = tls.readLine()) {
                    if (line.startsWith("GET ")) {
                        String head = line;
                        while (!line.isEmpty()) {
                            line = tls.readLine();
                        }
                        String body = "you asked: " + head + "\n";
                        tls.write("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
                    } else {
                        tls.write(line.toUpperCase(Locale.ROOT) + "\n");
                    }
                }
            } catch (SocketException e) {
                // A client that closes without having read all tickets resets the connection.
            } catch (IOException | HandleException e) {
                throw new IllegalStateException(e);
            }
        }

        List<TlsSession> sessions() throws Exception {
            ended.get(30, TimeUnit.SECONDS);
            return sessions;
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    private Command openssl(EchoServer server, String version, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_client",
                "-connect",
                "127.0.0.1:" + server.port(),
                "-servername",
                "server.test",
                "-CAfile",
                ca.toString(),
                "-verify_return_error",
                "-verify_hostname",
                "server.test",
                "-quiet",
                "-no_ign_eof",
                "-" + version));
        command.addAll(List.of(more));
        return new Command(command);
    }

    private static String talk(Command client) throws Exception {
        client.write("hello\n");
        client.await(line -> line.contains("HELLO"));
        client.endInput();
        return client.end();
    }

    @ParameterizedTest
    @CsvSource({
        "tls1_2, ECDHE-ECDSA-AES128-GCM-SHA256",
        "tls1_2, ECDHE-ECDSA-AES256-GCM-SHA384",
        "tls1_2, ECDHE-ECDSA-CHACHA20-POLY1305",
        "tls1_3, TLS_AES_128_GCM_SHA256",
        "tls1_3, TLS_AES_256_GCM_SHA384",
        "tls1_3, TLS_CHACHA20_POLY1305_SHA256"
    })
    void opensslTalksToOurServer(String version, String suite) throws Exception {
        try (EchoServer server = new EchoServer(Fixture.server().build(), 1);
                Command client =
                        openssl(server, version, version.equals("tls1_2") ? "-cipher" : "-ciphersuites", suite)) {
            talk(client);

            TlsSession session = server.sessions().get(0);
            assertEquals("server.test", session.serverName());
            String expected = suite.startsWith("TLS_")
                    ? suite
                    : "TLS_"
                            + suite.replace("ECDSA-", "ECDSA-WITH-")
                                    .replace("AES128", "AES-128")
                                    .replace("AES256", "AES-256")
                                    .replace('-', '_')
                            + (suite.endsWith("POLY1305") ? "_SHA256" : "");
            assertEquals(expected, session.cipherSuite());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls1_2", "tls1_3"})
    void opensslResumesWithOurServer(String version) throws Exception {
        try (EchoServer server = new EchoServer(Fixture.server().build(), 2)) {
            try (Command client = openssl(server, version, "-sess_out", file("session"))) {
                talk(client);
            }
            try (Command client = openssl(server, version, "-sess_in", file("session"))) {
                talk(client);
            }

            assertFalse(server.sessions().get(0).isResumed());
            assertTrue(server.sessions().get(1).isResumed());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls1_2", "tls1_3"})
    void opensslShowsItsCertificate(String version) throws Exception {
        TlsOptions options = Fixture.server()
                .clientAuth(TlsClientAuth.NEED)
                .trust(Fixture.CA.trust())
                .build();
        try (EchoServer server = new EchoServer(options, 1);
                Command client = openssl(server, version, "-cert", file("client.pem"), "-key", file("client.pem"))) {
            talk(client);

            TlsSession session = server.sessions().get(0);
            assertEquals(PeerVerification.VERIFIED, session.peerVerification());
            assertEquals(
                    Fixture.CLIENT.certificate(), session.peerCertificates().get(0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X25519", "P-256", "P-384", "X448", "P-521"})
    void opensslShakesHandsInEachGroup(String group) throws Exception {
        try (EchoServer server = new EchoServer(Fixture.server().build(), 1);
                Command client = openssl(server, "tls1_3", "-groups", group)) {
            talk(client);

            String name = group.startsWith("P-") ? "secp" + group.substring(2) + "r1" : group;
            assertTrue(
                    name.equalsIgnoreCase(server.sessions().get(0).group()),
                    server.sessions().get(0).group());
        }
    }

    @ParameterizedTest
    @CsvSource({"TLS1.2, false", "TLS1.3, false", "TLS1.2, true", "TLS1.3, true"})
    void gnutlsTalksToOurServer(String version, boolean resume) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "gnutls-cli",
                "--x509cafile",
                ca.toString(),
                "--port",
                "",
                "--verify-hostname",
                "server.test",
                "--sni-hostname",
                "server.test",
                "--priority",
                "NORMAL:-VERS-ALL:+VERS-" + version,
                "127.0.0.1"));
        if (resume) {
            command.add(1, "--resume");
            command.add(2, "--waitresumption");
        }
        try (EchoServer server = new EchoServer(Fixture.server().build(), resume ? 2 : 1)) {
            command.set(command.indexOf("--port") + 1, Integer.toString(server.port()));
            try (Command client = new Command(command)) {
                talk(client);
            }

            List<TlsSession> sessions = server.sessions();
            assertEquals(resume, sessions.get(sessions.size() - 1).isResumed());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2", "1.3"})
    void curlAsksOurServer(String version) throws Exception {
        try (EchoServer server = new EchoServer(
                        Fixture.server().applicationProtocols("http/1.1").build(), 1);
                Command curl = new Command(List.of(
                        "curl",
                        "--silent",
                        "--show-error",
                        "--cacert",
                        ca.toString(),
                        "--tlsv" + version,
                        "--tls-max",
                        version,
                        "--resolve",
                        "server.test:" + server.port() + ":127.0.0.1",
                        "https://server.test:" + server.port() + "/page"))) {
            assertEquals("you asked: GET /page HTTP/1.1\n", curl.end());
            assertEquals("http/1.1", server.sessions().get(0).applicationProtocol());
        }
    }

    // Our client

    private TlsSocket connect(TlsContext context, int port) throws IOException, HandleException {
        return new TlsSocket(
                new Socket(LOOPBACK, port),
                provider.engine(new TlsStart(context, TlsRole.CLIENT, "server.test", port, null)));
    }

    private void withOpenssl(List<String> more, Consumer<Integer> test) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-cert",
                file("server.pem"),
                "-key",
                file("server.pem"),
                "-rev"));
        command.addAll(more);
        try (Command server = new Command(command)) {
            String accept = server.await(line -> line.startsWith("ACCEPT "));
            test.accept(Integer.parseInt(
                    accept.substring(accept.lastIndexOf(':') + 1).trim()));
        }
    }

    private TlsSession ask(TlsContext context, int port) {
        try (TlsSocket tls = connect(context, port)) {
            tls.write("hello\n");
            assertEquals("olleh", tls.readLine());
            return tls.engine().session();
        } catch (IOException | HandleException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-tls1_2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "-tls1_2, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "-tls1_3, TLS_AES_128_GCM_SHA256",
        "-tls1_3, TLS_AES_256_GCM_SHA384",
        "-tls1_3, TLS_CHACHA20_POLY1305_SHA256"
    })
    void ourClientTalksToOpensslAndResumes(String version, String suite) throws Exception {
        TlsContext context = Fixture.client().ciphers(suite).build().context();
        withOpenssl(List.of(version), port -> {
            TlsSession first = ask(context, port);
            assertEquals(suite, first.cipherSuite());
            assertEquals(PeerVerification.VERIFIED, first.peerVerification());
            assertFalse(first.isResumed());
            assertTrue(ask(context, port).isResumed());
            assertTrue(ask(context, port).isResumed());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"P-256", "P-384", "X448"})
    void ourClientFollowsAHelloRetryRequest(String group) throws Exception {
        TlsContext context = Fixture.client().build().context();
        withOpenssl(List.of("-tls1_3", "-groups", group), port -> {
            assertFalse(ask(context, port).isResumed());
            assertTrue(ask(context, port).isResumed());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void ourClientShowsItsCertificateToOpenssl(String version) throws Exception {
        TlsContext context =
                Fixture.client().identity(Fixture.CLIENT.identity()).build().context();
        withOpenssl(
                List.of(version, "-Verify", "2", "-verify_return_error", "-CAfile", ca.toString()),
                port -> ask(context, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS1.2", "TLS1.3"})
    void ourClientTalksToGnutlsAndResumes(String version) throws Exception {
        TlsContext context = Fixture.client().build().context();
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
            port = free.getLocalPort();
        }
        try (Command server = new Command(List.of(
                "gnutls-serv",
                "--echo",
                "--port",
                Integer.toString(port),
                "--x509certfile",
                file("server.pem"),
                "--x509keyfile",
                file("server.key"),
                "--priority",
                "NORMAL:-VERS-ALL:+VERS-" + version))) {
            server.await(line -> line.contains("listening on IPv4") && line.contains("done"));
            for (int i = 0; i < 3; i++) {
                try (TlsSocket tls = connect(context, port)) {
                    tls.write("hello\n");
                    assertEquals("hello", tls.readLine());
                    assertEquals(i > 0, tls.engine().session().isResumed());
                }
            }
        }
    }
}
