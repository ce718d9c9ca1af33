package dev.haft.engine.net;

import dev.haft.engine.handle.Transport;
import dev.haft.engine.handle.TransportUser;
import dev.haft.engine.loop.SelectorLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The bytes of two blocking streams: each has a thread of its own that does the waiting. */
public final class StreamPump implements Transport {
    private final SelectorLoop loop;
    private final InputPump in;
    private final OutputPump out;
    private @Nullable TransportUser user;
    private boolean wantsRead;
    private boolean wantsWrite;

    /** Of two streams; they are closed with it if their pumps say so. */
    public StreamPump(SelectorLoop loop, InputPump in, OutputPump out) {
        this.loop = loop;
        this.in = in;
        this.out = out;
        out.whenFailed(this::changed);
    }

    @Override
    public void use(TransportUser by) {
        user = by;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return in.take(into);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return out.put(from);
    }

    @Override
    public void want(boolean read, boolean write) {
        wantsRead = read;
        wantsWrite = write;
        if (read) {
            in.want(this::changed);
        }
        if (write) {
            out.want(this::changed);
        }
    }

    /** From the threads of the pumps. */
    private void changed() {
        loop.offer(this::tell);
    }

    private void tell() {
        TransportUser told = user;
        boolean readable = wantsRead && in.isReady();
        boolean writable = (wantsWrite && out.isReady()) || out.hasFailed();
        if (told != null && (readable || writable)) {
            told.ready(readable, writable);
        } else if (told != null) {
            // Something else has taken what there was: who is told once must ask again.
            want(wantsRead, wantsWrite);
        }
    }

    @Override
    public void check() throws IOException {
        out.check();
    }

    @Override
    public boolean isFlushed() throws IOException {
        return out.isFlushed();
    }

    @Override
    public void endOutput() {
        out.end();
    }

    @Override
    public void close() {
        user = null;
        in.close();
        out.close();
    }
}
