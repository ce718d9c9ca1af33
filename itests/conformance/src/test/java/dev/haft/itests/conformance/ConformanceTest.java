package dev.haft.itests.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.itests.conformance.Verdict.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Haft does what AnyEvent::Handle did when it was recorded, but for the listed differences. Scenarios mostly wait, so that
 * several are played at once.
 */
class ConformanceTest {
    private static final int AT_ONCE = 8;
    private static final Recordings RECORDINGS = Recordings.find();
    private static final Map<String, Verdict> VERDICTS = new ConcurrentSkipListMap<>();

    /** Handles without an error callback log: several scenarios have such. Kept, or else the setting would be lost. */
    private static final Logger HANDLE_LOG = Logger.getLogger(Handle.class.getName());

    private static Haft haft;
    private static ExecutorService directors;

    @BeforeAll
    static void open() {
        HANDLE_LOG.setLevel(Level.OFF);
        haft = Haft.builder().loops(2).open();
        directors = Executors.newFixedThreadPool(AT_ONCE);
    }

    @AfterAll
    static void close() throws IOException {
        directors.shutdownNow();
        haft.close();
        String summary = Verdict.summary(VERDICTS.values());
        System.out.println(summary);
        Files.writeString(Path.of("target", "conformance.txt"), summary + "\n");
    }

    @TestFactory
    Stream<DynamicTest> scenarioPlaysAsRecorded() {
        Judge judge = new Judge(haft, RECORDINGS);
        Map<Scenario, Future<Verdict>> playing = new LinkedHashMap<>();
        for (Scenario scenario : RECORDINGS.scenarios()) {
            playing.put(scenario, directors.submit(() -> judge.judge(scenario)));
        }
        return playing.entrySet().stream()
                .map(entry -> dynamicTest(
                        entry.getKey().name(), () -> check(entry.getKey().name(), entry.getValue())));
    }

    private static void check(String scenario, Future<Verdict> future) throws Throwable {
        Verdict verdict;
        try {
            verdict = future.get();
        } catch (ExecutionException e) {
            VERDICTS.put(scenario, new Verdict(Kind.UNEXPECTED, e.toString()));
            throw e.getCause();
        }
        VERDICTS.put(scenario, verdict);
        switch (verdict.kind()) {
            case UNEXPECTED -> fail(verdict.detail());
            case EQUAL, LISTED -> {}
        }
    }

    @Test
    void whatIsListedDiffers() {
        Set<String> listed = RECORDINGS.differences().keySet();
        List<String> same = RECORDINGS.scenarios().stream()
                .filter(scenario -> listed.contains(scenario.name()))
                .filter(scenario -> new Comparison(scenario.name())
                        .isSame(RECORDINGS.expected(scenario), RECORDINGS.differing(scenario)))
                .map(Scenario::name)
                .collect(Collectors.toList());
        assertTrue(same.isEmpty(), () -> "listed, but no differences: " + same);
    }
}
