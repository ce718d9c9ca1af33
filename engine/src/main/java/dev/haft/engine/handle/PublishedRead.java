package dev.haft.engine.handle;

import dev.haft.ErrorCode;
import dev.haft.Handle;
import dev.haft.HandleException;
import dev.haft.Read;
import java.util.Objects;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The read of a subscriber: it keeps its place in the queue until it is cancelled or the stream ends, and rests while nothing is
 * asked for. Signals come from the loop; the subscription may be used from any thread.
 */
final class PublishedRead<T> extends QueuedRead<T> implements Subscription {
    private static final System.Logger LOG = System.getLogger(Handle.class.getName());

    private final ConfinedHandle handle;
    private volatile @Nullable Subscriber<? super T> subscriber;
    private long wanted;
    private boolean starting;

    PublishedRead(ConfinedHandle handle, Read<T> read, Subscriber<? super T> subscriber) {
        super(read, (h, value) -> {});
        this.handle = handle;
        this.subscriber = Objects.requireNonNull(subscriber, "subscriber");
    }

    /** Takes its place; if the handle has ended, that is told instead. */
    void queue(Consumer<HandleException> ended) {
        handle.ask(
                () -> {
                    handle.reads().push(this, false);
                    begin();
                    handle.reads().serve();
                },
                ended);
    }

    /** Tells the subscriber; within its call nothing is delivered. */
    private void begin() {
        Subscriber<? super T> who = subscriber;
        if (who != null) {
            starting = true;
            signal(() -> who.onSubscribe(this));
            starting = false;
        }
    }

    // What the subscriber asks for

    @Override
    public void request(long count) {
        if (subscriber != null) {
            handle.withReads(reads -> {
                if (count <= 0) {
                    refuse(new IllegalArgumentException("request: " + count + ", must be at least 1 (rule 3.9)"));
                } else {
                    wanted = wanted + count < 0 ? Long.MAX_VALUE : wanted + count;
                    reads.serve();
                }
            });
        }
    }

    @Override
    public void cancel() {
        if (subscriber != null) {
            subscriber = null;
            handle.withdraw(this);
        }
    }

    /** Ends the subscription with an error that is none of the stream. */
    private void refuse(Throwable error) {
        handle.withdraw(this);
        signalError(error);
    }

    private void signalError(Throwable error) {
        Subscriber<? super T> who = letGo();
        if (who != null) {
            signal(() -> who.onError(error));
        }
    }

    /** A subscriber must not throw; the handle fails, if it is still there. */
    private void signal(Runnable last) {
        try {
            last.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, () -> "a subscriber of " + handle + " threw", e);
            handle.callbackFailed(e);
        }
    }

    private @Nullable Subscriber<? super T> letGo() {
        Subscriber<? super T> who = subscriber;
        subscriber = null;
        return who;
    }

    // What the handle says

    @Override
    boolean keepsValue() {
        return true;
    }

    @Override
    boolean isResting() {
        return wanted == 0 || starting;
    }

    @Override
    boolean isRepeated() {
        return subscriber != null;
    }

    @Override
    boolean deliver(HandleCore core, T value) {
        Subscriber<? super T> who = subscriber;
        if (who == null) {
            return false;
        }
        if (wanted != Long.MAX_VALUE) {
            wanted--;
        }
        try {
            who.onNext(value);
        } catch (Throwable t) {
            subscriber = null;
            core.callbackFailed(t);
        }
        return true;
    }

    /** It would be given for ever. */
    @Override
    void tookNothing() {
        refuse(new HandleException(ErrorCode.BAD_MESSAGE, read + " takes no bytes: it would be given for ever"));
    }

    @Override
    boolean fail(HandleException error) {
        signalError(error);
        return true;
    }

    @Override
    void drop() {
        fail(new HandleException(ErrorCode.DESTROYED, false, "the reads of the handle were dropped", null));
    }

    @Override
    void complete() {
        Subscriber<? super T> who = letGo();
        if (who != null) {
            signal(who::onComplete);
        }
    }
}
