package dev.haft.tls.bc.context;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Something that is read from files, and read again when they have changed. For one thread at a time.
 *
 * @param <T> what
 */
final class Reloaded<T> {
    /** Reads it. */
    @FunctionalInterface
    interface Source<T> {
        T load(WatchedFiles files) throws IOException;
    }

    private static final System.Logger LOG = System.getLogger("dev.haft.tls");

    private final Source<T> source;
    private @Nullable T value;
    private WatchedFiles files = new WatchedFiles();

    Reloaded(Source<T> source) {
        this.source = source;
    }

    /**
     * Reads it for the first time.
     *
     * @return what was read
     * @throws IOException if it cannot be read; it is tried again the next time
     */
    T get() throws IOException {
        T known = value;
        if (known == null) {
            WatchedFiles read = new WatchedFiles();
            known = source.load(read);
            files = read;
            value = known;
        }
        return known;
    }

    /**
     * Reads it again if its files have changed. What is broken is told once, and the old one stays until they change again.
     *
     * @return whether it is another one now
     */
    boolean reload() {
        if (value == null || !files.haveChanged()) {
            return false;
        }
        files = files.again();
        try {
            value = source.load(files);
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "kept what was there before: " + e.getMessage());
            return false;
        }
    }
}
