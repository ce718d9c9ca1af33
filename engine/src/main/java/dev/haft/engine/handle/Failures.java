package dev.haft.engine.handle;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;

/** What the JDK's exceptions mean: it tells some errors apart by their text only. */
public final class Failures {
    private Failures() {}

    /** What those who wait hear after the end. */
    static HandleException destroyed() {
        return new HandleException(ErrorCode.DESTROYED, "the handle was closed or destroyed");
    }

    /** While reading or writing. */
    public static HandleException of(IOException e) {
        String text = text(e);
        if (text.contains("reset")) {
            return new HandleException(ErrorCode.CONNECTION_RESET, "the peer broke the connection off", e);
        }
        if (text.contains("broken pipe") || e instanceof ClosedChannelException) {
            return new HandleException(ErrorCode.WRITE_CLOSED, "the peer has closed the connection", e);
        }
        return new HandleException(ErrorCode.IO, describe(e), e);
    }

    /** While connecting to something. */
    public static HandleException connecting(Object to, Exception e) {
        return new HandleException(connectCode(e), "cannot connect to " + to + ": " + describe(e), e);
    }

    private static ErrorCode connectCode(Exception e) {
        String text = text(e);
        if (e instanceof UnknownHostException || e instanceof UnresolvedAddressException) {
            return ErrorCode.UNKNOWN_HOST;
        }
        if (text.contains("refused") || text.contains("no such file")) {
            return ErrorCode.CONNECTION_REFUSED;
        }
        if (text.contains("timed out")) {
            return ErrorCode.TIMED_OUT;
        }
        if (e instanceof NoRouteToHostException || text.contains("unreachable") || text.contains("no route")) {
            return ErrorCode.UNREACHABLE;
        }
        if (text.contains("reset")) {
            return ErrorCode.CONNECTION_RESET;
        }
        return e instanceof ConnectException ? ErrorCode.CONNECTION_REFUSED : ErrorCode.IO;
    }

    private static String text(Exception e) {
        return describe(e).toLowerCase(Locale.ROOT);
    }

    /** What went wrong, in words. */
    public static String describe(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
