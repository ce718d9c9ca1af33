package dev.haft;

import org.osgi.annotation.versioning.ConsumerType;

/** Gets the errors of a handle, each once, on its loop. */
@ConsumerType
@FunctionalInterface
public interface ErrorCallback {
    /**
     * An error. If it is {@linkplain HandleException#fatal() fatal} the handle is destroyed when this returns; until then
     * what was read and not consumed can be had by {@link Handle#readBuffer()}.
     *
     * @param handle where
     * @param error what
     * @throws Exception any: it is logged, and the handle is destroyed
     */
    void accept(Handle handle, HandleException error) throws Exception;
}
