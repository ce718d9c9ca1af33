package dev.haft.engine;

import static org.junit.jupiter.api.Assertions.fail;

import dev.haft.EventLoop;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleOptions;
import dev.haft.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A handle under test and its peer. */
final class Pair implements AutoCloseable {
    final Haft haft;
    final Handle handle;
    final Peer peer;
    private boolean ownsHaft;

    Pair(Haft haft, Handle handle, Peer peer) {
        this.haft = haft;
        this.handle = handle;
        this.peer = peer;
    }

    /** With a Haft of its own. */
    static Pair open(Link link, HandleOptions options) throws IOException {
        Pair pair = link.connect(haft(), options);
        pair.ownsHaft = true;
        return pair;
    }

    static Pair open(Link link, HandleOptions.Builder options) throws IOException {
        return open(link, options.build());
    }

    /** With a clock that the test moves. */
    static Pair open(Link link, HandleOptions.Builder options, ManualClock clock) throws IOException {
        Haft haft = Haft.builder()
                .loops(1)
                .clock(clock)
                .closeTimeout(Duration.ofSeconds(2))
                .open();
        Pair pair = link.connect(haft, options.build());
        pair.ownsHaft = true;
        return pair;
    }

    /** One loop, and little patience at the end. */
    static Haft haft() {
        return Haft.builder().loops(1).closeTimeout(Duration.ofSeconds(2)).open();
    }

    /** Runs steps on the loop, as one pass, and waits for them. */
    Pair onLoop(Consumer<Handle> steps) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        handle.execute(h -> {
            try {
                steps.accept(handle);
                done.complete(null);
            } catch (Throwable t) {
                done.completeExceptionally(t);
            }
        });
        await(done);
        return this;
    }

    /** The same, but the handle may have ended: then they do not run. */
    void onLoopIfAlive(Consumer<? super Handle> steps) {
        handle.execute(steps);
        settle();
    }

    /** Waits until the loop has done all that could be done before this call: two turns, with timers. */
    void settle() {
        settle(handle.loop());
    }

    static void settle(EventLoop loop) {
        for (int turn = 0; turn < 3; turn++) {
            CompletableFuture<Void> turned = new CompletableFuture<>();
            loop.schedule(Duration.ZERO, () -> turned.complete(null));
            await(turned);
        }
    }

    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return fail("the future failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            return fail("the future was not completed in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail("interrupted while waiting for a future", e);
        }
    }

    /** The exception that a future fails with. */
    static Throwable failure(CompletableFuture<?> future) {
        try {
            return fail("the future gave " + future.get(20, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (TimeoutException e) {
            return fail("the future was not completed in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail("interrupted while waiting for a future", e);
        }
    }

    @Override
    public void close() throws IOException {
        handle.linger(Duration.ZERO);
        handle.destroy();
        peer.close();
        if (ownsHaft) {
            haft.close();
        }
    }
}
