package dev.haft.engine.doc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of a chapter stand in a test, word for word, so that they compile and run. */
class ChaptersTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @CsvSource({
        "docs/reading.md, 8, engine/src/test/java/dev/haft/engine/ReadingExamplesTest.java",
        "docs/tls.md, 7, itests/tls/src/test/java/dev/haft/itests/tls/TlsExamplesTest.java"
    })
    void eachExampleOfTheChapterStandsInItsTest(String chapter, int count, String test) throws Exception {
        List<String> examples = EXAMPLE.matcher(Files.readString(ROOT.resolve(chapter)))
                .results()
                .map((MatchResult block) -> squeezed(block.group(1)))
                .toList();
        assertEquals(count, examples.size());
        String compiled = squeezed(Files.readString(ROOT.resolve(test)));
        for (String example : examples) {
            assertTrue(compiled.contains(example), () -> "not compiled: " + example);
        }
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }
}
