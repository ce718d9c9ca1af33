package dev.haft.engine.buffer;

import dev.haft.Handle;
import dev.haft.Output;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where one value is encoded before any of it is written: if the encoder throws, nothing has happened. For one thread at a
 * time.
 */
public final class EncodeOutput implements Output {
    private static final int FIRST_BYTES = 512;

    /** An array that grew larger than this is not kept. */
    private static final int KEPT_BYTES = 16 << 10;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;
    private @Nullable Handle handle;
    private @Nullable Stream stream;

    /** For a value of this handle. */
    public EncodeOutput begin(Handle of) {
        handle = of;
        size = 0;
        return this;
    }

    void reset() {
        handle = null;
        size = 0;
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[FIRST_BYTES];
        }
    }

    /** Whether the value is large enough to hand its array over by {@link #takeArray} rather than to copy it. */
    public boolean isLarge() {
        return size > Segment.BYTES;
    }

    /** The array that has the value, from 0 to {@link #size()}. */
    public byte[] array() {
        return bytes;
    }

    /** The same, given away. */
    public byte[] takeArray() {
        byte[] taken = bytes;
        bytes = new byte[FIRST_BYTES];
        return taken;
    }

    /** A copy of the value. */
    public byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    @Override
    public Handle handle() {
        Handle of = handle;
        if (of == null) {
            throw new IllegalStateException("the value has been encoded: this output is no longer valid");
        }
        return of;
    }

    @Override
    public Output write(int octet) {
        room(1);
        bytes[size++] = (byte) octet;
        return this;
    }

    @Override
    public Output write(byte[] from, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, from.length);
        room(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
        return this;
    }

    @Override
    public Output write(ByteBuffer from) {
        int length = from.remaining();
        room(length);
        from.get(bytes, size, length);
        size += length;
        return this;
    }

    @Override
    public Output write(CharSequence text) {
        return write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public OutputStream stream() {
        Stream view = stream;
        if (view == null) {
            view = new Stream();
            stream = view;
        }
        return view;
    }

    private void room(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), (int)
                    Math.min(Integer.MAX_VALUE - 8L, 2L * bytes.length)));
        }
    }

    /** {@link #stream()}. */
    private final class Stream extends OutputStream {
        @Override
        public void write(int octet) {
            EncodeOutput.this.write(octet);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            EncodeOutput.this.write(from, offset, length);
        }
    }
}
