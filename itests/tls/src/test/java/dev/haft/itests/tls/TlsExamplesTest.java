package dev.haft.itests.tls;

import static dev.haft.Reads.line;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleOptions;
import dev.haft.ListenOptions;
import dev.haft.Listener;
import dev.haft.testkit.HandlePair;
import dev.haft.tls.TlsClientAuth;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsIdentity;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsTrust;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/tls.md, word for word, as the engine's ChaptersTest sees to. */
@Timeout(60)
class TlsExamplesTest {
    private static final Keys KEYS = Keys.make();

    @TempDir
    private Path directory;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    private void got(String what) {
        heard.add(what);
    }

    @Test
    void aServerAndAClientAndWhatIsMadeOfTheirContexts() throws Exception {
        KEYS.writePem(directory.resolve("chain.pem"), directory.resolve("key.pem"));
        Files.write(directory.resolve("tickets.key"), new byte[80]);
        String folder = directory.toString();
        try (Haft haft = Haft.open()) {
            TlsContext serving = TlsOptions.builder()
                    .identity(TlsIdentity.pemFiles(Path.of(folder, "chain.pem"), Path.of(folder, "key.pem")))
                    .build()
                    .context();
            Listener listener = haft.listen(
                    Endpoint.tcp("127.0.0.1", 0),
                    ListenOptions.of(
                            HandleOptions.builder().tls(TlsRole.SERVER, serving).build()),
                    h -> h.onEach(line(), (x, text) -> x.pushWrite("you said " + text + "\n")));
            TlsContext calling = TlsOptions.builder()
                    .trust(TlsTrust.caFile(Path.of(folder, "chain.pem")))
                    .build()
                    .context();
            Handle client = haft.connect(
                    Endpoint.tcp("localhost", listener.port()),
                    HandleOptions.builder().tls(TlsRole.CLIENT, calling).build());
            assertEquals("you said hello", said(client));

            TlsContext mail = serving;
            TlsContext others = serving;
            TlsContext byName = serving.options()
                    .with()
                    .contextsByName(Map.of("mail.example.org", mail, "*.example.org", others))
                    .applicationProtocols("imap", "pop3")
                    .build()
                    .context();
            TlsContext wantsCertificates = serving.options()
                    .with()
                    .clientAuth(TlsClientAuth.NEED)
                    .trust(TlsTrust.caFile(Path.of(folder, "chain.pem")))
                    .build()
                    .context();
            TlsContext shared = serving.options()
                    .with()
                    .ticketKeyFile(Path.of(folder, "tickets.key"))
                    .reloadEvery(Duration.ofSeconds(10))
                    .build()
                    .context();
            TlsContext withCertificate = calling.options()
                    .with()
                    .identity(serving.options().identities().get(0))
                    .applicationProtocols("imap")
                    .build()
                    .context();
            for (TlsContext context : List.of(byName, wantsCertificates, shared)) {
                try (Listener other = haft.listen(
                        Endpoint.tcp("127.0.0.1", 0),
                        ListenOptions.of(HandleOptions.builder()
                                .tls(TlsRole.SERVER, context)
                                .build()),
                        h -> h.onEach(line(), (x, text) -> x.pushWrite("you said " + text + "\n")))) {
                    assertEquals(
                            "you said hello",
                            said(haft.connect(
                                    Endpoint.tcp("localhost", other.port()),
                                    HandleOptions.builder()
                                            .tls(TlsRole.CLIENT, withCertificate)
                                            .build())));
                }
            }
        }
    }

    private static String said(Handle client) throws Exception {
        return client.pushWrite("hello\n").read(line()).get(20, TimeUnit.SECONDS);
    }

    @Test
    void startTlsAndBack() throws Exception {
        TlsContext serving = KEYS.options().build().context();
        try (Haft haft = Haft.open()) {
            HandleOptions client = HandleOptions.builder().peerName("localhost").build();
            HandlePair pair = HandlePair.open(haft, client, HandleOptions.standard());
            Handle h = pair.second();
            h.pushRead(line(), (x, command) -> {
                x.startTls(TlsRole.SERVER, serving, ByteBuffer.wrap("220 go ahead\r\n".getBytes(US_ASCII)));
                x.pushRead(line(), (y, secret) -> got("sealed " + secret));
            });
            h.onStopTls(x -> x.pushRead(line(), (y, text) -> got("clear " + text)));
            pair.first().pushWrite("STARTTLS\r\n").pushRead(line(), (x, answer) -> {
                got(answer);
                x.startTls(TlsRole.CLIENT, serving)
                        .pushWrite("word\n")
                        .stopTls()
                        .pushWrite("bye\n");
            });
            for (String what : List.of("220 go ahead", "sealed word", "clear bye")) {
                assertEquals(what, heard.poll(20, TimeUnit.SECONDS));
            }
        }
    }
}
