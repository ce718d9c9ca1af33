package dev.haft.itests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.haft.Haft;
import dev.haft.itests.conformance.Verdict.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Has scenarios played and compares the logs; a failed comparison is believed when it fails in slow motion, too. */
final class Judge {
    /** A folder that gets the logs. */
    private static final String LOGS = "haft.conformance.logs";

    /** How many times as long as recorded everything takes, try by try: a loaded machine is late. */
    private static final double[] SLOW = {1, 3, 6};

    private final Haft haft;
    private final Recordings recordings;
    private final Map<String, String> differences;

    Judge(Haft haft, Recordings recordings) {
        this.haft = haft;
        this.recordings = recordings;
        differences = recordings.differences();
    }

    Verdict judge(Scenario scenario) throws IOException, InterruptedException {
        String reason = differences.get(scenario.name());
        JsonNode expected = reason == null ? recordings.expected(scenario) : recordings.differing(scenario);
        Comparison comparison = new Comparison(scenario.name());
        JsonNode log = play(scenario, SLOW[0]);
        for (int i = 1; i < SLOW.length && !comparison.isSame(expected, log); i++) {
            log = play(scenario, SLOW[i]);
        }
        if (!comparison.isSame(expected, log)) {
            return new Verdict(
                    Kind.UNEXPECTED,
                    scenario.name() + " (" + scenario.kind() + "): " + scenario.doc() + "\n"
                            + (reason == null ? "" : "listed as different: " + reason + "\n")
                            + comparison.difference(expected, log));
        }
        return reason == null ? new Verdict(Kind.EQUAL, "") : new Verdict(Kind.LISTED, reason);
    }

    private JsonNode play(Scenario scenario, double slow) throws IOException, InterruptedException {
        JsonNode log = perform(scenario, slow);
        String folder = System.getProperty(LOGS, "");
        if (!folder.isEmpty()) {
            Files.createDirectories(Path.of(folder));
            Files.writeString(Path.of(folder, scenario.name() + ".json"), JsonText.lines(log));
        }
        return log;
    }

    /** A scenario that connects has a name service of its own. */
    private JsonNode perform(Scenario scenario, double slow) throws IOException, InterruptedException {
        if (!scenario.connects()) {
            return new Director(scenario, haft, slow).play();
        }
        Hosts hosts = new Hosts(scenario.config().path("hosts"));
        try (Haft own = Haft.builder()
                .loops(1)
                .resolver(hosts)
                .closeTimeout(Duration.ZERO)
                .open()) {
            return new Director(scenario, own, slow).play();
        }
    }
}
