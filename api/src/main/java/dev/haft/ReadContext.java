package dev.haft;

import java.time.Duration;
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

    /**
     * Whether the value may be used after the callback that gets it, because it goes to a future or to a subscriber. Then a
     * value that shares the handle's bytes is refused.
     *
     * @return false if the value is for a callback
     */
    default boolean keepsValue() {
        return false;
    }

    /**
     * Sets a time for a read that has begun; when it is over, the read that is first in the queue, of which this one is a part
     * or the whole, leaves it with TIMED_OUT. To set it for the same read again changes nothing: the first time counts.
     *
     * @param read whose time it is
     * @param limit from now
     * @return to end it before the whole read is done; a context without a clock returns one that does nothing
     */
    default Timer deadline(Read<?> read, Duration limit) {
        return () -> {};
    }
}
