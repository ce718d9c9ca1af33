package dev.haft.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Read;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The texts of JSONTestSuite: {@code y_} must be accepted, {@code n_} refused, {@code i_} either. Accepted is: one value,
 * then only white space, then the end. They are in the folder that the system property {@code haft.vectors} names.
 */
class JsonTestSuiteTest {
    private static final List<Read<?>> READS =
            List.of(Json.value().scalars(), Json.as(Object.class).scalars(), Json.value());

    @TestFactory
    Stream<DynamicTest> eachTextGivesWhatItShouldInAnyCut() throws IOException {
        Path folder = Path.of(System.getProperty("haft.vectors", "../../shared/vectors"))
                .resolve("JSONTestSuite/test_parsing");
        if (!Files.isDirectory(folder)) {
            Assumptions.abort("no JSONTestSuite here; -Dhaft.vectors=FOLDER names where it is");
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> texts = files.filter(each -> each.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            assertTrue(texts.size() > 300, texts.size() + " texts are not all");
            return texts.stream().map(each -> DynamicTest.dynamicTest(name(each), () -> check(each)));
        }
    }

    private static String name(Path text) {
        return text.getFileName().toString();
    }

    private static void check(Path file) throws IOException {
        byte[] text = Files.readAllBytes(file);
        for (Read<?> read : READS) {
            List<String> log = Feed.whole(read, text);
            assertEquals(log, Feed.byteByByte(read, text), "byte by byte");
            if (text.length < 2048) {
                for (int cut = 0; cut <= text.length; cut++) {
                    assertEquals(log, Feed.cutAt(read, text, cut), "cut at " + cut);
                }
            }
        }
        List<String> log = Feed.whole(Json.value().scalars(), text);
        boolean accepted =
                log.size() == 2 && log.get(0).startsWith("value ") && log.get(1).equals(Feed.CLEAN);
        if (name(file).startsWith("y_")) {
            assertTrue(accepted, log.toString());
        } else if (name(file).startsWith("n_")) {
            assertFalse(accepted, log.toString());
        }
    }
}
