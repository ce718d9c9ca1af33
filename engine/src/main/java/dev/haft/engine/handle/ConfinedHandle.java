package dev.haft.engine.handle;

import dev.haft.Handle;
import dev.haft.HandleException;
import dev.haft.HandleOptions;
import dev.haft.engine.loop.SelectorLoop;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way to a handle from any thread: on its loop each step is a pass over the handle, or part of the one that is under way;
 * from another thread it becomes a task of the loop. Who waits for a step hears of it if the end came first.
 */
abstract class ConfinedHandle extends HandleCore {
    ConfinedHandle(SelectorLoop loop, Owner owner, HandleOptions options, Transport transport) {
        super(loop, owner, options, transport);
    }

    /** Takes a step, for which nobody waits. */
    Handle on(Runnable step) {
        if (loop().inLoop()) {
            act(step);
        } else if (!isDestroyed()) {
            // What was asked for before the end is done, also when the end has been asked for since.
            loop().offer(() -> {
                if (isOpen()) {
                    passOfTask(step);
                }
            });
        }
        return this;
    }

    /** On the loop. */
    void act(Runnable step) {
        if (isOpen() && !isMuted()) {
            pass(step);
        }
    }

    /** Takes a step that begins what somebody waits for. */
    void ask(Runnable step, Consumer<HandleException> ended) {
        if (isDestroyed()) {
            ended.accept(Failures.destroyed());
        } else if (loop().inLoop()) {
            act(step);
        } else if (!loop().offer(() -> askNow(step, ended))) {
            ended.accept(Failures.destroyed());
        }
    }

    private void askNow(Runnable step, Consumer<HandleException> ended) {
        if (isServing()) {
            passOfTask(step);
        } else {
            ended.accept(Failures.destroyed());
        }
    }

    /**
     * From another thread: counts the bytes of a push here and now; what is over the limit fails the handle in its turn.
     *
     * @param future of who waits; null if nobody does
     * @return false: the handle has ended, and nobody was told
     */
    boolean send(int length, Runnable push, @Nullable CompletableFuture<Void> future) {
        if (isDestroyed()) {
            return false;
        }
        boolean fits = writes().reserve(length);
        return loop().offer(() -> {
            if (fits) {
                writes().unreserve(length);
            }
            if (isOpen()) {
                passOfTask(fits ? push : () -> fail(writes().full()));
            }
            if (future != null && (!fits || !isOpen())) {
                future.completeExceptionally(fits ? Failures.destroyed() : writes().full());
            }
        });
    }

    // What reads come back for

    /** What a subscriber asks for, on the loop. */
    void withReads(Consumer<ReadSide> step) {
        on(() -> step.accept(reads()));
    }

    void withdraw(QueuedRead<?> read) {
        on(() -> reads().withdraw(read));
    }

    // The end

    @Override
    public void close() {
        end(true);
    }

    @Override
    public void destroy() {
        end(false);
    }

    private void end(boolean orderly) {
        if (loop().inLoop()) {
            end(Failures.destroyed(), orderly);
            return;
        }
        mute();
        // If the loop has ended with its Haft, this handle has, too.
        loop().offer(() -> end(Failures.destroyed(), orderly));
    }

    /** Lets go of what still goes out; from any thread. */
    public void cutOff() {
        mute();
        loop().offer(() -> {
            end(Failures.destroyed(), false);
            cut();
        });
    }

    @Override
    public boolean isDestroyed() {
        return isMuted() || !isOpen();
    }
}
