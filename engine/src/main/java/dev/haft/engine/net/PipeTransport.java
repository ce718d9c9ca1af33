package dev.haft.engine.net;

import dev.haft.engine.handle.Transport;
import dev.haft.engine.handle.TransportUser;
import dev.haft.engine.loop.SelectorLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/** The bytes of one channel to read and one to write, either of which may be missing. */
final class PipeTransport implements Transport {
    private final SelectorLoop loop;
    private final Pipe.@Nullable SourceChannel in;
    private final Pipe.@Nullable SinkChannel out;
    private @Nullable TransportUser user;
    private @Nullable SelectionKey inKey;
    private @Nullable SelectionKey outKey;
    private boolean wantsRead;

    PipeTransport(SelectorLoop loop, Pipe.@Nullable SourceChannel in, Pipe.@Nullable SinkChannel out) {
        this.loop = loop;
        this.in = in;
        this.out = out;
    }

    @Override
    public void use(TransportUser by) {
        user = by;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return in == null ? -1 : in.read(into);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        if (out == null) {
            throw new ClosedChannelException();
        }
        return out.write(from);
    }

    @Override
    public void want(boolean read, boolean write) throws IOException {
        wantsRead = read;
        if (in != null) {
            inKey = Keys.watch(loop, inKey, in, read ? SelectionKey.OP_READ : 0, this::ready);
        } else if (read) {
            // No key will ever say so: what cannot be read has ended.
            loop.execute(() -> tell(wantsRead, false));
        }
        if (out != null && out.isOpen()) {
            outKey = Keys.watch(loop, outKey, out, write ? SelectionKey.OP_WRITE : 0, this::ready);
        }
    }

    private void ready(SelectionKey key) {
        tell(key.isReadable(), key.isWritable());
    }

    private void tell(boolean readable, boolean writable) {
        TransportUser told = user;
        if (told != null && (readable || writable)) {
            told.ready(readable, writable);
        }
    }

    @Override
    public void endOutput() throws IOException {
        if (out != null) {
            out.close();
        }
    }

    @Override
    public void close() {
        user = null;
        Keys.close(in);
        Keys.close(out);
    }

    @Override
    public @Nullable Channel channel() {
        return in == null ? out : in;
    }
}
