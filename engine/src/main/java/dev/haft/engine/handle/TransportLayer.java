package dev.haft.engine.handle;

import dev.haft.HandleOptions;
import dev.haft.engine.buffer.LoopBuffers;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import org.jspecify.annotations.Nullable;

/** A transport over another one, to which it passes on what it does not change; the bytes of files go through it. */
interface TransportLayer extends Transport {
    /** What is below. */
    Transport under();

    @Override
    default ByteBuffer incoming(LoopBuffers buffers) {
        return under().incoming(buffers);
    }

    @Override
    default ByteBuffer outgoing(LoopBuffers buffers) {
        return under().outgoing(buffers);
    }

    @Override
    default void want(boolean read, boolean write) throws IOException {
        under().want(read, write);
    }

    @Override
    default void use(TransportUser user) {
        under().use(user);
    }

    @Override
    default void check() throws IOException {
        under().check();
    }

    @Override
    default boolean isFlushed() throws IOException {
        return under().isFlushed();
    }

    @Override
    default void endOutput() throws IOException {
        under().endOutput();
    }

    @Override
    default void close() {
        under().close();
    }

    @Override
    default boolean isConnected() {
        return under().isConnected();
    }

    @Override
    default @Nullable Channel channel() {
        return under().channel();
    }

    @Override
    default @Nullable SocketAddress localAddress() {
        return under().localAddress();
    }

    @Override
    default @Nullable SocketAddress remoteAddress() {
        return under().remoteAddress();
    }

    @Override
    default void optionsChanged(HandleOptions options) throws IOException {
        under().optionsChanged(options);
    }

    @Override
    default <T> void option(SocketOption<T> option, T value) throws IOException {
        under().option(option, value);
    }
}
