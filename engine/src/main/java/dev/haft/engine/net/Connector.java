package dev.haft.engine.net;

import dev.haft.Endpoint;
import dev.haft.HandleOptions;
import dev.haft.engine.handle.Transport;
import dev.haft.engine.loop.SelectorLoop;

/** Starts connections. Thread-safe. */
public final class Connector {
    private final Addresses addresses = new Addresses();

    /** Made once an engine. */
    public Connector() {}

    /** What stands for a connection until it is made; it begins when it is first used. */
    public Transport connect(SelectorLoop loop, Endpoint endpoint, HandleOptions options) {
        return new Connecting(loop, addresses, endpoint, options);
    }

    /** Lets its threads go. */
    public void close() {
        addresses.close();
    }
}
