package dev.haft;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What to read: immutable, reusable, thread-safe. {@link Reads} has the standard ones.
 *
 * <pre>{@code
 * Read<Integer> number = line().map(Integer::parseInt).named("number");
 * Read<byte[]> epp = chunk(4).flatMap(head -> chunk(ByteBuffer.wrap(head).getInt() - 4));
 * }</pre>
 *
 * @param <T> what it gives
 */
@ConsumerType
@FunctionalInterface
public interface Read<T> {
    /**
     * The read begins: it is first in the queue. Called on the handle's loop, once for each value.
     *
     * @param context what may be known
     * @return who looks at the bytes
     * @throws BadMessageException if it cannot begin; the read fails as if its decoder had thrown this
     */
    Decoder<T> begin(ReadContext context) throws BadMessageException;

    /**
     * An untyped read (parity {@code r.untyped}).
     *
     * <pre>{@code
     * Read.of(() -> in -> in.hasRemaining() ? in.get() : null)
     * }</pre>
     *
     * @param decoder makes a fresh decoder for each value; one that keeps no state may be shared
     * @param <T> what it gives
     * @return the read
     */
    static <T> Read<T> of(Supplier<? extends Decoder<T>> decoder) {
        Objects.requireNonNull(decoder, "decoder");
        return context -> decoder.get();
    }

    /**
     * The same bytes, another value.
     *
     * @param function makes it; null is {@link ErrorCode#BAD_MESSAGE}, an exception {@link ErrorCode#CALLBACK_FAILED}
     * @param <R> what it gives
     * @return a read
     */
    default <R> Read<R> map(Function<? super T, ? extends R> function) {
        return new MappedRead<>(this, function);
    }

    /**
     * First this, then what its value says; the result is the second's. Nothing is consumed before both are there, unless the
     * second is a {@link Reads#stream}; the first cannot be one.
     *
     * @param next the second read, by the value of the first
     * @param <R> what it gives
     * @return a read
     */
    default <R> Read<R> flatMap(Function<? super T, ? extends Read<R>> next) {
        return new ChainedRead<>(this, next);
    }

    /**
     * The same, for messages of so many bytes at most: a longer one is {@link ErrorCode#TOO_LONG}, and its bytes stay.
     * While the read is first in the queue this stands above the handle's {@code maxReadBufferBytes}.
     *
     * @param bytes at least 1
     * @return a read
     * @throws IllegalArgumentException if bytes is less than 1
     */
    default Read<T> limit(int bytes) {
        return new LimitedRead<>(this, bytes);
    }

    /**
     * The same, with a time in which the whole value must be there (parity {@code r.deadline}). It counts from when the read
     * is first in the queue, one of {@link Handle#onEach} from its first byte, the second of a {@link #flatMap} from when its
     * first is done; and it runs on while reading is stopped.
     *
     * <p><b>Errors</b>: TIMED_OUT, not fatal: the read leaves the queue, its bytes are untouched, and the read side stands as
     * after a bad message.
     *
     * @param limit more than zero
     * @return a read
     * @throws IllegalArgumentException if limit is zero or negative
     */
    default Read<T> within(Duration limit) {
        return new TimedRead<>(this, limit);
    }

    /**
     * The same under a name that {@code toString} and error messages show.
     *
     * @param name for people
     * @return a read
     */
    default Read<T> named(String name) {
        return new NamedRead<>(this, name);
    }
}
