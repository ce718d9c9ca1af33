package dev.haft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parity open.connect, open.listen. */
class EndpointTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://mpd.local:6600",
                "tcp://127.0.0.1:0",
                "tcp://[::1]:7007",
                "tcp://:65535",
                "tcp://example.net:imap",
                "tcp://[::1]:xmpp-client",
                "tcp://example.net:nosuch",
                "tcp://example.net:nosuch=77",
                "unix:/run/app.sock",
                "unix:app.sock"
            })
    void itsTextGivesItBack(String text) {
        assertEquals(text, Endpoint.parse(text).toString());
    }

    @Test
    void partsAreParsed() {
        assertEquals(Endpoint.tcp("::1", 80), Endpoint.parse("tcp://[::1]:80"));
        assertEquals(Endpoint.tcp("", 80), Endpoint.parse("tcp://:80"));
        assertEquals(Endpoint.unix(Path.of("/a")), Endpoint.parse("unix:///a"));
        assertEquals(Endpoint.unix(Path.of("a")), Endpoint.parse("unix://a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|endpoint '' is neither tcp://HOST:PORT nor unix:PATH",
                "localhost:80|endpoint 'localhost:80' is neither tcp://HOST:PORT nor unix:PATH",
                "tcp:host:80|endpoint 'tcp:host:80' is neither tcp://HOST:PORT nor unix:PATH",
                "tcp://host|endpoint 'tcp://host': no port, as in tcp://HOST:PORT",
                "tcp://host:|endpoint 'tcp://host:': no port, as in tcp://HOST:PORT",
                "tcp://[::1]:|endpoint 'tcp://[::1]:': no port, as in tcp://HOST:PORT",
                "tcp://[::1:80|endpoint 'tcp://[::1:80': no port, as in tcp://HOST:PORT",
                "tcp://host:a b|endpoint 'tcp://host:a b': service: 'a b', must be a name such as imap",
                "tcp://host:imap=|endpoint 'tcp://host:imap=': service: 'imap=', must be NAME or NAME=PORT",
                "tcp://[::1]|endpoint 'tcp://[::1]': no port, as in tcp://HOST:PORT",
                "tcp://::1:80|endpoint 'tcp://::1:80': an IPv6 address stands in brackets",
                "tcp://host:65536|endpoint 'tcp://host:65536': port: 65536, must be 0 to 65535",
                "tcp://host:-1|endpoint 'tcp://host:-1': service: '-1', must be a name such as imap",
                "unix:|endpoint 'unix:': no path",
                "unix://|endpoint 'unix://': no path"
            })
    void whatIsWrongIsSaid(String text, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Endpoint.parse(text))
                        .getMessage());
    }

    @Test
    void aServiceHasItsUsualPort() {
        // open.multihomed
        assertEquals(new Endpoint.Service("h", "imap", OptionalInt.of(143)), Endpoint.tcp("h", "imap"));
        assertEquals(new Endpoint.Service("h", "IMAP", OptionalInt.of(143)), Endpoint.parse("tcp://h:IMAP"));
        assertEquals(new Endpoint.Service("h", "nosuch", OptionalInt.empty()), Endpoint.tcp("h", "nosuch"));
        assertEquals(new Endpoint.Service("h", "imap", OptionalInt.of(1143)), Endpoint.tcp("h", "imap=1143"));
        assertEquals(Endpoint.tcp("h", 143), Endpoint.tcp("h", "143"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "a--b", "-a", "a-", "80a_", "_imap", "imap=x", "imap=-1", "imap=65536", "99999"})
    void whatIsNoServiceIsRefused(String service) {
        assertThrows(IllegalArgumentException.class, () -> Endpoint.tcp("h", service));
    }

    @Test
    void anAddressMayStandInBrackets() {
        assertEquals(Endpoint.tcp("::1", 80), Endpoint.tcp("[::1]", 80));
        assertEquals(Endpoint.tcp("::1", "imap"), Endpoint.tcp("[::1]", "imap"));
    }

    @Test
    void aPathThatCannotBeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Endpoint.parse("unix:/a\0b"));
    }
}
