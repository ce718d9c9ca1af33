package dev.haft.runtime.command;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people type them: {@code 5s}, {@code 500ms}, {@code 2m}, {@code 1h}, {@code PT5S}, or plain seconds. */
final class Durations {
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Pattern SHORT = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ms|s|m|h|)");

    private Durations() {}

    static Duration parse(String text) {
        Duration duration = unchecked(text);
        if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("duration '" + text + "' is not from 0 to 365 days");
        }
        return duration;
    }

    private static Duration unchecked(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (matcher.matches()) {
            long nanos = switch (matcher.group(2)) {
                case "ms" -> 1_000_000L;
                case "m" -> 60_000_000_000L;
                case "h" -> 3_600_000_000_000L;
                default -> 1_000_000_000L;
            };
            BigDecimal seconds = new BigDecimal(matcher.group(1))
                    .multiply(BigDecimal.valueOf(nanos))
                    .movePointLeft(9);
            return Duration.ofSeconds(
                    seconds.longValue(),
                    seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is no duration, such as 5s, 500ms, 2m or PT5S", e);
        }
    }
}
