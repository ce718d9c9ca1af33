package dev.haft.runtime;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Time, level, logger, message and the explanation of an exception; its stack only when details are wanted. */
public final class OneLineFormatter extends Formatter {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    /** For the configuration. */
    public OneLineFormatter() {}

    @Override
    public String format(LogRecord entry) {
        StringBuilder line = new StringBuilder(120)
                .append(TIME.format(LocalTime.ofInstant(entry.getInstant(), ZoneId.systemDefault())))
                .append(' ')
                .append(name(entry.getLevel()))
                .append(' ')
                .append(entry.getLoggerName())
                .append(' ')
                .append(formatMessage(entry));
        Throwable thrown = entry.getThrown();
        if (thrown != null) {
            line.append(": ").append(Explanation.of(thrown));
        }
        line.append(System.lineSeparator());
        if (thrown != null && Logger.getLogger("").isLoggable(Level.FINE)) {
            StringWriter stack = new StringWriter();
            thrown.printStackTrace(new PrintWriter(stack, true));
            line.append(stack);
        }
        return line.toString();
    }

    /** As {@link System.Logger.Level} calls it, which is what the code says. */
    private static String name(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "WARNING";
        }
        if (level.intValue() >= Level.INFO.intValue()) {
            return "INFO";
        }
        return level.intValue() >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
    }
}
