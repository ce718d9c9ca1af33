package dev.haft.spi;

import dev.haft.Haft;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An engine, as {@link Haft#open()} and {@link dev.haft.HaftBuilder#open()} find it: by {@link java.util.ServiceLoader}.
 * Thread-safe.
 */
@ConsumerType
@FunctionalInterface
public interface HaftProvider {
    /**
     * Opens a Haft.
     *
     * @param settings what it is made from
     * @return open
     */
    Haft open(HaftSettings settings);
}
