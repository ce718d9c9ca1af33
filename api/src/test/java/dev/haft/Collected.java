package dev.haft;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** An output that keeps what is written. */
final class Collected implements Output {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    byte[] bytes() {
        return bytes.toByteArray();
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
    public Output write(byte[] from, int offset, int length) {
        bytes.write(from, offset, length);
        return this;
    }

    @Override
    public Output write(ByteBuffer from) {
        byte[] copy = new byte[from.remaining()];
        from.get(copy);
        return write(copy);
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
