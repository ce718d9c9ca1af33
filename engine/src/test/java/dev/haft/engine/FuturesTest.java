package dev.haft.engine;

import static dev.haft.Reads.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.HandleOptions;
import dev.haft.Writes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Futures of reads, writes and the end: waiting, cancelling, destroying. Parity r.future, w.completion, life.close. */
class FuturesTest {
    private static final int LINES = 20_000;

    private final Events events = new Events();

    @TestFactory
    Stream<DynamicTest> waitingForOneOnTheLoopIsRefused() {
        return Stream.<Function<dev.haft.Handle, CompletableFuture<?>>>of(
                        h -> h.read(line()),
                        h -> h.read(line()).thenApply(String::length),
                        h -> h.write(Writes.bytes(), new byte[32 << 20]),
                        h -> h.closed())
                .map(future -> DynamicTest.dynamicTest("a future", () -> {
                    try (Pair pair = Pair.open(Link.TCP, events.options())) {
                        pair.onLoop(h -> {
                            CompletableFuture<?> waited = future.apply(h);
                            assertThrows(IllegalStateException.class, waited::join);
                            assertThrows(IllegalStateException.class, waited::get);
                        });
                    }
                }));
    }

    @ParameterizedTest
    @EnumSource
    void destroyAndCloseEndTheWaitingOfAnotherThread(Link link) throws Exception {
        for (boolean orderly : new boolean[] {true, false}) {
            ExecutorService waiting = Executors.newSingleThreadExecutor();
            try (Pair pair = Pair.open(link, events.options())) {
                CompletableFuture<String> read = pair.handle.read(line());
                CompletableFuture<CompletionException> ended = CompletableFuture.supplyAsync(
                        () -> assertThrows(CompletionException.class, read::join), waiting);
                pair.settle();
                if (orderly) {
                    pair.handle.close();
                } else {
                    pair.handle.destroy();
                }
                HandleException why = (HandleException) Pair.await(ended).getCause();
                assertEquals(ErrorCode.DESTROYED, why.code());
                events.expectNoMore();
            } finally {
                waiting.shutdownNow();
            }
        }
    }

    @Test
    void aCancelledReadLeavesItsBytesToTheNext() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            CompletableFuture<String> first = pair.handle.read(line());
            CompletableFuture<String> second = pair.handle.read(line());
            pair.peer.send("ha");
            pair.settle();
            assertTrue(first.cancel(false));
            pair.peer.send("lf\n");
            assertEquals("half", Pair.await(second));
            assertEquals(0, pair.handle.stats().queuedReads());
        }
    }

    /** Whatever is cancelled when, each line goes to exactly one read, in order. */
    @ParameterizedTest
    @EnumSource
    void cancellingWhileLinesComeLosesNone(Link link) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        HandleOptions options = events.options().build();
        try (Pair pair = Pair.open(link, options)) {
            List<CompletableFuture<String>> reads = new ArrayList<>();
            for (int i = 0; i < 2 * LINES; i++) {
                reads.add(pair.handle.read(line()));
            }
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(pair), threads);
            CompletableFuture<Void> cancelling = CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < 2 * LINES; i += 2) {
                            reads.get(i).cancel(false);
                        }
                    },
                    threads);
            Pair.await(sending);
            Pair.await(cancelling);
            List<String> got = new ArrayList<>();
            for (CompletableFuture<String> read : reads) {
                if (got.size() == LINES) {
                    assertFalse(read.isDone() && !read.isCancelled(), "there are no more lines than were sent");
                } else if (!read.isCancelled()) {
                    got.add(Pair.await(read));
                }
            }
            assertEquals(IntStream.range(0, LINES).mapToObj(String::valueOf).toList(), got);
            events.expectNoMore();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void send(Pair pair) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            all.append(i).append('\n');
        }
        try {
            pair.peer.send(all.toString());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Eight threads call all sorts of methods while the handle ends: nothing hangs, every future is completed. */
    @ParameterizedTest
    @EnumSource
    void everyFutureCompletesThoughTheHandleEndsMeanwhile(Link link) throws Exception {
        int callers = 8;
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try (Pair pair = Pair.open(link, events.options())) {
            List<CompletableFuture<List<CompletableFuture<?>>>> asked = new ArrayList<>();
            for (int t = 0; t < callers; t++) {
                int thread = t;
                asked.add(CompletableFuture.supplyAsync(() -> call(pair, thread), threads));
            }
            int completed = 0;
            for (CompletableFuture<List<CompletableFuture<?>>> ofThread : asked) {
                for (CompletableFuture<?> future : Pair.await(ofThread)) {
                    Pair.await(future.handle((value, error) -> true));
                    completed++;
                }
            }
            assertEquals(callers * 2 * 2000, completed);
            Pair.await(pair.handle.closed());
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<CompletableFuture<?>> call(Pair pair, int thread) {
        List<CompletableFuture<?>> futures = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            futures.add(pair.handle.read(line()));
            pair.handle.pushWrite("x").stopRead().startRead().timeout(java.time.Duration.ofHours(1));
            futures.add(pair.handle.write(Writes.line(), "y"));
            if (i == 1000 && thread == 3) {
                pair.handle.linger(java.time.Duration.ZERO).destroy();
            }
        }
        return futures;
    }
}
