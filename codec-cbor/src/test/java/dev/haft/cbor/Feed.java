package dev.haft.cbor;

import com.upokecenter.cbor.CBORObject;
import dev.haft.BadMessageException;
import dev.haft.Decoder;
import dev.haft.Handle;
import dev.haft.Read;
import dev.haft.ReadContext;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Shows a stream to a read piece by piece, as an engine does, and keeps a log of what comes out: values, errors, and how it
 * ended. The bytes lie amid others that would be CBOR, and move each time.
 */
final class Feed<T> {
    static final String CLEAN = "end";

    private static final byte[] AMID = Hex.bytes("ff 01 82 1c 5f ff");
    private static final ReadContext CONTEXT = new ReadContext() {
        @Override
        public Handle handle() {
            throw new UnsupportedOperationException("there is no handle here");
        }

        @Override
        public int limitBytes() {
            return 1 << 21;
        }
    };

    private final Read<T> read;
    private final Function<? super T, String> show;
    private final List<String> log = new ArrayList<>();
    private byte[] waiting = {};
    private Decoder<T> decoder;
    private boolean stands;
    private int shown;

    Feed(Read<T> read, Function<? super T, String> show) {
        this.read = read;
        this.show = show;
    }

    private static String shown(Object value) {
        if (value instanceof CBORObject item) {
            return DiagnosticNotation.of(item);
        }
        return value instanceof byte[] bytes ? Hex.of(bytes) : String.valueOf(value);
    }

    static List<String> whole(Read<?> read, byte[] stream) {
        return new Feed<>(read, Feed::shown).piece(stream).end();
    }

    static List<String> whole(Read<?> read, String hex) {
        return whole(read, Hex.bytes(hex));
    }

    static List<String> byteByByte(Read<?> read, byte[] stream) {
        Feed<?> feed = new Feed<>(read, Feed::shown);
        for (byte each : stream) {
            feed.piece(new byte[] {each});
        }
        return feed.end();
    }

    static List<String> cutAt(Read<?> read, byte[] stream, int... cuts) {
        Feed<?> feed = new Feed<>(read, Feed::shown);
        int from = 0;
        for (int cut : cuts) {
            feed.piece(Arrays.copyOfRange(stream, from, cut));
            from = cut;
        }
        return feed.piece(Arrays.copyOfRange(stream, from, stream.length)).end();
    }

    /** The log so far. */
    List<String> log() {
        return List.copyOf(log);
    }

    Feed<T> piece(String hex) {
        return piece(Hex.bytes(hex));
    }

    Feed<T> piece(byte[] bytes) {
        if (stands) {
            return this;
        }
        byte[] more = Arrays.copyOf(waiting, waiting.length + bytes.length);
        System.arraycopy(bytes, 0, more, waiting.length, bytes.length);
        waiting = more;
        while (!stands && (waiting.length > 0 || decoder != null)) {
            if (!step(false)) {
                break;
            }
        }
        return this;
    }

    List<String> end() {
        while (!stands && waiting.length > 0) {
            if (!step(true)) {
                break;
            }
        }
        if (!stands) {
            log.add(waiting.length == 0 ? CLEAN : "cut off, " + waiting.length + " bytes are left");
        }
        return log();
    }

    /** Whether it came on. */
    private boolean step(boolean atEnd) {
        ByteBuffer in = buffer();
        int start = in.position();
        try {
            if (decoder == null) {
                decoder = read.begin(CONTEXT);
            }
            T value = atEnd ? decoder.atEnd(in) : decoder.decode(in);
            if (value == null) {
                if (atEnd) {
                    drop(in.position() - start);
                }
                return false;
            }
            log.add("value " + show.apply(value));
            drop(in.position() - start);
            decoder = null;
            return true;
        } catch (BadMessageException e) {
            log.add(e.code() + " " + e.getMessage());
            drop(e.skipBytes());
            if (log.size() % 2 == 0) {
                // An engine may begin anew, or go on with the decoder that it has.
                decoder = null;
            }
            stands = e.skipBytes() == 0;
            return true;
        }
    }

    private void drop(int bytes) {
        waiting = Arrays.copyOfRange(waiting, bytes, waiting.length);
    }

    private ByteBuffer buffer() {
        int before = AMID.length * (1 + shown++ % 3);
        byte[] array = new byte[before + waiting.length + AMID.length];
        for (int i = 0; i < before; i++) {
            array[i] = AMID[i % AMID.length];
        }
        System.arraycopy(waiting, 0, array, before, waiting.length);
        System.arraycopy(AMID, 0, array, before + waiting.length, AMID.length);
        ByteBuffer sliced = ByteBuffer.wrap(array, 3, array.length - 3).slice();
        return sliced.position(before - 3).limit(before - 3 + waiting.length);
    }
}
