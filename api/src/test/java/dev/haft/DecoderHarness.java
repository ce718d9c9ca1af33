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

    /** The same for a stream that ends then: the last value, if there is one, and what is left. */
    static List<String> logToEnd(Read<?> read, byte[]... pieces) throws BadMessageException {
        List<byte[]> all = new ArrayList<>(Arrays.asList(pieces));
        DecoderHarness harness = new DecoderHarness(read);
        for (byte[] piece : all) {
            harness.append(piece);
            harness.serve();
        }
        if (!harness.failed) {
            harness.end();
        }
        harness.log.add("left: " + show(harness.unread));
        return harness.log;
    }

    static List<String> log(Read<?> read, String... pieces) throws BadMessageException {
        return log(read, Arrays.stream(pieces).map(DecoderHarness::bytes).toArray(byte[][]::new));
    }

    static List<String> byteByByte(Read<?> read, byte[] stream) throws BadMessageException {
        return log(read, singly(stream));
    }

    static byte[][] singly(byte[] stream) {
        byte[][] pieces = new byte[stream.length][];
        for (int i = 0; i < stream.length; i++) {
            pieces[i] = new byte[] {stream[i]};
        }
        return pieces;
    }

    static List<String> cutAt(Read<?> read, byte[] stream, List<Integer> places) throws BadMessageException {
        return log(read, pieces(stream, places));
    }

    static byte[][] pieces(byte[] stream, List<Integer> places) {
        List<byte[]> pieces = new ArrayList<>();
        int from = 0;
        for (int to : places.stream().map(p -> p % (stream.length + 1)).sorted().toList()) {
            pieces.add(Arrays.copyOfRange(stream, from, to));
            from = to;
        }
        pieces.add(Arrays.copyOfRange(stream, from, stream.length));
        return pieces.toArray(byte[][]::new);
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
        int before = unread.length;
        Object value;
        try {
            value = ask(asked, false);
            if (value == null && !asked.isStreaming() && ask(asked, false) != null) {
                throw new AssertionError(read + " gave a value when it was asked again with the same bytes");
            }
        } catch (BadMessageException e) {
            return failed(e);
        }
        if (value == null) {
            return false;
        }
        log.add("value: " + show(value));
        decoder = null;
        return unread.length < before;
    }

    private void end() throws BadMessageException {
        Decoder<?> asked = decoder == null ? read.begin(CONTEXT) : decoder;
        try {
            Object value = ask(asked, true);
            log.add("end: " + show(value));
        } catch (BadMessageException e) {
            failed(e);
        }
    }

    /** Takes the bytes off that a value has consumed. */
    private @Nullable Object ask(Decoder<?> asked, boolean atEnd) throws BadMessageException {
        ByteBuffer in = elsewhere();
        int start = in.position();
        int limit = in.limit();
        byte[] before = in.array().clone();
        Object value = atEnd ? asked.atEnd(in) : asked.decode(in);
        if (!Arrays.equals(before, in.array())) {
            throw new AssertionError(read + " wrote into its buffer");
        }
        if (in.position() < start || in.position() > limit) {
            throw new AssertionError(read + " moved out of its bytes");
        }
        if (value != null || asked.isStreaming()) {
            unread = Arrays.copyOfRange(unread, in.position() - start, unread.length);
        }
        return value;
    }

    /** Goes on, like an engine, if bytes are to be skipped. */
    private boolean failed(BadMessageException e) {
        log.add(e.code() + ": " + e.getMessage());
        decoder = null;
        failed = e.skipBytes() == 0;
        unread = Arrays.copyOfRange(unread, Math.min(e.skipBytes(), unread.length), unread.length);
        return !failed;
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
