package dev.haft.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A stream that a program brings along, for {@link dev.haft.Haft#open(StreamTransport, dev.haft.HandleOptions)}: one in
 * memory for tests, or a line that only a library can drive. It never blocks.
 *
 * <p><b>Thread safety</b>: called on the loop of its handle only. It calls {@code changed} from any thread.
 *
 * <p><b>Errors</b>: an IOException whose text says {@code reset} is {@link dev.haft.ErrorCode#CONNECTION_RESET}, one that
 * says {@code broken pipe} is {@link dev.haft.ErrorCode#WRITE_CLOSED}, another one {@link dev.haft.ErrorCode#IO}.
 */
@ConsumerType
public interface StreamTransport {
    /**
     * The handle begins to use it; before anything else, once.
     *
     * @param changed to be run whenever {@link #read} or {@link #write} may do more than when it last did nothing; quick
     *     and thread-safe, and once too often does no harm
     */
    void begin(Runnable changed);

    /**
     * Reads what is there.
     *
     * @param into has room for at least one byte
     * @return how many bytes; 0: none now; -1: the end of the stream
     * @throws IOException if the stream is broken
     */
    int read(ByteBuffer into) throws IOException;

    /**
     * Writes what can be written now.
     *
     * @param from the bytes; what is not taken remains
     * @return how many bytes
     * @throws IOException if the stream is broken, or the other side has closed
     */
    int write(ByteBuffer from) throws IOException;

    /**
     * Tells the other side that nothing more comes.
     *
     * @throws IOException if that cannot be told
     */
    void endOutput() throws IOException;

    /** Lets everything go. Does nothing the second time. */
    void close();
}
