package dev.haft.engine.handle;

import dev.haft.Decoder;
import dev.haft.Read;
import dev.haft.ReadCallback;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A read that waits, and its decoder once it has begun. */
class QueuedRead<T> {
    final Read<T> read;
    final ReadCallback<? super T> done;

    @Nullable Decoder<T> decoder;

    @Nullable QueuedRead<?> next;

    QueuedRead(Read<T> read, ReadCallback<? super T> done) {
        this.read = Objects.requireNonNull(read, "read");
        this.done = Objects.requireNonNull(done, "callback");
    }
}
