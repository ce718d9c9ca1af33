package dev.haft.itests.osgi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The jars that the build has put together: ours, and the libraries that they need. */
final class BundleJars {
    private static final Path FOLDER = Path.of(System.getProperty("haft.bundles"));

    private BundleJars() {}

    static List<Path> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> ours() {
        return all().stream().filter(jar -> name(jar).startsWith("haft-")).toList();
    }

    static Path named(String name) {
        return FOLDER.resolve(name + ".jar");
    }

    /** Without folder and ending. */
    static String name(Path jar) {
        String file = jar.getFileName().toString();
        return file.substring(0, file.length() - ".jar".length());
    }
}
