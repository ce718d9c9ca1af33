package dev.haft.engine;

import dev.haft.engine.loop.SelectorLoop;
import dev.haft.engine.net.Connector;
import dev.haft.engine.types.LiveTypes;
import dev.haft.engine.types.TlsProviders;
import dev.haft.spi.HaftSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What several Hafts may share: the loops, the connector and the types. Thread-safe. */
public final class Engine implements AutoCloseable {
    private final List<SelectorLoop> loops = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final Connector connector;
    private final LiveTypes types = new LiveTypes();
    private final TlsProviders tls = new TlsProviders();
    private final HaftSettings settings;

    /** Starts the loops. */
    public Engine(HaftSettings settings) {
        this.settings = settings;
        connector = new Connector(settings.resolver());
        for (int i = 0; i < settings.loops(); i++) {
            loops.add(SelectorLoop.start("haft-loop-" + i, settings.clock()));
        }
    }

    HaftSettings settings() {
        return settings;
    }

    Connector connector() {
        return connector;
    }

    /** Who can do TLS for all its Hafts. */
    public TlsProviders tls() {
        return tls;
    }

    /** The types that all its Hafts see. */
    public LiveTypes types() {
        return types;
    }

    /** One loop after the other. */
    SelectorLoop nextLoop() {
        return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    }

    /** The loop that the caller is on, or else the next. */
    SelectorLoop currentLoop() {
        for (SelectorLoop loop : loops) {
            if (loop.inLoop()) {
                return loop;
            }
        }
        return nextLoop();
    }

    boolean inLoop() {
        return loops.stream().anyMatch(SelectorLoop::inLoop);
    }

    /** Ends the loops; waits for their threads unless on one of them. */
    @Override
    public void close() {
        connector.close();
        loops.forEach(SelectorLoop::stop);
        if (inLoop()) {
            return;
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        for (SelectorLoop loop : loops) {
            try {
                loop.awaitEnd(Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
