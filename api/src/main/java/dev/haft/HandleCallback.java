package dev.haft;

import org.osgi.annotation.versioning.ConsumerType;

/** Something happened on a handle. Runs on its loop, one callback at a time. */
@ConsumerType
@FunctionalInterface
public interface HandleCallback {
    /**
     * It happened.
     *
     * @param handle where
     * @throws Exception any: {@link ErrorCode#CALLBACK_FAILED}, fatal, with it as the cause
     */
    void accept(Handle handle) throws Exception;
}
