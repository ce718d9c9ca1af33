package dev.haft.engine;

import static dev.haft.Reads.line;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.haft.HandleOptions;
import dev.haft.Writes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every method may be called from any thread; what one thread asks for is done in its order. */
class ThreadsTest {
    private static final int THREADS = 8;
    private static final int EACH = 5000;

    private final Events events = new Events();

    @ParameterizedTest
    @EnumSource
    void writesOfManyThreadsKeepTheOrderOfEachAndNothingIsLost(Link link) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Pair pair = Pair.open(link, events.options())) {
            List<CompletableFuture<Void>> done = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                int thread = t;
                done.add(CompletableFuture.runAsync(() -> write(pair, thread), threads));
            }
            CompletableFuture<Void> last = CompletableFuture.allOf(done.toArray(CompletableFuture[]::new))
                    .thenRun(() -> pair.handle.pushShutdown());
            String[] lines = new String(pair.peer.receiveAll(), StandardCharsets.US_ASCII).split("\n", -1);
            Pair.await(last);
            assertEquals(THREADS * EACH + 1, lines.length);
            int[] next = new int[THREADS];
            for (int i = 0; i < THREADS * EACH; i++) {
                int space = lines[i].indexOf(' ');
                int thread = Integer.parseInt(lines[i].substring(0, space));
                assertEquals(next[thread]++, Integer.parseInt(lines[i].substring(space + 1)));
            }
            events.expectNoMore();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void write(Pair pair, int thread) {
        for (int i = 0; i < EACH; i++) {
            String text = thread + " " + i;
            switch (i % 3) {
                case 0 -> pair.handle.pushWrite(text + "\n");
                case 1 -> pair.handle.pushWrite(Writes.line(), text);
                default -> {
                    CompletableFuture<Void> written = pair.handle.write(Writes.line(), text);
                    assertEquals(false, written.isCompletedExceptionally());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsOfManyThreadsGetEachLineOnceAndInOrder(Link link) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
        HandleOptions options = events.options().build();
        try (Pair pair = Pair.open(link, options)) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(pair), threads);
            List<CompletableFuture<List<Integer>>> got = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                got.add(CompletableFuture.supplyAsync(() -> read(pair), threads));
            }
            boolean[] seen = new boolean[THREADS * EACH];
            for (CompletableFuture<List<Integer>> ofThread : got) {
                int before = -1;
                for (int number : Pair.await(ofThread)) {
                    assertEquals(true, number > before, "the lines of a thread are in order");
                    assertEquals(false, seen[number], "each line comes once");
                    seen[number] = true;
                    before = number;
                }
            }
            Pair.await(sending);
            events.expectNoMore();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void send(Pair pair) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < THREADS * EACH; i++) {
            all.append(i).append('\n');
        }
        try {
            pair.peer.send(all.toString());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Integer> read(Pair pair) {
        List<CompletableFuture<String>> futures = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            futures.add(pair.handle.read(line()));
        }
        return futures.stream().map(Pair::await).map(Integer::parseInt).toList();
    }
}
