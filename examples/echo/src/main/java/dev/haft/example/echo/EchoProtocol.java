package dev.haft.example.echo;

import static dev.haft.Reads.lineBytes;

import dev.haft.Handle;
import dev.haft.HandleException;
import dev.haft.Protocol;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Sends each line back, ended by LF. The bytes of a line are not touched, whatever their character set.
 *
 * <p>A peer that shuts its write side down gets all its lines and then the end of the stream. A line that is too long, or
 * that the stream ends in the middle of, ends the connection.
 *
 * <p><b>Thread safety</b>: thread-safe; it keeps no state.
 */
public final class EchoProtocol implements Protocol {
    private static final Logger LOG = System.getLogger(EchoProtocol.class.getName());

    /** Makes one; one serves any number of connections. */
    public EchoProtocol() {}

    @Override
    public void accept(Handle handle) {
        // Not closed at once when the peer ends: close() is bounded in time, and a slow reader shall get all of it.
        handle.onEof(h -> h.onDrain(Handle::close));
        handle.onError(EchoProtocol::failed);
        handle.onEach(lineBytes(), (h, line) -> h.pushWrite(line).pushWrite("\n"));
    }

    private static void failed(Handle handle, HandleException error) {
        LOG.log(Level.DEBUG, "{0}: {1}", handle, error);
        if (!error.fatal()) {
            handle.close();
        }
    }
}
