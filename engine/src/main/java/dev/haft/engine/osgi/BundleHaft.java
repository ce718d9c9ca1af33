package dev.haft.engine.osgi;

import dev.haft.engine.Engine;
import dev.haft.engine.EngineHaft;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What one bundle has of the engine: its {@code close()} closes what the bundle opened and leaves it usable. */
final class BundleHaft extends EngineHaft {
    /** A bundle that stops must not wait as long as one that asks for an orderly end. */
    static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    BundleHaft(Engine engine, String bundle) {
        super(engine, bundle, () -> {});
    }

    @Override
    public void close() {
        closeOpened(closeTimeout());
    }

    /** The engine is about to stop: closes what is open, without waiting. */
    CompletableFuture<Void> beginEnd() {
        return closeAll();
    }

    /** Cuts off what has not ended. */
    void cut() {
        cutAll();
    }

    /** The bundle has stopped, or has let it go. */
    void end() {
        closeOpened(STOP_LIMIT);
        super.close();
    }
}
