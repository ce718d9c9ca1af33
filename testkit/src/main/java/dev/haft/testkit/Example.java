package dev.haft.testkit;

import java.util.Arrays;
import java.util.Objects;

/**
 * Bytes, and what is to come of them.
 *
 * @param <T> a value, or an error code
 */
final class Example<T> {
    private static final byte[] NOTHING = {};

    private final byte[] bytes;
    private final byte[] next;
    private final T meaning;

    Example(byte[] bytes, T meaning) {
        this(bytes, NOTHING, meaning);
    }

    /**
     * Bytes that mean something when others follow.
     *
     * @param next empty: anything may
     */
    Example(byte[] bytes, byte[] next, T meaning) {
        this.bytes = bytes.clone();
        this.next = next.clone();
        this.meaning = Objects.requireNonNull(meaning, "value");
    }

    /** What is consumed. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return bytes.length;
    }

    T meaning() {
        return meaning;
    }

    /** Whether its end can be told without what follows. */
    boolean isComplete() {
        return next.length == 0;
    }

    /** All that is needed. */
    byte[] stream() {
        return followedBy(next);
    }

    byte[] followedBy(byte[] more) {
        byte[] both = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, both, bytes.length, more.length);
        return both;
    }
}
