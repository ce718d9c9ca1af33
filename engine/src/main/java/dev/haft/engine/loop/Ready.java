package dev.haft.engine.loop;

import java.nio.channels.SelectionKey;

/** What a selection key has attached: whom to tell. */
@FunctionalInterface
public interface Ready {
    /**
     * The channel is ready; runs on the loop.
     *
     * @param key valid
     */
    void ready(SelectionKey key);
}
