package dev.haft;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where a {@link Write} writes. What is written here leaves when the whole value has been encoded.
 *
 * <p><b>Thread safety</b>: for the thread that encodes, until {@link Write#encode} returns. All arguments are copied.
 */
@ProviderType
public interface Output {
    /**
     * The handle that is written to.
     *
     * @return the handle
     */
    Handle handle();

    /**
     * Appends one byte.
     *
     * @param octet its low eight bits count
     * @return this
     */
    Output write(int octet);

    /**
     * Appends bytes.
     *
     * @param bytes copied
     * @return this
     */
    default Output write(byte[] bytes) {
        return write(bytes, 0, bytes.length);
    }

    /**
     * Appends bytes.
     *
     * @param bytes copied
     * @param offset of the first
     * @param length how many
     * @return this
     * @throws IndexOutOfBoundsException if they are not all in the array
     */
    Output write(byte[] bytes, int offset, int length);

    /**
     * Appends what remains in a buffer.
     *
     * @param bytes copied; its position moves to its limit
     * @return this
     */
    Output write(ByteBuffer bytes);

    /**
     * Appends text as UTF-8.
     *
     * @param text what; a lone surrogate becomes {@code ?}
     * @return this
     */
    Output write(CharSequence text);

    /**
     * How many bytes this value has so far.
     *
     * @return bytes
     */
    int size();

    /**
     * The same as a stream, for libraries that write to one; closing or flushing it does nothing.
     *
     * @return a view of this
     */
    OutputStream stream();
}
