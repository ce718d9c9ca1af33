package dev.haft.runtime.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "5s, PT5S",
        "500ms, PT0.5S",
        "2m, PT2M",
        "1h, PT1H",
        "7, PT7S",
        "0, PT0S",
        "0.25, PT0.25S",
        "1.5m, PT90S",
        "PT5S, PT5S",
        "pt1m, PT1M",
        "365000ms, PT365S"
    })
    void isWhatPeopleType(String text, Duration expected) {
        assertEquals(expected, Durations.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "5x", "5 s", "-5", "-5s", "PT-5S", "1e3", "five", "366000000", "PT9000H"})
    void isRefusedWithTheText(String text) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Durations.parse(text));
        assertTrue(e.getMessage().contains("'" + text + "'"), e.getMessage());
    }

    @Test
    void isExactToTheNanosecond() {
        assertEquals(Duration.ofNanos(1), Durations.parse("0.000000001"));
    }
}
