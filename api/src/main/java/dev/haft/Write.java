package dev.haft;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * How to write a T: immutable, reusable, thread-safe.
 *
 * <p>It runs on the thread that calls {@code pushWrite}, before that call returns. If it throws, the exception goes to
 * that caller and nothing of the value is written.
 *
 * <pre>{@code
 * Write<Integer> u16 = (value, out) -> out.write(new byte[] {(byte) (value >> 8), (byte) (int) value});
 * }</pre>
 *
 * @param <T> what is written
 */
@ConsumerType
@FunctionalInterface
public interface Write<T> {
    /**
     * Writes a value.
     *
     * @param value what
     * @param out where
     * @throws BadMessageException if the format has no way to say this value: an {@link UncheckedHandleException} to the
     *     caller of {@code pushWrite}
     */
    void encode(T value, Output out) throws BadMessageException;
}
