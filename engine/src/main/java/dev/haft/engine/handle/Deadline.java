package dev.haft.engine.handle;

import dev.haft.Read;
import dev.haft.Timer;
import dev.haft.engine.loop.LoopTimer;
import dev.haft.engine.loop.SelectorLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The time that a read, or a part of it, has. For the loop. */
final class Deadline extends LoopTimer implements Timer {
    final @Nullable Deadline next;

    private final HandleCore handle;
    private final QueuedRead<?> queued;
    private final Read<?> read;
    private boolean over;

    private Deadline(HandleCore handle, QueuedRead<?> queued, Read<?> read) {
        this.handle = handle;
        this.queued = queued;
        this.read = read;
        next = queued.deadline;
    }

    /** The one that runs for this part of a queued read; if there is none, one that begins now. */
    static Deadline of(HandleCore handle, QueuedRead<?> queued, Read<?> read, Duration limit) {
        for (Deadline d = queued.deadline; d != null; d = d.next) {
            if (d.read == read && !d.over) {
                return d;
            }
        }
        Deadline started = new Deadline(handle, queued, read);
        queued.deadline = started;
        handle.loop().arm(started, SelectorLoop.nanos(limit));
        return started;
    }

    void disarm() {
        over = true;
        handle.loop().disarm(this);
    }

    @Override
    public void cancel() {
        disarm();
    }

    @Override
    protected void fire() {
        over = true;
        handle.pass(() -> handle.reads().expired(queued, read));
    }
}
