package dev.haft.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.logging.LogManager;

/** Configures logging: one line a message, to standard error. Made by the {@link LogManager} itself, when it is needed. */
public final class LogConfiguration {
    /**
     * Reads the configuration.
     *
     * @throws IOException if it cannot be read
     */
    public LogConfiguration() throws IOException {
        try (InputStream in = LogConfiguration.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(Objects.requireNonNull(in, "logging.properties"));
        }
    }
}
