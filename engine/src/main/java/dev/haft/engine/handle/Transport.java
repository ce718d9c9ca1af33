package dev.haft.engine.handle;

import dev.haft.HandleOptions;
import dev.haft.engine.buffer.LoopBuffers;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** What moves the bytes of a handle. Never blocks. For the loop's thread. */
public interface Transport {
    /**
     * Says who is told; before anything else, and again when another takes over.
     *
     * @param user told from now on
     */
    void use(TransportUser user);

    /** The buffer of the loop, cleared, that {@link #read} is best given. */
    default ByteBuffer incoming(LoopBuffers buffers) {
        return buffers.incoming();
    }

    /** The buffer of the loop, cleared, that {@link #write} is best given. */
    default ByteBuffer outgoing(LoopBuffers buffers) {
        return buffers.outgoing();
    }

    /**
     * Reads what is there, at most what the buffer has room for.
     *
     * @return how many bytes; 0: none now; -1: the end of the stream
     */
    int read(ByteBuffer into) throws IOException;

    /**
     * Writes what can be written now.
     *
     * @return how many bytes
     */
    int write(ByteBuffer from) throws IOException;

    /**
     * Writes what can be written now of a file that is longer than the position.
     *
     * @param count how much at most, no more than a buffer of the loop has room for
     * @param through a buffer of the loop, cleared, for those who need one
     * @return how many bytes
     */
    default long transfer(FileChannel file, long position, long count, ByteBuffer through) throws IOException {
        through.limit((int) count);
        file.read(through, position);
        return write(through.flip());
    }

    /** What was read or written last is where it belongs: who wants to look at it may, and may call anything. */
    default void passed() {}

    /** Whom to wake for what: {@link TransportUser#ready} comes as long as something wanted is possible. */
    void want(boolean read, boolean write) throws IOException;

    /** Throws what has failed in the background. */
    default void check() throws IOException {}

    /** Whether all that was written has left this process; if not, {@link #want} for writing tells when to ask again. */
    default boolean isFlushed() throws IOException {
        return true;
    }

    /** Tells the peer that nothing more is written. */
    void endOutput() throws IOException;

    /** Lets everything go; what was not flushed is lost. Does nothing the second time. */
    void close();

    /** Whether bytes can be written already, or at all. */
    default boolean isConnected() {
        return true;
    }

    /** The channel, if there is one. */
    default @Nullable Channel channel() {
        return null;
    }

    /** The address of this end, if it has one. */
    default @Nullable SocketAddress localAddress() {
        return null;
    }

    /** The address of the other end, if it has one. */
    default @Nullable SocketAddress remoteAddress() {
        return null;
    }

    /** The socket options of the handle that have a name of their own have changed. */
    default void optionsChanged(HandleOptions options) throws IOException {
        SocketOptions.applyOwn(options, this);
    }

    /** Sets a socket option if there is such a one. */
    default <T> void option(SocketOption<T> option, T value) throws IOException {}
}
