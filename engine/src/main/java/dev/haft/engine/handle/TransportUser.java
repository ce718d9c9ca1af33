package dev.haft.engine.handle;

import dev.haft.HandleException;

/** Who is told what a {@link Transport} can do: the handle, or what finishes it. On the loop. */
public interface TransportUser {
    /** Something that was wanted is possible. */
    void ready(boolean readable, boolean writable);

    /** The transport that only stood for a connection in the making is replaced by the real one. */
    void connected(Transport transport);

    /** There will be no connection. */
    void connectFailed(HandleException error);
}
