package dev.haft.itests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The scenarios, what the original did in them, and where Haft differs on purpose.
 *
 * @param folder has {@code scenarios} and {@code expected}
 * @param own has {@code differences.txt} and {@code differing}
 */
record Recordings(Path folder, Path own) {
    /** Another folder with {@code scenarios} and {@code expected}. */
    private static final String FOLDER = "haft.conformance";

    static Recordings find() {
        URL resource = Objects.requireNonNull(Recordings.class.getResource("/conformance"));
        try {
            Path own = Path.of(resource.toURI());
            String folder = System.getProperty(FOLDER, "");
            return new Recordings(folder.isEmpty() ? own : Path.of(folder), own);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Scenario> scenarios() {
        Path certificates = Files.exists(folder.resolve("certs")) ? folder : own;
        try (Stream<Path> files = Files.list(folder.resolve("scenarios"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(file -> new Scenario(nameOf(file), JsonText.read(file), certificates))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("no scenarios in " + folder, e);
        }
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ".json".length());
    }

    /** What the original did. */
    JsonNode expected(Scenario scenario) {
        return JsonText.read(folder.resolve("expected").resolve(scenario.name() + ".json"));
    }

    /** What Haft does where it differs. */
    JsonNode differing(Scenario scenario) {
        return JsonText.read(own.resolve("differing").resolve(scenario.name() + ".json"));
    }

    /** Where Haft differs, and why: a scenario a line, then a blank, then the reason. */
    Map<String, String> differences() {
        try (Stream<String> lines = Files.lines(own.resolve("differences.txt"))) {
            Map<String, String> reasons = new LinkedHashMap<>();
            lines.filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
                String[] parts = line.split(" +", 2);
                if (parts.length < 2 || reasons.put(parts[0], parts[1]) != null) {
                    throw new IllegalStateException("differences.txt: no reason, or a second one: " + line);
                }
            });
            return reasons;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
