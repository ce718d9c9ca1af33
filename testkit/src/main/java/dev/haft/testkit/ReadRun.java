package dev.haft.testkit;

import dev.haft.BadMessageException;
import dev.haft.Decoder;
import dev.haft.Read;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shows a stream to a read piece by piece, as an engine does, and notes what comes of it. The read is served again and again,
 * until it refuses something without skipping it, or gives a value without consuming a byte.
 *
 * <p>It is as unkind as the contract of {@link Decoder} allows: the bytes lie in another array each time, at another place,
 * amid bytes that would mean something; every look that gives nothing is repeated without new bytes; an array that was shown
 * is overwritten after the call. What breaks the contract is an AssertionError.
 *
 * <p>Not thread-safe.
 *
 * <pre>{@code
 * assertEquals(ReadRun.whole(line(), stream), ReadRun.pieces(line(), cutAtRandom(stream)));
 * }</pre>
 *
 * @param <T> what the read gives
 */
public final class ReadRun<T> {
    private static final byte[] AMID =
            "1:\n\r,0\"}]{[ \0\u00ff\u0080a\u0082\u001c_".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte OVERWRITTEN = (byte) 0xa5;

    private final Read<T> read;
    private final Function<? super T, ?> keep;
    private final int most;
    private final List<byte[]> pieces = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private byte[] unread = {};
    private @Nullable Decoder<T> decoder;
    private long consumed;
    private int shown;
    private boolean stands;

    /**
     * Begins with an empty stream.
     *
     * @param read the type
     */
    public ReadRun(Read<T> read) {
        this(read, Function.identity(), Integer.MAX_VALUE);
    }

    /**
     * Begins with an empty stream.
     *
     * @param keep makes something that lasts of a value, at once
     * @param most it is not served again after so many outcomes
     */
    ReadRun(Read<T> read, Function<? super T, ?> keep, int most) {
        this.read = read;
        this.keep = keep;
        this.most = most;
        serve();
    }

    /**
     * A stream that comes all at once, and then ends.
     *
     * @param read the type
     * @param stream all of it
     * @return what came
     */
    public static List<Outcome> whole(Read<?> read, byte[] stream) {
        return pieces(read, List.of(stream));
    }

    /**
     * A stream that comes byte by byte, and then ends.
     *
     * @param read the type
     * @param stream all of it
     * @return what came
     */
    public static List<Outcome> byteByByte(Read<?> read, byte[] stream) {
        return pieces(read, Cuts.everywhere(stream));
    }

    /**
     * A stream that comes in pieces, and then ends.
     *
     * @param read the type
     * @param pieces one after the other; may be empty
     * @param <T> what it gives
     * @return what came
     */
    public static <T> List<Outcome> pieces(Read<T> read, List<byte[]> pieces) {
        ReadRun<T> run = new ReadRun<>(read);
        pieces.forEach(run::piece);
        return run.end().outcomes();
    }

    /**
     * A stream that is cut at some places, and then ends.
     *
     * @param read the type
     * @param stream all of it
     * @param places in any order, each at least 0 and at most the length of the stream
     * @return what came
     */
    public static List<Outcome> cutAt(Read<?> read, byte[] stream, int... places) {
        return pieces(read, Cuts.at(stream, places));
    }

    /**
     * More bytes have come.
     *
     * @param bytes the next ones
     * @return this
     */
    public ReadRun<T> piece(byte[] bytes) {
        if (stands) {
            return this;
        }
        pieces.add(bytes.clone());
        byte[] more = Arrays.copyOf(unread, unread.length + bytes.length);
        System.arraycopy(bytes, 0, more, unread.length, bytes.length);
        unread = more;
        serve();
        return this;
    }

    /**
     * The stream has ended.
     *
     * @return this
     */
    public ReadRun<T> end() {
        boolean more = !stands && (unread.length > 0 || pieces.stream().allMatch(p -> p.length == 0));
        while (more) {
            more = step(true) && !stands && unread.length > 0;
        }
        if (!stands) {
            outcomes.add(Outcome.end(unread.length > 0, consumed));
        }
        stands = true;
        return this;
    }

    /**
     * What has come so far.
     *
     * @return in order
     */
    public List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    private void serve() {
        boolean more = !stands;
        while (more) {
            more = step(false) && !stands;
        }
    }

    /** Whether it came on. */
    private boolean step(boolean atEnd) {
        try {
            T value = look(atEnd, false);
            if (value == null && !atEnd) {
                value = look(false, true);
            }
            if (value == null) {
                forgetIfNothingWasSeen();
            } else {
                decoder = null;
            }
            return value != null;
        } catch (BadMessageException e) {
            refused(e);
            return true;
        }
    }

    /** A decoder that has seen no byte may be asked again, or not: both happen here. */
    private void forgetIfNothingWasSeen() {
        if (unread.length == 0 && shown % 4 < 2) {
            decoder = null;
        }
    }

    private void refused(BadMessageException e) {
        decoder = null;
        outcomes.add(Outcome.error(e.code(), e.getMessage(), consumed));
        if (e.skipBytes() > unread.length) {
            throw broken("skips " + e.skipBytes() + " bytes, and was shown " + unread.length);
        }
        stands = e.skipBytes() == 0 || outcomes.size() >= most;
        consume(e.skipBytes());
    }

    private @Nullable T look(boolean atEnd, boolean again) throws BadMessageException {
        Decoder<T> asked = decoder == null ? read.begin(VerifierContext.INSTANCE) : decoder;
        decoder = asked;
        ByteBuffer in = elsewhere();
        int start = in.position();
        byte[] before = in.array().clone();
        T value;
        try {
            value = atEnd ? asked.atEnd(in) : asked.decode(in);
        } catch (RuntimeException e) {
            throw broken("threw " + e, e);
        }
        if (!Arrays.equals(before, in.array())) {
            throw broken("wrote into the buffer that it was shown");
        }
        int taken = in.position() - start;
        if (taken < 0 || taken > unread.length) {
            throw broken("moved to " + taken + " in a buffer of " + unread.length + " bytes");
        }
        if (value != null) {
            if (again) {
                throw broken("gave " + Show.value(value) + " for bytes that were not enough a moment ago");
            }
            consume(taken);
            outcomes.add(Outcome.value(keep.apply(value), consumed));
            stands = taken == 0 || (atEnd && unread.length == 0) || outcomes.size() >= most;
        } else if (atEnd) {
            consume(taken);
        }
        Arrays.fill(in.array(), OVERWRITTEN);
        return value;
    }

    private void consume(int bytes) {
        unread = Arrays.copyOfRange(unread, bytes, unread.length);
        consumed += bytes;
    }

    /** The unread bytes in a fresh array, every other time in a slice of it. */
    private ByteBuffer elsewhere() {
        shown++;
        int before = 1 + shown % 11;
        byte[] array = new byte[before + unread.length + AMID.length];
        for (int i = 0; i < before; i++) {
            array[i] = AMID[(shown + i) % AMID.length];
        }
        System.arraycopy(unread, 0, array, before, unread.length);
        for (int i = 0; i < AMID.length; i++) {
            array[before + unread.length + i] = AMID[(shown + i) % AMID.length];
        }
        int offset = shown % 2;
        return ByteBuffer.wrap(array, offset, array.length - offset)
                .slice()
                .limit(before - offset + unread.length)
                .position(before - offset);
    }

    private AssertionError broken(String what) {
        return broken(what, null);
    }

    private AssertionError broken(String what, @Nullable Throwable cause) {
        return new AssertionError(read + " " + what + "; the stream so far: " + Show.pieces(pieces), cause);
    }
}
