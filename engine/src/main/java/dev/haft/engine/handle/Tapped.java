package dev.haft.engine.handle;

import dev.haft.HandleOptions;
import dev.haft.Tap;
import dev.haft.Tap.Direction;
import dev.haft.engine.buffer.LoopBuffers;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Shows a {@link Tap} what passes between a handle and its transport; there is none of it while there is no tap. Files go
 * through this process, so that their bytes can be seen.
 */
final class Tapped implements Transport {
    private static final System.Logger LOG = System.getLogger(Tap.class.getName());

    private final HandleCore handle;
    private final Transport under;
    private @Nullable Tap tap;
    private boolean lastWords;

    /** What passed last, until it is shown. */
    private @Nullable ByteBuffer last;

    private Direction direction = Direction.IN;

    private Tapped(HandleCore handle, Transport under, Tap tap) {
        this.handle = handle;
        this.under = under;
        this.tap = tap;
    }

    /** With this tap and no other; null: with none. */
    static Transport by(@Nullable Tap tap, HandleCore handle, Transport transport) {
        Transport bare = bare(transport);
        return tap == null ? bare : new Tapped(handle, bare, tap);
    }

    /** What it shows the bytes of. */
    static Transport bare(Transport transport) {
        return transport instanceof Tapped tapped ? tapped.under : transport;
    }

    /** The handle ends: its tap is let go, or may see what leaves before that has been done. */
    static void end(Transport transport, boolean lastWords) {
        if (transport instanceof Tapped tapped) {
            tapped.lastWords = lastWords;
            if (!lastWords) {
                tapped.tap = null;
            }
        }
    }

    private void note(Direction way, ByteBuffer bytes, int from, int count) {
        direction = way;
        last = count <= 0
                ? null
                : bytes.duplicate().limit(from + count).position(from).slice().asReadOnlyBuffer();
    }

    @Override
    public void passed() {
        Tap shown = tap;
        ByteBuffer bytes = last;
        last = null;
        if (shown == null || bytes == null || !(lastWords || handle.isServing())) {
            return;
        }
        try {
            shown.passed(handle, direction, bytes);
        } catch (Throwable t) {
            if (lastWords) {
                LOG.log(System.Logger.Level.ERROR, () -> "the tap of " + handle + " threw at its end", t);
            } else {
                handle.callbackFailed(t);
            }
        }
    }

    @Override
    public ByteBuffer incoming(LoopBuffers buffers) {
        return under.incoming(buffers);
    }

    @Override
    public ByteBuffer outgoing(LoopBuffers buffers) {
        return under.outgoing(buffers);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int from = into.position();
        int count = under.read(into);
        note(Direction.IN, into, from, count);
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int start = from.position();
        int count = under.write(from);
        note(Direction.OUT, from, start, count);
        return count;
    }

    @Override
    public void want(boolean read, boolean write) throws IOException {
        under.want(read, write);
    }

    @Override
    public void use(TransportUser user) {
        under.use(user);
    }

    @Override
    public void check() throws IOException {
        under.check();
    }

    @Override
    public boolean isFlushed() throws IOException {
        return under.isFlushed();
    }

    @Override
    public void endOutput() throws IOException {
        under.endOutput();
    }

    @Override
    public void close() {
        under.close();
    }

    @Override
    public boolean isConnected() {
        return under.isConnected();
    }

    @Override
    public @Nullable Channel channel() {
        return under.channel();
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return under.localAddress();
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return under.remoteAddress();
    }

    @Override
    public void optionsChanged(HandleOptions options) throws IOException {
        under.optionsChanged(options);
    }

    @Override
    public <T> void option(SocketOption<T> option, T value) throws IOException {
        under.option(option, value);
    }
}
