package dev.haft.runtime.command;

import dev.haft.ErrorCode;
import dev.haft.Handle;
import dev.haft.HandleException;
import dev.haft.Reads;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The conversation in clear text before TLS, as each protocol has it. It ends when the server has said that TLS may begin, with
 * not a byte read of what follows.
 */
enum StartTls {
    /** RFC 3207. */
    SMTP {
        @Override
        void converse(Conversation with) {
            with.reply(
                    "220",
                    greeting -> with.send("EHLO " + with.addressLiteral()).reply("250", ehlo -> {
                        if (with.offers("STARTTLS", Pattern.compile("(?im)^250[- ]STARTTLS\\s*$"), ehlo)) {
                            with.send("STARTTLS").reply("220", ready -> with.done());
                        }
                    }));
        }
    },
    /** RFC 9051 §6.2.1. */
    IMAP {
        @Override
        void converse(Conversation with) {
            with.line("* OK", greeting -> with.send("a STARTTLS").tagged("a OK", ready -> with.done()));
        }
    },
    /** RFC 2595 §4. */
    POP3 {
        @Override
        void converse(Conversation with) {
            with.line("+OK", greeting -> with.send("STLS").line("+OK", ready -> with.done()));
        }
    },
    /** RFC 4642. */
    NNTP {
        @Override
        void converse(Conversation with) {
            with.line("20", greeting -> with.send("STARTTLS").line("382", ready -> with.done()));
        }
    },
    /** RFC 4217. */
    FTP {
        @Override
        void converse(Conversation with) {
            with.reply("220", greeting -> with.send("AUTH TLS").reply("234", ready -> with.done()));
        }
    },
    /** RFC 6120 §5. */
    XMPP {
        @Override
        void converse(Conversation with) {
            with.send("<?xml version='1.0'?><stream:stream xmlns='jabber:client'"
                            + " xmlns:stream='http://etherx.jabber.org/streams' version='1.0' to='"
                            + escaped(with.host())
                            + "'>")
                    .upTo("</stream:features\\s*>|<stream:features\\s*/>", features -> {
                        if (with.offers("STARTTLS", Pattern.compile("urn:ietf:params:xml:ns:xmpp-tls"), features)) {
                            with.send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
                                    .upTo("<proceed\\s[^>]*/>|</proceed\\s*>", ready -> with.done());
                        }
                    });
        }

        private String escaped(String host) {
            return host.replace("&", "&amp;").replace("'", "&apos;").replace("<", "&lt;");
        }
    };

    abstract void converse(Conversation with);

    /**
     * Talks until TLS may begin.
     *
     * @param peer connected, or about to be; nothing has been read
     * @param ready when the server is ready for TLS
     * @param refused gets what the server said instead
     */
    void begin(Handle peer, Runnable ready, Consumer<? super HandleException> refused) {
        converse(new Conversation(peer, this, ready, refused));
    }

    /** As it is typed. */
    static StartTls parse(String text) {
        for (StartTls protocol : values()) {
            if (protocol.toString().equals(text.toLowerCase(Locale.ROOT))) {
                return protocol;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is none of smtp, imap, pop3, nntp, ftp, xmpp");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is said and what is expected. */
    static final class Conversation {
        private static final int LONGEST_LINE = 8192;

        /** A server that says more before TLS is not one. */
        private static final int MOST_LINES = 200;

        private static final String XMPP_FAILURE = "<failure[\\s/>]|<stream:error[\\s>]|</stream:stream\\s*>";

        private final Handle peer;
        private final StartTls protocol;
        private final Runnable ready;
        private final Consumer<? super HandleException> refused;
        private int lines;

        private Conversation(
                Handle peer, StartTls protocol, Runnable ready, Consumer<? super HandleException> refused) {
            this.peer = peer;
            this.protocol = protocol;
            this.ready = ready;
            this.refused = refused;
        }

        /** Of the peer, as the user has named it. */
        String host() {
            String name = peer.peerName();
            return name == null ? "localhost" : name;
        }

        /** This end, which need not have a name (RFC 5321 §4.1.3). */
        String addressLiteral() {
            return peer.localAddress() instanceof InetSocketAddress address
                    ? "[" + (address.getAddress() instanceof Inet6Address ? "IPv6:" : "") + plain(address) + "]"
                    : "localhost";
        }

        private static String plain(InetSocketAddress address) {
            return address.getAddress().getHostAddress().replaceFirst("%.*", "");
        }

        /** A line, or a piece of XML. */
        Conversation send(String text) {
            peer.pushWrite(protocol == XMPP ? text : text + "\r\n");
            return this;
        }

        /**
         * A reply of SMTP or FTP. If its first line has a hyphen after the code, it goes on up to the line with the code and a
         * space; in FTP the lines between may begin with anything (RFC 959 §4.2).
         */
        void reply(String code, Next next) {
            read(line -> {
                if (ends(line, code)) {
                    next.said(line);
                } else if (line.startsWith(code + "-")) {
                    rest(code, next, line);
                } else {
                    refuse(line);
                }
            });
        }

        private void rest(String code, Next next, String before) {
            read(line -> {
                String all = before + "\n" + line;
                if (ends(line, code)) {
                    next.said(all);
                } else {
                    rest(code, next, all);
                }
            });
        }

        private static boolean ends(String line, String code) {
            return line.equals(code) || line.startsWith(code + " ");
        }

        void line(String start, Next next) {
            read(line -> {
                if (begins(line, start)) {
                    next.said(line);
                } else {
                    refuse(line);
                }
            });
        }

        /** A reply of IMAP: untagged lines may come before it. */
        void tagged(String start, Next next) {
            read(line -> {
                if (line.startsWith("* ")) {
                    tagged(start, next);
                } else if (begins(line, start)) {
                    next.said(line);
                } else {
                    refuse(line);
                }
            });
        }

        private static boolean begins(String line, String start) {
            return line.regionMatches(true, 0, start, 0, start.length());
        }

        private void read(Next next) {
            if (++lines > MOST_LINES) {
                refused.accept(error("the server said more than " + MOST_LINES + " lines"));
            } else {
                peer.pushRead(Reads.line().limit(LONGEST_LINE), (h, line) -> next.said(line));
            }
        }

        /** XML up to a match of this, unless a failure comes before. */
        void upTo(String pattern, Next next) {
            peer.pushRead(Reads.regex("(" + pattern + ")|" + XMPP_FAILURE), (h, match) -> {
                if (match.group(1) != null) {
                    next.said(match.text());
                } else {
                    refuse(match.text());
                }
            });
        }

        /** Whether the server has said this; if not, that is told. */
        boolean offers(String extension, Pattern pattern, String said) {
            boolean offered = pattern.matcher(said).find();
            if (!offered) {
                refused.accept(error("the server does not offer " + extension));
            }
            return offered;
        }

        /**
         * The server has said that TLS may begin. It has to wait for the client then: what has come already was put there by
         * somebody else (CVE-2011-0411).
         */
        void done() {
            if (peer.readBuffer().hasRemaining()) {
                refused.accept(error("clear text came after the server's go-ahead"));
            } else {
                ready.run();
            }
        }

        private void refuse(String said) {
            refused.accept(error("the server said '" + TalkTls.printable(said) + "'"));
        }

        private HandleException error(String message) {
            return new HandleException(ErrorCode.TLS_FAILED, "no STARTTLS by " + protocol + ": " + message);
        }
    }

    /** What to do when something was said. */
    @FunctionalInterface
    interface Next {
        void said(String text);
    }
}
