package dev.haft;

import org.osgi.annotation.versioning.ProviderType;

/** A task that an {@link EventLoop} runs later. Thread-safe. */
@ProviderType
@FunctionalInterface
public interface Timer {
    /** Takes the task back; does nothing if it has run or was cancelled before. */
    void cancel();
}
