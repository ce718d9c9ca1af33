package dev.haft.engine.net;

import dev.haft.engine.handle.Transport;
import dev.haft.engine.handle.TransportUser;
import dev.haft.engine.loop.SelectorLoop;
import dev.haft.spi.StreamTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The bytes of a stream that a program brings along: asked again when it says so, or when it gave all that was wanted. */
public final class BroughtTransport implements Transport {
    private final SelectorLoop loop;
    private final StreamTransport stream;
    private @Nullable TransportUser user;
    private boolean begun;
    private boolean wantsRead;
    private boolean wantsWrite;

    /** Whether a try may do something: no longer after one that did nothing. */
    private boolean mayRead = true;

    private boolean mayWrite = true;
    private boolean telling;

    /** Of a stream that nobody else uses. */
    public BroughtTransport(SelectorLoop loop, StreamTransport stream) {
        this.loop = loop;
        this.stream = stream;
    }

    @Override
    public void use(TransportUser by) {
        user = by;
        if (!begun) {
            begun = true;
            stream.begin(this::changed);
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int count = stream.read(into);
        mayRead = count != 0;
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int count = stream.write(from);
        mayWrite = !from.hasRemaining();
        return count;
    }

    @Override
    public void want(boolean read, boolean write) {
        wantsRead = read;
        wantsWrite = write;
        if (isPossible() && !telling) {
            telling = true;
            loop.execute(this::tell);
        }
    }

    private boolean isPossible() {
        return (wantsRead && mayRead) || (wantsWrite && mayWrite);
    }

    private void tell() {
        telling = false;
        TransportUser told = user;
        if (told != null && isPossible()) {
            told.ready(wantsRead && mayRead, wantsWrite && mayWrite);
        }
    }

    /** From any thread. */
    private void changed() {
        loop.offer(() -> {
            mayRead = true;
            mayWrite = true;
            tell();
        });
    }

    @Override
    public void endOutput() throws IOException {
        stream.endOutput();
    }

    @Override
    public void close() {
        user = null;
        stream.close();
    }
}
