package dev.haft.tls;

import dev.haft.HandleException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a handshake ended: with a session, or with an error. For the loop of its handle. */
public final class TlsOutcome {
    private final @Nullable TlsSession session;
    private final @Nullable HandleException error;
    private boolean kept;

    private TlsOutcome(@Nullable TlsSession session, @Nullable HandleException error) {
        this.session = session;
        this.error = error;
    }

    /**
     * It has succeeded.
     *
     * @param session what was agreed on
     * @return the outcome
     */
    public static TlsOutcome started(TlsSession session) {
        return new TlsOutcome(Objects.requireNonNull(session, "session"), null);
    }

    /**
     * It has failed.
     *
     * @param error why
     * @return the outcome
     */
    public static TlsOutcome failed(HandleException error) {
        return new TlsOutcome(null, Objects.requireNonNull(error, "error"));
    }

    /**
     * Whether TLS is on.
     *
     * @return false: see {@link #error()}
     */
    public boolean succeeded() {
        return session != null;
    }

    /**
     * What was agreed on.
     *
     * @return null if it has failed
     */
    public @Nullable TlsSession session() {
        return session;
    }

    /**
     * Why it has failed: TLS_FAILED, or TLS_TRUNCATED, CONNECTION_RESET and so on if the stream broke.
     *
     * @return null if it has succeeded
     */
    public @Nullable HandleException error() {
        return error;
    }

    /**
     * After a failure: goes on with the handle in clear text, which it was not meant for: whoever sits between the peers can
     * make a handshake fail. Without this the handle is destroyed when the callback returns. What was pushed to be written and
     * has not left is dropped. What has come is read in clear text if nothing of it was TLS; behind the records of a handshake it is
     * dropped.
     */
    public void keepHandle() {
        kept = true;
    }

    /**
     * Whether the handle goes on after a failure.
     *
     * @return true after {@link #keepHandle}
     */
    public boolean isHandleKept() {
        return kept;
    }

    @Override
    public String toString() {
        return "TlsOutcome[" + (error == null ? session : error) + "]";
    }
}
