package dev.haft.engine.doc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.haft.Read;
import dev.haft.testkit.DecoderVerifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/testing.md shows is what is compiled and run here. */
class TestingGuideTest {
    private static final Path HERE = Path.of("src/test/java/dev/haft/engine/doc");
    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- example: (\\S+) -->\n```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void theExamplesAreTheOnesThatRun() throws Exception {
        Matcher examples = EXAMPLE.matcher(Files.readString(Path.of("../docs/testing.md")));
        Map<String, String> shown = new LinkedHashMap<>();
        Map<String, String> compiled = new LinkedHashMap<>();
        while (examples.find()) {
            String source = Files.readString(HERE.resolve(examples.group(1)));
            shown.put(examples.group(1), examples.group(2));
            compiled.put(
                    examples.group(1),
                    source.substring(source.lastIndexOf("\nimport ")).replaceFirst("\n.*\n\n", ""));
        }
        assertEquals(Set.of("RecordRead.java", "RecordReadTest.java"), shown.keySet());
        assertEquals(compiled, shown);
    }

    @Test
    void aFailureLooksAsShown() throws Exception {
        Read<Map.Entry<String, String>> wrong = Read.of(() -> in -> {
            if (in.remaining() < 7) {
                return null;
            }
            byte[] value = new byte[Math.min(5, in.remaining() - 5)];
            in.position(in.position() + 5).get(value);
            return Map.entry("key", new String(value, StandardCharsets.UTF_8));
        });
        AssertionError failure = assertThrows(
                AssertionError.class,
                () -> DecoderVerifier.of(wrong.named("record"))
                        .example("\3key\5value", Map.entry("key", "value"))
                        .verify());
        assertEquals(
                "record, alone: \"\\x03key\\x05va|lue\" gave [value key=va at 7], expected value key=value at 10",
                failure.getMessage());
    }
}
