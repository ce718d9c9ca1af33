package dev.haft.engine.loop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A future that a loop completes: to wait for it on a loop is an IllegalStateException, not a deadlock. */
public class LoopFuture<T> extends CompletableFuture<T> {
    @Override
    public T get() throws InterruptedException, ExecutionException {
        refuseToWait();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        refuseToWait();
        return super.get(timeout, unit);
    }

    @Override
    public T join() {
        refuseToWait();
        return super.join();
    }

    /** What is derived from it waits for the same loop. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new LoopFuture<>();
    }

    private void refuseToWait() {
        if (!isDone()) {
            LoopThread.refuseToWait("a future");
        }
    }
}
