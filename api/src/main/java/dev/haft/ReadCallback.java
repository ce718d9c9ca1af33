package dev.haft;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Gets what a read has read, on the loop of its handle.
 *
 * @param <T> what was read
 */
@ConsumerType
@FunctionalInterface
public interface ReadCallback<T> {
    /**
     * The value is there.
     *
     * @param handle where it came from
     * @param value what was read, never null
     * @throws Exception any: {@link ErrorCode#CALLBACK_FAILED}, fatal, with it as the cause
     */
    void accept(Handle handle, T value) throws Exception;
}
