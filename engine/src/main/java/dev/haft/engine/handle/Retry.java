package dev.haft.engine.handle;

import java.util.concurrent.RejectedExecutionException;

/** Declines the connection that a handle has got, once, in favour of the next address. From any thread. */
final class Retry implements Runnable {
    private static final System.Logger LOG = System.getLogger(Retry.class.getName());

    private final HandleCore handle;
    private final Transport connecting;
    private boolean used;

    /** Goes on with what has made the connection. */
    Retry(HandleCore handle, Transport connecting) {
        this.handle = handle;
        this.connecting = connecting;
    }

    @Override
    public void run() {
        if (handle.loop().inLoop()) {
            retry();
        } else {
            try {
                handle.loop().execute(this::retry);
            } catch (RejectedExecutionException e) {
                LOG.log(System.Logger.Level.TRACE, "the loop has ended, and with it the handle", e);
            }
        }
    }

    /** A later connection of the handle comes of this one only, so that there is nothing to mistake. */
    private void retry() {
        if (!used) {
            used = true;
            handle.reconnect(connecting);
        }
    }
}
