package dev.haft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@link Reads#stream}. */
record StreamRead(long bytes, ReadCallback<? super ByteBuffer> sink) implements Read<Long> {
    StreamRead {
        if (bytes < 0) {
            throw new IllegalArgumentException("stream: " + bytes + " bytes, must be at least 0");
        }
        Objects.requireNonNull(sink, "sink");
    }

    /** All of each piece to a channel. */
    static ReadCallback<ByteBuffer> to(WritableByteChannel channel) {
        Objects.requireNonNull(channel, "channel");
        return (handle, piece) -> {
            while (piece.hasRemaining()) {
                if (channel.write(piece) == 0) {
                    throw new IOException("the channel takes nothing: it must be in blocking mode");
                }
            }
        };
    }

    /** Refused before its first byte, if it is longer. */
    @Override
    public Read<Long> limit(int most) {
        Bytes.atLeast(1, most, "limit");
        if (bytes <= most) {
            return this;
        }
        return context -> {
            throw BadMessageException.tooLong(this + " is longer than " + most + " bytes");
        };
    }

    @Override
    public Decoder<Long> begin(ReadContext context) {
        return new StreamDecoder(context.handle());
    }

    @Override
    public String toString() {
        return "stream(" + bytes + ")";
    }

    /** Counts what is still to come. */
    private final class StreamDecoder implements Decoder<Long> {
        private final Handle handle;
        private long left = bytes;

        StreamDecoder(Handle handle) {
            this.handle = handle;
        }

        @Override
        public @Nullable Long decode(ByteBuffer in) {
            int count = (int) Math.min(left, in.remaining());
            if (count > 0) {
                ByteBuffer piece = in.slice(in.position(), count);
                in.position(in.position() + count);
                left -= count;
                give(piece);
            }
            return left == 0 ? bytes : null;
        }

        private void give(ByteBuffer piece) {
            try {
                sink.accept(handle, piece);
            } catch (RuntimeException e) {
                throw e;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (Exception e) {
                throw new IllegalStateException("the sink of " + StreamRead.this + " failed", e);
            }
        }

        @Override
        public OptionalInt limitBytes() {
            return OptionalInt.of(1);
        }

        @Override
        public boolean isStreaming() {
            return true;
        }
    }
}
