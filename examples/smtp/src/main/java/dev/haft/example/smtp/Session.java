package dev.haft.example.smtp;

import dev.haft.Handle;
import dev.haft.HandleException;
import dev.haft.Reads;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsRole;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One connection; on its loop. */
final class Session {
    private static final Logger LOG = System.getLogger(SmtpProtocol.class.getName());
    private static final int LONGEST_COMMAND = 2048;
    private static final int LONGEST_LINE = 64 << 10;
    private static final int LARGEST_MAIL = 10 << 20;
    private static final int MOST_RECIPIENTS = 100;
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] DOT = {'.'};

    private final Handle client;
    private final @Nullable TlsContext tls;

    private boolean greeted;
    private @Nullable String sender;
    private int recipients;
    private long mailBytes;

    Session(Handle client, @Nullable TlsContext tls) {
        this.client = client;
        this.tls = tls;
    }

    void begin() {
        client.timeout(LONGEST_SILENCE);
        client.onError((h, error) -> failed(error));
        client.onEof(Handle::close);
        answer("220 localhost ESMTP Haft");
        client.onEach(Reads.line().limit(LONGEST_COMMAND), (h, line) -> command(line));
    }

    private void answer(String line) {
        client.pushWrite(line + "\r\n");
    }

    private void failed(HandleException error) {
        LOG.log(Level.DEBUG, "{0}: {1}", client, error);
        if (!error.fatal()) {
            answer("421 4.3.0 closing: " + error.code());
            client.close();
        }
    }

    private void command(String line) {
        int space = line.indexOf(' ');
        String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
        String argument = space < 0 ? "" : line.substring(space + 1).strip();
        switch (verb) {
            case "EHLO" -> hello(argument, true);
            case "HELO" -> hello(argument, false);
            case "STARTTLS" -> startTls(argument);
            case "MAIL" -> mail(argument);
            case "RCPT" -> recipient(argument);
            case "DATA" -> data();
            case "RSET" -> {
                forgetMail();
                answer("250 2.0.0 forgotten");
            }
            case "NOOP" -> answer("250 2.0.0 done");
            case "QUIT" -> {
                answer("221 2.0.0 bye");
                client.close();
            }
            default -> answer("500 5.5.1 no such command");
        }
    }

    private void hello(String name, boolean extended) {
        if (name.isEmpty()) {
            answer("501 5.5.4 who are you?");
            return;
        }
        greeted = true;
        forgetMail();
        if (!extended) {
            answer("250 localhost");
            return;
        }
        boolean offered = tls != null && client.tlsSession() == null;
        answer("250-localhost\r\n250-PIPELINING\r\n250-SIZE " + LARGEST_MAIL + "\r\n250-8BITMIME\r\n"
                + (offered ? "250-STARTTLS\r\n" : "") + "250 ENHANCEDSTATUSCODES");
    }

    private void startTls(String argument) {
        if (tls == null || client.tlsSession() != null) {
            answer("503 5.5.1 no TLS here");
        } else if (!argument.isEmpty()) {
            answer("501 5.5.4 STARTTLS has no argument");
        } else {
            // What was said in clear text may be another's (RFC 3207 §4.2).
            greeted = false;
            forgetMail();
            client.startTls(
                    TlsRole.SERVER, tls, ByteBuffer.wrap("220 2.0.0 go ahead\r\n".getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private void mail(String argument) {
        if (!greeted) {
            answer("503 5.5.1 EHLO first");
        } else if (sender != null) {
            answer("503 5.5.1 one mail after the other");
        } else if (!argument.regionMatches(true, 0, "FROM:", 0, 5)) {
            answer("501 5.5.4 MAIL FROM:<address>");
        } else {
            sender = argument.substring(5).strip();
            answer("250 2.1.0 sender");
        }
    }

    private void recipient(String argument) {
        if (sender == null) {
            answer("503 5.5.1 MAIL first");
        } else if (!argument.regionMatches(true, 0, "TO:", 0, 3)) {
            answer("501 5.5.4 RCPT TO:<address>");
        } else if (recipients == MOST_RECIPIENTS) {
            answer("452 4.5.3 too many recipients");
        } else {
            recipients++;
            answer("250 2.1.5 recipient");
        }
    }

    private void data() {
        if (recipients == 0) {
            answer("503 5.5.1 RCPT first");
            return;
        }
        answer("354 end with a line that is a dot");
        mailBytes = 0;
        readMail();
    }

    private void readMail() {
        // Nothing but CRLF ends a line here (RFC 5321 §2.3.8): to guess lets mails be smuggled.
        client.pushRead(Reads.lineBytes(CRLF).limit(LONGEST_LINE), (h, line) -> {
            if (!Arrays.equals(line, DOT)) {
                mailBytes += line.length + 2;
                readMail();
            } else if (mailBytes > LARGEST_MAIL) {
                forgetMail();
                answer("552 5.3.4 too large");
            } else {
                taken();
            }
        });
    }

    private void taken() {
        LOG.log(
                Level.INFO,
                "mail from {0} for {1}, {2} bytes, {3}: not kept",
                sender == null ? "" : sender.replaceAll("\\p{Cntrl}", "?"),
                recipients,
                mailBytes,
                client.tlsSession() == null ? "in clear text" : "over TLS");
        forgetMail();
        answer("250 2.0.0 taken, and not kept");
    }

    private void forgetMail() {
        sender = null;
        recipients = 0;
    }
}
