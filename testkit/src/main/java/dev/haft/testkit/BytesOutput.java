package dev.haft.testkit;

import dev.haft.BadMessageException;
import dev.haft.Handle;
import dev.haft.Output;
import dev.haft.Write;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An output that keeps what is written: to see what a {@link Write} makes of a value. There is no handle behind it. Not
 * thread-safe.
 *
 * <pre>{@code
 * assertArrayEquals(new byte[] {0, 7}, BytesOutput.encoded(new U16Write(), 7));
 * }</pre>
 */
public final class BytesOutput implements Output {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** An empty one. */
    public BytesOutput() {}

    /**
     * What a type makes of a value.
     *
     * @param write the type
     * @param value the value
     * @param <T> of the value
     * @return the bytes
     * @throws BadMessageException if the type refuses the value
     */
    public static <T> byte[] encoded(Write<? super T> write, T value) throws BadMessageException {
        BytesOutput out = new BytesOutput();
        write.encode(value, out);
        return out.bytes();
    }

    /**
     * What a type makes of a value, as text.
     *
     * @param write the type
     * @param value the value
     * @param <T> of the value
     * @return the bytes as UTF-8
     * @throws BadMessageException if the type refuses the value
     */
    public static <T> String encodedText(Write<? super T> write, T value) throws BadMessageException {
        return new String(encoded(write, value), StandardCharsets.UTF_8);
    }

    /**
     * What has been written.
     *
     * @return a copy
     */
    public byte[] bytes() {
        return bytes.toByteArray();
    }

    /**
     * Not here: a type that asks for its handle is to be tested over one, see {@link ScriptedPeer}.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public Handle handle() {
        throw new UnsupportedOperationException("there is no handle here: test this type over a ScriptedPeer");
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
