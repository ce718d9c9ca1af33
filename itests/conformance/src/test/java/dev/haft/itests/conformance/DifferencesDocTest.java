package dev.haft.itests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/differences.md tells users is what is listed and played here. */
class DifferencesDocTest {
    private static final Path OWN = Path.of("src/test/resources/conformance");
    private static final Path DOC = Path.of("../../docs/differences.md");
    private static final String INTRODUCTION = """
            # Where Haft differs from AnyEvent::Handle

            On purpose. Each line has scenarios in `itests/conformance` that were recorded from the original, and a log of what
            Haft does instead; this page is made from the list there.
            """;

    @Test
    void thePageTellsWhatIsListed() throws IOException {
        String page = page();
        Path made = Path.of("target", "differences.md");
        Files.writeString(made, page);
        assertEquals(page, Files.readString(DOC), "copy itests/conformance/" + made + " to docs/differences.md");
    }

    @Test
    void everyListedScenarioIsThereWithALogOfItsOwnAndNoOtherLogIs() throws IOException {
        Set<String> listed =
                new TreeSet<>(new Recordings(OWN, OWN).differences().keySet());
        try (Stream<Path> logs = Files.list(OWN.resolve("differing"))) {
            assertEquals(
                    listed,
                    logs.map(log -> log.getFileName().toString().replace(".json", ""))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        for (String name : listed) {
            assertEquals(true, Files.exists(OWN.resolve("scenarios").resolve(name + ".json")), name);
        }
    }

    /** A heading for each comment but the first, and under it each reason once with its scenarios. */
    private static String page() throws IOException {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        Map<String, List<String>> reasons = new LinkedHashMap<>();
        for (String line : Files.readAllLines(OWN.resolve("differences.txt")).subList(1, lines())) {
            if (line.startsWith("# ")) {
                append(page, reasons);
                page.append("\n## ").append(line.substring(2)).append("\n\n");
            } else if (!line.isBlank()) {
                String[] parts = line.split(" +", 2);
                reasons.computeIfAbsent(parts[1], reason -> new ArrayList<>()).add("`" + parts[0] + "`");
            }
        }
        append(page, reasons);
        return page.toString();
    }

    private static int lines() throws IOException {
        return Files.readAllLines(OWN.resolve("differences.txt")).size();
    }

    private static void append(StringBuilder page, Map<String, List<String>> reasons) {
        reasons.forEach((reason, scenarios) -> page.append("- ")
                .append(Character.toUpperCase(reason.charAt(0)))
                .append(reason.substring(1))
                .append(": ")
                .append(String.join(", ", scenarios))
                .append(".\n"));
        reasons.clear();
    }
}
