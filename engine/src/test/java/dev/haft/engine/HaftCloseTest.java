package dev.haft.engine;

import static dev.haft.Reads.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Endpoint;
import dev.haft.ErrorCode;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleException;
import dev.haft.Listener;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The end of a Haft is the end of all that it opened. */
class HaftCloseTest {
    private final Events events = new Events();

    private static Set<Thread> loops() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("haft-loop"))
                .collect(Collectors.toSet());
    }

    @Test
    void everythingIsClosedAndNoThreadIsLeft() throws Exception {
        Set<Thread> before = loops();
        Haft haft = Haft.builder().loops(3).open();
        Set<Thread> mine = loops();
        mine.removeAll(before);
        assertEquals(3, mine.size());
        assertTrue(mine.stream().allMatch(Thread::isDaemon));
        Listener listener = haft.listen(
                Endpoint.tcp("127.0.0.1", 0), h -> h.onEof(Handle::close).onEach(line(), events.value()));
        List<Handle> clients = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            clients.add(haft.connect(listener.endpoint()).pushWrite("hello\n"));
        }
        for (int i = 0; i < 10; i++) {
            events.expect("hello");
        }
        CompletableFuture<String> waiting = clients.get(0).read(line());
        haft.close();
        assertTrue(haft.isClosed());
        assertTrue(listener.isClosed());
        assertTrue(haft.handles().isEmpty());
        assertTrue(haft.listeners().isEmpty());
        assertTrue(clients.stream().allMatch(c -> c.isDestroyed() && c.closed().isDone()));
        // Whether the other end was closed first decides between DESTROYED and UNEXPECTED_END.
        assertTrue(Pair.failure(waiting) instanceof HandleException);
        haft.join();
        assertTrue(mine.stream().noneMatch(Thread::isAlive));
        haft.close();
    }

    @Test
    void nothingCanBeOpenedAfterwards() {
        Haft haft = Pair.haft();
        haft.close();
        Endpoint endpoint = Endpoint.tcp("127.0.0.1", 1);
        assertThrows(IllegalStateException.class, () -> haft.connect(endpoint));
        assertThrows(IllegalStateException.class, () -> haft.listen(endpoint, h -> {}));
        assertThrows(
                IllegalStateException.class,
                () -> haft.open(java.io.InputStream.nullInputStream(), java.io.OutputStream.nullOutputStream()));
        assertThrows(IllegalStateException.class, haft::stdio);
    }

    @Test
    void handlesOfAnEndedHaftAreNoOps() throws Exception {
        Pair pair = Pair.open(Link.TCP, events.options());
        pair.peer.end();
        pair.haft.close();
        pair.handle.pushWrite("x").pushRead(line(), events.value()).pushShutdown();
        pair.handle.execute(h -> events.add("executed"));
        assertEquals(ErrorCode.DESTROYED, ((HandleException) Pair.failure(pair.handle.read(line()))).code());
        Pair.await(pair.handle.closed());
        events.expectNoMore();
        pair.close();
    }

    @Test
    void joinWaitsForTheEnd() throws Exception {
        Haft haft = Pair.haft();
        assertThrows(TimeoutException.class, () -> haft.join(Duration.ofMillis(1)));
        CompletableFuture<Void> joined = CompletableFuture.runAsync(() -> {
            try {
                haft.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertFalse(joined.isDone());
        haft.close();
        Pair.await(joined);
        haft.join(Duration.ofSeconds(1));
    }

    @Test
    void joinOnALoopIsRefused() {
        try (Haft haft = Pair.haft()) {
            CompletableFuture<Throwable> refused = new CompletableFuture<>();
            haft.loop().execute(() -> refused.complete(assertThrows(IllegalStateException.class, haft::join)));
            assertTrue(Pair.await(refused) instanceof IllegalStateException);
        }
    }

    @Test
    void closeOnALoopDoesNotWait() throws Exception {
        Pair pair = Pair.open(Link.TCP, events.options());
        pair.handle.pushWrite("bye");
        pair.handle.loop().execute(pair.haft::close);
        assertEquals("bye", pair.peer.receiveText());
        pair.peer.end();
        pair.haft.join(Duration.ofSeconds(20));
        assertTrue(pair.haft.handles().isEmpty());
        pair.close();
    }

    @Test
    void aPeerThatNeverClosesDoesNotHoldTheEndUp() throws Exception {
        Haft haft = Haft.builder().loops(1).closeTimeout(Duration.ofMillis(50)).open();
        Pair pair = Link.TCP.connect(haft, events.options().build());
        pair.handle.pushWrite(new byte[16 << 20]);
        haft.close();
        assertTrue(haft.handles().isEmpty());
        assertTrue(pair.handle.closed().isDone());
        pair.close();
    }

    @Test
    void lingeringDataIsGivenUpWithTheHaft() throws Exception {
        Haft haft = Haft.builder().loops(1).closeTimeout(Duration.ofMillis(50)).open();
        Pair pair = Link.TCP.connect(haft, events.options().build());
        pair.handle.pushWrite(new byte[16 << 20]);
        pair.handle.destroy();
        haft.close();
        assertTrue(haft.handles().isEmpty());
        pair.close();
    }

    @Test
    void whatWasWrittenGoesOutFirst() throws Exception {
        Pair pair = Pair.open(Link.TCP, events.options());
        byte[] much = new byte[4 << 20];
        pair.handle.pushWrite(much);
        CompletableFuture<Integer> received = CompletableFuture.supplyAsync(() -> {
            try {
                int count = pair.peer.receiveAll().length;
                pair.peer.end();
                return count;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        pair.haft.close();
        assertEquals(much.length, Pair.await(received));
        pair.close();
    }

    @Test
    void thousandsOfFuturesAskedForAtTheEndAllComplete() throws Exception {
        Pair pair = Pair.open(Link.TCP, events.options());
        List<CompletableFuture<String>> futures = new ArrayList<>();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> {
            pair.handle.loop().execute(() -> {
                for (int i = 0; i < 20_000; i++) {
                    pair.handle.loop().execute(() -> {});
                }
            });
            pair.haft.close();
        });
        for (int i = 0; i < 20_000; i++) {
            futures.add(pair.handle.read(line()));
        }
        pair.peer.end();
        Pair.await(closing);
        for (CompletableFuture<String> future : futures) {
            Throwable why = Pair.failure(future);
            assertTrue(why instanceof HandleException, () -> "not by the handle: " + why);
        }
        pair.close();
    }
}
