package dev.haft.testkit;

import dev.haft.spi.StreamTransport;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One end of a connection in memory: reads one stream and writes the other. */
final class MemoryTransport implements StreamTransport {
    private final MemoryStream in;
    private final MemoryStream out;

    MemoryTransport(MemoryStream in, MemoryStream out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public void begin(Runnable changed) {
        in.reader(changed);
        out.writer(changed);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return in.read(into);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return out.write(from);
    }

    @Override
    public void endOutput() {
        out.end();
    }

    @Override
    public void close() {
        in.closeReader();
        out.end();
    }
}
