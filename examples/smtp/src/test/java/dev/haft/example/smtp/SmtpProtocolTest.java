package dev.haft.example.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.Listener;
import dev.haft.tls.TlsIdentity;
import dev.haft.tls.TlsOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In clear text; TLS is tested with the command. */
class SmtpProtocolTest {
    private Haft haft;
    private Socket socket;
    private BufferedReader in;

    @BeforeEach
    void connect() throws Exception {
        haft = Haft.open();
        Listener listener = haft.listen(Endpoint.tcp("127.0.0.1", 0), new SmtpProtocol());
        connect(listener);
    }

    private void connect(Listener listener) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        socket.setSoTimeout(30_000);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        assertEquals("220 localhost ESMTP Haft", in.readLine());
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        haft.close();
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void assertAnswers(String command, String... starts) throws IOException {
        send(command);
        for (String start : starts) {
            String line = in.readLine();
            assertTrue(line != null && line.startsWith(start), start + ": " + line);
        }
    }

    @Test
    void takesMailsOneAfterTheOther() throws Exception {
        assertAnswers("HELO me\r\n", "250 localhost");
        for (int i = 0; i < 2; i++) {
            assertAnswers("MAIL FROM:<a@b>\r\n", "250 ");
            assertAnswers("rcpt to:<c@d>\r\n", "250 ");
            assertAnswers("DATA\r\n", "354 ");
            assertAnswers("Subject: x\r\n\r\n..\r\nQUIT\r\n.\r\n", "250 2.0.0 taken");
        }
        assertAnswers("QUIT\r\n", "221 ");
        assertEquals(null, in.readLine());
    }

    @Test
    void takesAllInOneSegment() throws Exception {
        assertAnswers(
                "HELO me\r\nMAIL FROM:<>\r\nRCPT TO:<c>\r\nRCPT TO:<d>\r\nDATA\r\nx\r\n.\r\nNOOP\r\nQUIT\r\n",
                "250 localhost",
                "250 2.1.0",
                "250 2.1.5",
                "250 2.1.5",
                "354 ",
                "250 2.0.0 taken",
                "250 2.0.0 done",
                "221 ");
    }

    @Test
    void wantsCommandsInOrder() throws Exception {
        assertAnswers("MAIL FROM:<a>\r\n", "503 ");
        assertAnswers("HELO\r\n", "501 ");
        assertAnswers("HELO me\r\nRCPT TO:<a>\r\nDATA\r\n", "250 ", "503 ", "503 ");
        assertAnswers("MAIL <a>\r\nMAIL FROM:<a>\r\nMAIL FROM:<a>\r\nDATA\r\n", "501 ", "250 ", "503 ", "503 ");
        assertAnswers("RSET\r\nRCPT TO:<a>\r\nEXPN\r\n", "250 ", "503 ", "500 ");
    }

    @Test
    void endsAMailWithCrlfOnly() throws Exception {
        assertAnswers("HELO me\r\nMAIL FROM:<a>\r\nRCPT TO:<c>\r\nDATA\r\n", "250 ", "250 ", "250 ", "354 ");
        assertAnswers("x\n.\nNOOP\r\n.\r\nQUIT\r\n", "250 2.0.0 taken", "221 ");
    }

    @Test
    void closesAfterACommandThatIsTooLong() throws Exception {
        assertAnswers("x".repeat(3000) + "\r\n", "421 4.3.0 closing: TOO_LONG");
    }

    @Test
    void offersTlsOnlyWhereThereIsSome() throws Exception {
        assertAnswers("EHLO me\r\n", "250-localhost", "250-PIPELINING", "250-SIZE", "250-8BITMIME", "250 ENH");
        assertAnswers("STARTTLS\r\n", "503 ");
        socket.close();
        connect(haft.listen(
                Endpoint.tcp("127.0.0.1", 0),
                new SmtpProtocol(
                        TlsOptions.builder().identity(TlsIdentity.pem("")).build()::context)));
        assertAnswers(
                "EHLO me\r\n",
                "250-localhost",
                "250-PIPELINING",
                "250-SIZE",
                "250-8BITMIME",
                "250-STARTTLS",
                "250 ENH");
        assertAnswers("STARTTLS now\r\n", "501 ");
    }
}
