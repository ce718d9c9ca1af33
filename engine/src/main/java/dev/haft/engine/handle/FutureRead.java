package dev.haft.engine.handle;

import dev.haft.Handle;
import dev.haft.HandleException;
import dev.haft.Read;
import dev.haft.engine.loop.LoopFuture;

/** Where {@link Handle#read} puts its value or its error; cancelling it takes its read out of the queue. */
final class FutureRead<T> extends LoopFuture<T> {
    private final ConfinedHandle handle;
    private final Queued<T> queued;

    FutureRead(ConfinedHandle handle, Read<T> read) {
        this.handle = handle;
        queued = new Queued<>(read, this);
    }

    QueuedRead<T> queued() {
        return queued;
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
        boolean cancelled = super.cancel(mayInterrupt);
        if (cancelled) {
            handle.withdraw(queued);
        }
        return cancelled;
    }

    /** The read in the queue, whose value goes to the future. */
    private static final class Queued<T> extends QueuedRead<T> {
        private final FutureRead<T> future;

        Queued(Read<T> read, FutureRead<T> future) {
            super(read, (handle, value) -> {});
            this.future = future;
        }

        @Override
        boolean keepsValue() {
            return true;
        }

        /** False if it was cancelled by another thread in this very moment. */
        @Override
        boolean deliver(HandleCore handle, T value) {
            return future.complete(value);
        }

        @Override
        boolean fail(HandleException error) {
            future.completeExceptionally(error);
            return true;
        }

        @Override
        void drop() {
            future.cancel(false);
        }
    }
}
