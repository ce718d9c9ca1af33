package dev.haft.engine.handle;

import dev.haft.engine.loop.SelectorLoop;

/** Declines the connection that a handle has got, once, in favour of the next address. From any thread. */
final class Retry implements Runnable {
    private final HandleConnect connect;
    private final Transport connecting;
    private boolean used;

    /** Goes on with what has made the connection. */
    Retry(HandleConnect connect, Transport connecting) {
        this.connect = connect;
        this.connecting = connecting;
    }

    @Override
    public void run() {
        SelectorLoop loop = connect.handle().loop();
        if (loop.inLoop()) {
            retry();
        } else {
            loop.offer(this::retry);
        }
    }

    /** A later connection of the handle comes of this one only, so that there is nothing to mistake. */
    private void retry() {
        if (!used) {
            used = true;
            connect.decline(connecting);
        }
    }
}
