package dev.haft;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows a stream to a read as an engine does: a growing array-backed buffer whose bytes lie elsewhere each time, amid bytes
 * that would change the result if they were looked at. Keeps a log of values, errors and of what is left at the end, and checks
 * that nothing is consumed before a value is there.
 */
final class DecoderHarness {
    static final ReadContext CONTEXT = new ReadContext() {
        @Override
        public Handle handle() {
            throw new UnsupportedOperationException("there is no handle here");
        }

        @Override
        public int limitBytes() {
            return 1 << 20;
        }
    };

    /** More values than any stream of a test has: a read that takes nothing gives values without end. */
    private static final int MOST_VALUES = 1000;

    private final Read<?> read;
    private final List<String> log = new ArrayList<>();
    private byte[] unread = {};
    private @Nullable Decoder<?> decoder;
    private boolean failed;
    private int shown;

    private DecoderHarness(Read<?> read) {
        this.read = read;
    }

    /** What comes out of a stream that comes in these pieces, before it ends. */
    static List<String> log(Read<?> read, byte[]... pieces) throws BadMessageException {
        DecoderHarness harness = new DecoderHarness(read);
        for (byte[] piece : pieces) {
            harness.append(piece);
            harness.serve();
        }
        harness.log.add("left: " + show(harness.unread));
        return harness.log;
    }

    static List<String> log(Read<?> read, String... pieces) throws BadMessageException {
        return log(read, Arrays.stream(pieces).map(DecoderHarness::bytes).toArray(byte[][]::new));
    }

    static List<String> byteByByte(Read<?> read, byte[] stream) throws BadMessageException {
        byte[][] pieces = new byte[stream.length][];
        for (int i = 0; i < stream.length; i++) {
            pieces[i] = new byte[] {stream[i]};
        }
        return log(read, pieces);
    }

    static List<String> cutAt(Read<?> read, byte[] stream, List<Integer> places) throws BadMessageException {
        List<byte[]> pieces = new ArrayList<>();
        int from = 0;
        for (int to : places.stream().map(p -> p % (stream.length + 1)).sorted().toList()) {
            pieces.add(Arrays.copyOfRange(stream, from, to));
            from = to;
        }
        pieces.add(Arrays.copyOfRange(stream, from, stream.length));
        return log(read, pieces.toArray(byte[][]::new));
    }

    static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String show(@Nullable Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1) : String.valueOf(value);
    }

    private void append(byte[] piece) {
        byte[] more = Arrays.copyOf(unread, unread.length + piece.length);
        System.arraycopy(piece, 0, more, unread.length, piece.length);
        unread = more;
    }

    private void serve() throws BadMessageException {
        while (!failed && log.size() < MOST_VALUES && step()) {
            // The next value.
        }
    }

    private boolean step() throws BadMessageException {
        Decoder<?> asked = decoder == null ? read.begin(CONTEXT) : decoder;
        decoder = asked;
        ByteBuffer in = elsewhere();
        int start = in.position();
        int limit = in.limit();
        byte[] before = in.array().clone();
        Object value;
        try {
            value = asked.decode(in);
        } catch (BadMessageException e) {
            failed = true;
            log.add(e.code() + ": " + e.getMessage());
            return false;
        }
        if (!Arrays.equals(before, in.array())) {
            throw new AssertionError(read + " wrote into its buffer");
        }
        if (value == null) {
            return false;
        }
        if (in.position() < start || in.limit() != limit) {
            throw new AssertionError(read + " moved back, or moved the limit");
        }
        log.add("value: " + show(value));
        int consumed = in.position() - start;
        unread = Arrays.copyOfRange(unread, consumed, unread.length);
        decoder = null;
        return consumed > 0;
    }

    /** The unread bytes at another place each time, sometimes in a slice. */
    private ByteBuffer elsewhere() {
        byte[] amid = bytes("1:\n\r,");
        shown++;
        int before = 1 + shown % 7;
        byte[] array = new byte[before + unread.length + amid.length];
        for (int i = 0; i < before; i++) {
            array[i] = amid[i % amid.length];
        }
        System.arraycopy(unread, 0, array, before, unread.length);
        System.arraycopy(amid, 0, array, before + unread.length, amid.length);
        int offset = shown % 2 == 0 ? 0 : 1;
        return ByteBuffer.wrap(array, offset, array.length - offset)
                .slice()
                .order(ByteOrder.BIG_ENDIAN)
                .limit(before - offset + unread.length)
                .position(before - offset);
    }
}
