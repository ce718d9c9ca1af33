package dev.haft.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Read;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Texts as in JSONTestSuite: {@code y_} must be accepted, {@code n_} refused, {@code i_} either; what we do with those that
 * the suite has stands in {@code implementation-defined.txt}. Accepted is: one value, then only white space, then the end.
 * They are anywhere in the folder that the system property {@code haft.vectors} names.
 */
class JsonTestSuiteTest {
    private static final List<Read<?>> READS =
            List.of(Json.value().scalars(), Json.as(Object.class).scalars(), Json.value());

    /** A larger text is not cut at each of its bytes, but at as many places. */
    private static final int MANY_BYTES = 1024;

    @TestFactory
    Stream<DynamicTest> eachTextGivesWhatItShouldInAnyCut() throws IOException {
        Path folder = Path.of(System.getProperty("haft.vectors", "../../shared/vectors"));
        List<Path> texts = texts(folder);
        Assumptions.assumeFalse(
                texts.isEmpty(), "no JSONTestSuite in " + folder + "; -Dhaft.vectors=FOLDER names where it is");
        Map<String, String> implementationDefined = implementationDefined();
        return texts.stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.toString(), () -> check(each, implementationDefined.get(name(each)))));
    }

    private static List<Path> texts(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(each -> name(each).matches("[yni]_.*\\.json"))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, String> implementationDefined() throws IOException {
        Map<String, String> known = new TreeMap<>();
        try (var in = JsonTestSuiteTest.class.getResourceAsStream("implementation-defined.txt")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line ->
                            known.put(line.substring(line.indexOf(' ') + 1), line.substring(0, line.indexOf(' '))));
        }
        return known;
    }

    private static String name(Path text) {
        return text.getFileName().toString();
    }

    private static void check(Path file, String known) throws IOException {
        byte[] text = Files.readAllBytes(file);
        for (Read<?> read : READS) {
            List<String> log = Feed.whole(read, text);
            assertEquals(log, Feed.byteByByte(read, text), "byte by byte");
            for (int cut = 0; cut <= text.length; cut += 1 + text.length / MANY_BYTES) {
                assertEquals(log, Feed.cutAt(read, text, cut), "cut at " + cut);
            }
        }
        List<String> log = Feed.whole(Json.value().scalars(), text);
        boolean accepted =
                log.size() == 2 && log.get(0).startsWith("value ") && log.get(1).equals(Feed.CLEAN);
        if (name(file).startsWith("y_")) {
            assertTrue(accepted, log.toString());
        } else if (name(file).startsWith("n_")) {
            assertFalse(accepted, log.toString());
        } else if (known != null) {
            assertEquals(known, accepted ? "accepted" : "refused", log.toString());
        }
    }
}
