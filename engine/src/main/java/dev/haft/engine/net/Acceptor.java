package dev.haft.engine.net;

import dev.haft.engine.handle.Owner;
import dev.haft.engine.handle.Transport;
import dev.haft.engine.loop.SelectorLoop;

/** Who takes the connections of a listener. */
@FunctionalInterface
public interface Acceptor {
    /**
     * A connection; on the listener's loop.
     *
     * @param loop where it is to live
     * @param transport ready to be used there
     * @param owner hears of the end of its handle
     */
    void accepted(SelectorLoop loop, Transport transport, Owner owner);
}
