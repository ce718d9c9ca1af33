package dev.haft.tls;

import dev.haft.ErrorCode;
import dev.haft.Handle;
import org.osgi.annotation.versioning.ConsumerType;

/** Hears how a handshake ended; see {@link Handle#onStartTls}. On the handle's loop, before anything that TLS brought. */
@ConsumerType
@FunctionalInterface
public interface StartTlsCallback {
    /**
     * The handshake has ended. After a failure the handle is destroyed when this returns, unless it calls
     * {@link TlsOutcome#keepHandle}; {@code onError} is not called for it.
     *
     * @param handle whose
     * @param outcome a session, or an error
     * @throws Exception any: {@link ErrorCode#CALLBACK_FAILED}, fatal, with it as the cause
     */
    void accept(Handle handle, TlsOutcome outcome) throws Exception;
}
