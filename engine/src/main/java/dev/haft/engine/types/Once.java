package dev.haft.engine.types;

import dev.haft.Types.Registration;
import java.util.concurrent.atomic.AtomicBoolean;

/** A registration that is taken back once, however often it is closed. */
final class Once {
    private Once() {}

    static Registration of(Runnable undo) {
        AtomicBoolean done = new AtomicBoolean();
        return () -> {
            if (done.compareAndSet(false, true)) {
                undo.run();
            }
        };
    }
}
