package dev.haft.runtime.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.HandleOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Against servers that say what is written here: what they send begins with {@code S}, what they wait for with {@code C}. */
class StartTlsTest {
    private static final String XMPP_OPEN = "C<?xml version='1.0'?><stream:stream xmlns='jabber:client'"
            + " xmlns:stream='http://etherx.jabber.org/streams' version='1.0' to='localhost'>";
    private static final String XMPP_STREAM = "S<?xml version='1.0'?><stream:stream id='1' version='1.0'>";
    private static final String XMPP_TLS = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'";

    private static String outcome(StartTls protocol, List<String> script) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> server = CompletableFuture.runAsync(() -> play(listener, script));
            CompletableFuture<String> outcome = new CompletableFuture<>();
            try (Haft haft = Haft.open()) {
                HandleOptions options = HandleOptions.builder()
                        .peerName("localhost")
                        .onError((h, error) -> outcome.complete(error.toString()))
                        .build();
                protocol.begin(
                        haft.connect(Endpoint.tcp("127.0.0.1", listener.getLocalPort()), options),
                        () -> outcome.complete("ready"),
                        error -> outcome.complete(error.toString()));
                outcome.get(30, TimeUnit.SECONDS);
            }
            server.get(30, TimeUnit.SECONDS);
            return outcome.get();
        }
    }

    private static void play(ServerSocket listener, List<String> script) {
        try (Socket socket = listener.accept()) {
            InputStream in = socket.getInputStream();
            for (String step : script) {
                byte[] bytes = step.substring(1).getBytes(StandardCharsets.US_ASCII);
                if (step.startsWith("S")) {
                    socket.getOutputStream().write(bytes);
                } else {
                    assertEquals(step.substring(1), new String(in.readNBytes(bytes.length), StandardCharsets.US_ASCII));
                }
            }
            assertEquals(-1, in.read(), "the client has said more");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Arguments> goAheads() {
        return Stream.of(
                Arguments.of(
                        StartTls.SMTP,
                        List.of(
                                "S220-mail\r\n220 ready\r\n",
                                "CEHLO [127.0.0.1]\r\n",
                                "S250-mail\r\n250-starttls\r\n250 HELP\r\n",
                                "CSTARTTLS\r\n",
                                "S220 go\r\n")),
                Arguments.of(
                        StartTls.IMAP, List.of("S* OK ready\r\n", "Ca STARTTLS\r\n", "S* CAPABILITY X\r\na OK go\r\n")),
                Arguments.of(StartTls.POP3, List.of("S+OK ready\r\n", "CSTLS\r\n", "S+OK go\r\n")),
                Arguments.of(StartTls.NNTP, List.of("S201 ready\r\n", "CSTARTTLS\r\n", "S382 go\r\n")),
                Arguments.of(
                        StartTls.FTP,
                        List.of(
                                "S220-Welcome\r\n to this\r\n999 server\r\n220 ready\r\n",
                                "CAUTH TLS\r\n",
                                "S234 go\r\n")),
                Arguments.of(
                        StartTls.XMPP,
                        List.of(
                                XMPP_OPEN,
                                XMPP_STREAM,
                                "S<stream:features>" + XMPP_TLS + "><required/></starttls></stream:features>",
                                "C" + XMPP_TLS + "/>",
                                "S<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(StartTls.SMTP, "the server said '554 no'", List.of("S554 no\r\n")),
                Arguments.of(
                        StartTls.SMTP,
                        "the server does not offer STARTTLS",
                        List.of(
                                "S220 ready\r\n",
                                "CEHLO [127.0.0.1]\r\n",
                                "S250-I have no STARTTLS\r\n250 STARTTLSX\r\n")),
                Arguments.of(
                        StartTls.SMTP,
                        "the server said '454 later'",
                        List.of(
                                "S220 ready\r\n",
                                "CEHLO [127.0.0.1]\r\n",
                                "S250-mail\r\n250 STARTTLS\r\n",
                                "CSTARTTLS\r\n",
                                "S454 later\r\n")),
                Arguments.of(StartTls.IMAP, "the server said '* PREAUTH hi'", List.of("S* PREAUTH hi\r\n")),
                Arguments.of(
                        StartTls.IMAP,
                        "the server said 'a BAD ?[31m'",
                        List.of("S* OK ready\r\n", "Ca STARTTLS\r\n", "Sa BAD \u001b[31m\r\n")),
                Arguments.of(
                        StartTls.POP3,
                        "the server said '-ERR no'",
                        List.of("S+OK ready\r\n", "CSTLS\r\n", "S-ERR no\r\n")),
                Arguments.of(
                        StartTls.NNTP,
                        "the server said '580 no'",
                        List.of("S200 ready\r\n", "CSTARTTLS\r\n", "S580 no\r\n")),
                Arguments.of(
                        StartTls.FTP,
                        "the server said '504 no'",
                        List.of("S220 ready\r\n", "CAUTH TLS\r\n", "S504 no\r\n")),
                Arguments.of(
                        StartTls.XMPP,
                        "the server does not offer STARTTLS",
                        List.of(XMPP_OPEN, XMPP_STREAM, "S<stream:features/>")),
                Arguments.of(
                        StartTls.XMPP,
                        "the server said '<failure '",
                        List.of(
                                XMPP_OPEN,
                                XMPP_STREAM,
                                "S<stream:features>" + XMPP_TLS + "/></stream:features>",
                                "C" + XMPP_TLS + "/>",
                                "S<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:stream>")));
    }

    @ParameterizedTest
    @MethodSource("goAheads")
    void talksUntilTlsMayBegin(StartTls protocol, List<String> script) throws Exception {
        assertEquals("ready", outcome(protocol, script));
    }

    @ParameterizedTest
    @MethodSource("goAheads")
    void refusesClearTextBehindTheGoAhead(StartTls protocol, List<String> script) throws Exception {
        String[] injected = script.toArray(String[]::new);
        injected[injected.length - 1] += "250 injected\r\n";
        assertEquals(
                "TLS_FAILED: no STARTTLS by " + protocol + ": clear text came after the server's go-ahead",
                outcome(protocol, List.of(injected)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void tellsWhatAServerSaysInstead(StartTls protocol, String message, List<String> script) throws Exception {
        assertEquals("TLS_FAILED: no STARTTLS by " + protocol + ": " + message, outcome(protocol, script));
    }

    @Test
    void givesUpOnAServerThatNeverComesToThePoint() throws Exception {
        assertEquals(
                "TLS_FAILED: no STARTTLS by smtp: the server said more than 200 lines",
                outcome(StartTls.SMTP, List.of("S" + "220-and\r\n".repeat(200))));
    }

    @Test
    void isNamedAsItIsTyped() {
        assertEquals(StartTls.POP3, StartTls.parse("pop3"));
        assertEquals(StartTls.XMPP, StartTls.parse("XMPP"));
        assertThrows(IllegalArgumentException.class, () -> StartTls.parse("http"));
    }
}
