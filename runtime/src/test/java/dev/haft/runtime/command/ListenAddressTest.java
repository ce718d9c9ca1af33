package dev.haft.runtime.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"tcp://0.0.0.0:7007", "tcp://:7007", "tcp://[::]:7007", "tcp://192.0.2.1:7007"})
    void isTooOpenIfOnlyTheBundleSaysSo(String endpoint) {
        ListenAddress own = new ListenAddress(Endpoint.parse(endpoint), false);
        assertTrue(own.isTooOpen());
        assertEquals(Endpoint.tcp("127.0.0.1", 7007), own.onLoopback().endpoint());
        assertFalse(new ListenAddress(Endpoint.parse(endpoint), true).isTooOpen());
    }

    @Test
    void aServiceIsTooOpenAsAPortIs() {
        ListenAddress own = new ListenAddress(Endpoint.tcp("0.0.0.0", "imap"), false);
        assertTrue(own.isTooOpen());
        assertEquals(Endpoint.tcp("127.0.0.1", "imap"), own.onLoopback().endpoint());
        assertFalse(own.onLoopback().isTooOpen());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://127.0.0.1:7007", "tcp://[::1]:7007", "tcp://localhost:7007", "unix:/run/x.sock"})
    void isFineOnThisMachine(String endpoint) {
        assertFalse(new ListenAddress(Endpoint.parse(endpoint), false).isTooOpen());
    }
}
