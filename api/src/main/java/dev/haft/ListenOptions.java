package dev.haft;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a listener is to be.
 *
 * @param handleOptions of the handles that it accepts
 * @param backlog how many connections the system may keep before they are accepted; the system may have a lower bound
 * @param maxConnections how many accepted connections may be open at once; over it the listener waits for one to end
 * @param onPrepare what prepares the server socket before it is bound, or null
 */
public record ListenOptions(
        HandleOptions handleOptions,
        int backlog,
        int maxConnections,
        @Nullable ListenCallback onPrepare) {
    private static final ListenOptions STANDARD = new ListenOptions(HandleOptions.standard(), 1024, 65_536, null);

    /**
     * Checks the bounds.
     *
     * @param handleOptions not null
     * @param backlog at least 1
     * @param maxConnections at least 1
     * @param onPrepare or null
     */
    public ListenOptions {
        Objects.requireNonNull(handleOptions, "handleOptions");
        if (backlog < 1) {
            throw new IllegalArgumentException("backlog: " + backlog + ", must be at least 1");
        }
        if (maxConnections < 1) {
            throw new IllegalArgumentException("maxConnections: " + maxConnections + ", must be at least 1");
        }
    }

    /**
     * The defaults: standard handles, a backlog of 1,024, at most 65,536 connections.
     *
     * @return the options
     */
    public static ListenOptions standard() {
        return STANDARD;
    }

    /**
     * The defaults with other handles.
     *
     * @param options of the handles that it accepts
     * @return the options
     */
    public static ListenOptions of(HandleOptions options) {
        return STANDARD.withHandleOptions(options);
    }

    /**
     * These with other handles.
     *
     * @param options of the handles that it accepts
     * @return the options
     */
    public ListenOptions withHandleOptions(HandleOptions options) {
        return new ListenOptions(options, backlog, maxConnections, onPrepare);
    }

    /**
     * These with another backlog.
     *
     * @param connections at least 1
     * @return the options
     */
    public ListenOptions withBacklog(int connections) {
        return new ListenOptions(handleOptions, connections, maxConnections, onPrepare);
    }

    /**
     * These with another bound of connections.
     *
     * @param connections at least 1
     * @return the options
     */
    public ListenOptions withMaxConnections(int connections) {
        return new ListenOptions(handleOptions, backlog, connections, onPrepare);
    }

    /**
     * These with something that prepares the server socket before it is bound (parity {@code open.listen}).
     *
     * @param callback null: nothing
     * @return the options
     */
    public ListenOptions withOnPrepare(@Nullable ListenCallback callback) {
        return new ListenOptions(handleOptions, backlog, maxConnections, callback);
    }
}
