package dev.haft.tls.bc;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsException;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.jspecify.annotations.Nullable;

/** Alerts, and the errors that tell of them. */
final class Alerts {
    static final int WARNING = 1;
    static final int FATAL = 2;

    private Alerts() {}

    /** The name of RFC 8446 §6. */
    static String name(int description) {
        return AlertDescription.getName((short) description) + " (" + description + ")";
    }

    /** What to tell the peer about an error that is not its alert. */
    static short of(Throwable error) {
        return error instanceof TlsFatalAlert alert ? alert.getAlertDescription() : AlertDescription.internal_error;
    }

    /** Takes a message of the peer. */
    @FunctionalInterface
    interface Taking {
        void take() throws IOException;
    }

    /**
     * Takes a message; what BouncyCastle's parsers fail with otherwise is told as the peer's error.
     *
     * @throws IOException an alert to send, or one that has come
     */
    static void take(Taking message) throws IOException {
        try {
            message.take();
        } catch (TlsException e) {
            throw e;
        } catch (IOException | IllegalArgumentException | IllegalStateException | ClassCastException e) {
            throw new TlsFatalAlert(AlertDescription.decode_error, "a message of the peer is malformed", e);
        }
    }

    /** Refuses the peer's close_notify within the handshake. */
    static void mayClose(boolean isComplete) throws TlsFatalAlert {
        if (!isComplete) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure, "the peer has closed TLS within the handshake");
        }
    }

    static HandleException error(Throwable error) {
        if (error instanceof TlsFatalAlertReceived received) {
            return received(received.getAlertDescription());
        }
        String alert = error instanceof TlsFatalAlert fatal ? name(fatal.getAlertDescription()) : null;
        String detail = detail(error);
        return new HandleException(
                ErrorCode.TLS_FAILED,
                "TLS failed: " + (alert == null ? detail : detail == null ? alert : detail + "; " + alert),
                error);
    }

    private static @Nullable String detail(Throwable error) {
        String message = error.getMessage();
        if (!(error instanceof TlsFatalAlert alert)) {
            return message == null ? error.getClass().getName() : message;
        }
        // BouncyCastle puts the name of the alert before the detail.
        String prefix = AlertDescription.getText(alert.getAlertDescription());
        if (message == null || message.equals(prefix)) {
            Throwable cause = error.getCause();
            return cause == null ? null : cause.getMessage();
        }
        return message.startsWith(prefix + "; ") ? message.substring(prefix.length() + 2) : message;
    }

    static HandleException received(int description) {
        return new HandleException(
                ErrorCode.TLS_FAILED, "TLS failed: the peer has sent the alert " + name(description));
    }
}
