package dev.haft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
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
                "tcp://host|endpoint 'tcp://host' has no port, as in tcp://HOST:PORT",
                "tcp://host:|endpoint 'tcp://host:' has no port, as in tcp://HOST:PORT",
                "tcp://host:http|endpoint 'tcp://host:http' has no port, as in tcp://HOST:PORT",
                "tcp://[::1]|endpoint 'tcp://[::1]' has no port, as in tcp://HOST:PORT",
                "tcp://::1:80|endpoint 'tcp://::1:80': an IPv6 address stands in brackets",
                "tcp://host:65536|port: 65536, must be 0 to 65535",
                "tcp://host:-1|port: -1, must be 0 to 65535",
                "unix:|endpoint 'unix:' has no path",
                "unix://|endpoint 'unix://' has no path"
            })
    void whatIsWrongIsSaid(String text, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Endpoint.parse(text))
                        .getMessage());
    }

    @Test
    void aPathThatCannotBeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Endpoint.parse("unix:/a\0b"));
    }
}
