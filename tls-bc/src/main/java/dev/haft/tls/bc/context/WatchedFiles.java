package dev.haft.tls.bc.context;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The files that something was read from, and what they looked like then. For one thread at a time. */
final class WatchedFiles {
    /** Nothing that is loaded here is longer: keeps a wrong file name from filling the memory. */
    private static final long MOST_BYTES = 64L << 20;

    private final Map<Path, Stamp> stamps = new HashMap<>();

    /**
     * Reads a file, and notes what it looks like.
     *
     * @param file the file
     * @return its bytes
     * @throws IOException if it cannot be read; the message has its name
     */
    byte[] read(Path file) throws IOException {
        Stamp stamp = Stamp.of(file); // before: what changes while it is read is read again
        stamps.put(file, stamp);
        if (stamp.size() > MOST_BYTES) {
            throw new IOException(file + ": " + stamp.size() + " bytes, must be at most " + MOST_BYTES);
        }
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new IOException(file + ": cannot be read: " + e, e);
        }
    }

    /** Notes what a file or directory looks like. */
    void note(Path file) {
        stamps.put(file, Stamp.of(file));
    }

    /** The same files as they look now. */
    WatchedFiles again() {
        WatchedFiles now = new WatchedFiles();
        stamps.keySet().forEach(now::note);
        return now;
    }

    /** Whether one of them looks otherwise now. */
    boolean haveChanged() {
        return stamps.entrySet().stream().anyMatch(entry -> !entry.getValue().equals(Stamp.of(entry.getKey())));
    }

    /** A file as it looks; size -1: it is not there. */
    private record Stamp(long modified, long size, @Nullable Object key) {
        static Stamp of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(
                        attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                        attributes.size(),
                        attributes.fileKey());
            } catch (IOException e) {
                return new Stamp(0, -1, null);
            }
        }
    }
}
