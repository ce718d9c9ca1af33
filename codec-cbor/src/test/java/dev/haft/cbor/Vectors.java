package dev.haft.cbor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The public vectors: in the folder that the system property {@code haft.vectors} names, at whatever depth. */
final class Vectors {
    private Vectors() {}

    /** All files of an ending. Skips the test if there are none. */
    static List<Path> files(String ending) throws IOException {
        Path folder = Path.of(System.getProperty("haft.vectors", "../../shared/vectors"));
        List<Path> found = List.of();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                found = files.filter(file -> file.toString().endsWith(ending))
                        .sorted()
                        .toList();
            }
        }
        Assumptions.assumeFalse(
                found.isEmpty(), "no " + ending + " in " + folder + "; -Dhaft.vectors=FOLDER names where they are");
        return found;
    }
}
