package dev.haft;

import org.osgi.annotation.versioning.ProviderType;

/** What a read may know when it begins. Valid as long as the read is in flight, on the handle's loop. */
@ProviderType
public interface ReadContext {
    /**
     * The handle that is read.
     *
     * @return the handle
     */
    Handle handle();

    /**
     * The handle's {@code maxReadBufferBytes}: what may wait when the read has no limit of its own.
     *
     * @return bytes; {@link Integer#MAX_VALUE} if unlimited
     */
    int limitBytes();
}
