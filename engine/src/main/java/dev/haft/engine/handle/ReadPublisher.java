package dev.haft.engine.handle;

import dev.haft.Read;
import java.util.Objects;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@link dev.haft.Handle#publisher}: for one subscriber. Thread-safe. */
final class ReadPublisher<T> implements Publisher<T> {
    private static final Subscription NONE = new Subscription() {
        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
    };

    private final ConfinedHandle handle;
    private final Read<T> read;
    private final AtomicBoolean taken = new AtomicBoolean();

    ReadPublisher(ConfinedHandle handle, Read<T> read) {
        this.handle = handle;
        this.read = Objects.requireNonNull(read, "read");
    }

    @Override
    public void subscribe(Subscriber<? super T> subscriber) {
        PublishedRead<T> published = new PublishedRead<>(handle, read, subscriber);
        if (taken.getAndSet(true)) {
            refuse(subscriber, new IllegalStateException("this publisher has had its one subscriber"));
            return;
        }
        published.queue(ended -> refuse(subscriber, ended));
    }

    /** By the rules a subscriber hears of its subscription before anything else. */
    private static void refuse(Subscriber<?> subscriber, Exception error) {
        subscriber.onSubscribe(NONE);
        subscriber.onError(error);
    }

    @Override
    public String toString() {
        return "publisher of " + read;
    }
}
