package dev.haft.testkit;

import dev.haft.BadMessageException;
import dev.haft.Decoder;
import dev.haft.Read;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shows a long message byte by byte, and changes what was seen long ago before each look: a decoder that remembers how far it
 * has looked gives the same answer, "not yet"; one that looks again meets other bytes. The last look sees the message again.
 */
final class LinearWork {
    static final int FEWEST_BYTES = 1024;

    /** So many bytes at either end of what was seen may be looked at again: a head, the beginning of a marker. */
    private static final int SPARED = 64;

    private LinearWork() {}

    static <T> void verify(Read<T> read, byte[] message, T expected, Function<? super T, ?> keep) {
        byte[] array = message.clone();
        try {
            Decoder<T> decoder = read.begin(VerifierContext.INSTANCE);
            for (int shown = 0; shown < message.length; shown++) {
                int past = shown - SPARED;
                if (past >= SPARED) {
                    // All 256 in turn: some of them mean something to any format.
                    array[past] = (byte) (past * 31 + 17);
                }
                Object early = look(read, decoder, array, shown);
                if (early != null) {
                    throw notLinear(read, shown, "gave " + Show.value(early), null);
                }
            }
            System.arraycopy(message, 0, array, 0, message.length);
            T value = decoder.decode(ByteBuffer.wrap(array));
            if (value == null || !Objects.deepEquals(keep.apply(expected), keep.apply(value))) {
                throw new AssertionError(read + ", a long message byte by byte, gave " + Show.value(value));
            }
        } catch (BadMessageException e) {
            throw new AssertionError(read + ", a long message byte by byte, refused it: " + e.getMessage(), e);
        }
    }

    private static @Nullable Object look(Read<?> read, Decoder<?> decoder, byte[] array, int shown) {
        try {
            return decoder.decode(ByteBuffer.wrap(array, 0, shown));
        } catch (BadMessageException | RuntimeException e) {
            throw notLinear(read, shown, "threw " + e, e);
        }
    }

    private static AssertionError notLinear(Read<?> read, int shown, String what, @Nullable Throwable cause) {
        return new AssertionError(
                read + " has looked again at bytes that it had seen: shown " + shown
                        + " bytes of a long message, of which" + " those in the middle had been changed since, it "
                        + what,
                cause);
    }
}
