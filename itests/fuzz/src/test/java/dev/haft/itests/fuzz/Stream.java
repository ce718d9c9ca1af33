package dev.haft.itests.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.haft.BadMessageException;
import dev.haft.Decoder;
import dev.haft.Handle;
import dev.haft.Read;
import dev.haft.ReadContext;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bytes as a read sees them, in pieces; what comes out of it as text. */
final class Stream {
    private static final ReadContext CONTEXT = new ReadContext() {
        @Override
        public Handle handle() {
            throw new UnsupportedOperationException("there is no handle here");
        }

        @Override
        public int limitBytes() {
            return 1 << 20;
        }
    };

    private final Read<?> read;
    private final List<String> log = new ArrayList<>();

    private Stream(Read<?> read) {
        this.read = read;
    }

    /** At once, byte by byte, and in pieces of seven. */
    static void sameInAnyCut(Read<?> read, byte[] bytes) {
        List<String> whole = log(read, bytes, Math.max(1, bytes.length));
        assertEquals(whole, log(read, bytes, 1));
        assertEquals(whole, log(read, bytes, 7));
    }

    private static List<String> log(Read<?> read, byte[] bytes, int piece) {
        Stream stream = new Stream(read);
        try {
            stream.decode(bytes, piece);
        } catch (BadMessageException e) {
            throw new AssertionError("a read that cannot begin", e);
        }
        return stream.log;
    }

    private void decode(byte[] bytes, int piece) throws BadMessageException {
        int from = 0;
        int shown = Math.min(piece, bytes.length);
        Decoder<?> decoder = read.begin(CONTEXT);
        while (true) {
            // Others lie around it, and a decoder must not look at them.
            byte[] array = Arrays.copyOf(bytes, shown + 1);
            array[shown] = (byte) 0xff;
            ByteBuffer in = ByteBuffer.wrap(array, from, shown - from);
            boolean atEnd = shown == bytes.length;
            try {
                Object value = decoder.decode(in);
                if (value == null && atEnd) {
                    value = decoder.atEnd(in);
                }
                if (value != null) {
                    log.add(value instanceof byte[] octets ? Arrays.toString(octets) : value.toString());
                    from = in.position();
                    decoder = read.begin(CONTEXT);
                } else if (atEnd) {
                    log.add(in.hasRemaining() ? "cut off" : "end");
                    return;
                } else {
                    shown = Math.min(shown + piece, bytes.length);
                }
            } catch (BadMessageException e) {
                log.add(e.code() + " " + e.getMessage());
                if (e.skipBytes() == 0) {
                    return;
                }
                from += e.skipBytes();
                decoder = read.begin(CONTEXT);
            }
        }
    }
}
