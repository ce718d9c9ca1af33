package dev.haft.cbor;

import dev.haft.BadMessageException;
import dev.haft.Handle;
import dev.haft.Output;
import dev.haft.Write;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** An output that keeps what is written. */
final class Recorder implements Output {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    static <T> byte[] written(Write<? super T> write, T value) throws BadMessageException {
        Recorder out = new Recorder();
        write.encode(value, out);
        return out.bytes.toByteArray();
    }

    @Override
    public Handle handle() {
        throw new UnsupportedOperationException("there is no handle here");
    }

    @Override
    public Output write(int octet) {
        bytes.write(octet);
        return this;
    }

    @Override
    public Output write(byte[] more, int offset, int length) {
        bytes.write(more, offset, length);
        return this;
    }

    @Override
    public Output write(ByteBuffer more) {
        while (more.hasRemaining()) {
            bytes.write(more.get());
        }
        return this;
    }

    @Override
    public Output write(CharSequence text) {
        return write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int size() {
        return bytes.size();
    }

    @Override
    public OutputStream stream() {
        return bytes;
    }
}
