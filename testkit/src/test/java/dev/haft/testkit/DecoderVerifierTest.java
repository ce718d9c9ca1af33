package dev.haft.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.BadMessageException;
import dev.haft.Decoder;
import dev.haft.ErrorCode;
import dev.haft.Read;
import dev.haft.Reads;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A verifier that finds nothing is worth nothing: each mistake that it is made for, made. */
class DecoderVerifierTest {
    /** A length in one byte, at most 99, and as many bytes. */
    private static String counted(ByteBuffer in) throws BadMessageException {
        if (!in.hasRemaining()) {
            return null;
        }
        int length = in.get() & 0xff;
        if (length > 99) {
            throw new BadMessageException("a length over 99");
        }
        if (in.remaining() < length) {
            return null;
        }
        byte[] text = new byte[length];
        in.get(text);
        return new String(text, ISO_8859_1);
    }

    private static <T> Read<T> read(Supplier<Decoder<T>> decoder) {
        return Read.of(decoder);
    }

    private static DecoderVerifier<String> verifier(Read<String> read) {
        return DecoderVerifier.of(read.named("counted"))
                .example("\2ab", "ab")
                .example("\0", "")
                .example("\1c", "c");
    }

    private static String failure(DecoderVerifier<?> verifier) {
        return assertThrows(AssertionError.class, verifier::verify).getMessage();
    }

    private static void assertFound(String what, DecoderVerifier<?> verifier) {
        String message = failure(verifier);
        assertTrue(message.contains(what), message);
    }

    @Test
    void aGoodDecoderPasses() {
        verifier(read(() -> DecoderVerifierTest::counted))
                .bad(new byte[] {100}, ErrorCode.BAD_MESSAGE)
                .verify();
    }

    @Test
    void theMessageShowsTheCut() {
        String message = failure(verifier(read(() -> in -> in.remaining() == 2 ? "early" : counted(in))));
        assertTrue(message.contains("\"\\x02a|b\" gave [value \"early\" at 0"), message);
        assertTrue(message.contains("expected value \"ab\" at 3"), message);
    }

    @Test
    void aWrongValueIsFound() {
        assertFound("gave [value \"AB\" at 3", verifier(read(() -> in -> {
            String value = counted(in);
            return value == null ? null : value.toUpperCase(java.util.Locale.ROOT);
        })));
    }

    @Test
    void aByteTooManyIsFound() {
        assertFound("before foreign bytes", verifier(read(() -> in -> {
            String value = counted(in);
            if (value != null && in.hasRemaining()) {
                in.get();
            }
            return value;
        })));
    }

    @Test
    void aValueTooEarlyIsFound() {
        assertFound(
                "\"abc\" gave [value \"ab\" at 2",
                DecoderVerifier.of(Reads.chunk(2)).example("abc", new byte[] {'a', 'b', 'c'}));
    }

    @Test
    void aDecoderThatCountsFromTheStartOfTheArrayIsFound() {
        assertFound("counted", verifier(read(() -> in -> {
            ByteBuffer wrong = ByteBuffer.wrap(in.array(), 0, in.limit());
            String value = counted(wrong);
            if (value != null) {
                in.position(Math.min(in.limit(), wrong.position()));
            }
            return value;
        })));
    }

    @Test
    void aDecoderThatLooksBehindTheLimitIsFound() {
        assertFound("counted", verifier(read(() -> in -> {
            ByteBuffer wrong = in.duplicate().limit(in.capacity());
            int length = wrong.hasRemaining() ? wrong.get() & 0xff : 0;
            byte[] text = new byte[Math.min(length, wrong.remaining())];
            wrong.get(text);
            if (in.remaining() < 1) {
                return null;
            }
            in.position(Math.min(in.limit(), in.position() + 1 + length));
            return new String(text, ISO_8859_1);
        })));
    }

    @Test
    void aDecoderThatKeepsTheBufferIsFound() {
        assertFound("gave", verifier(read(() -> new Decoder<>() {
            private ByteBuffer first;

            @Override
            public String decode(ByteBuffer in) throws BadMessageException {
                if (first == null && in.hasRemaining()) {
                    first = in.duplicate();
                }
                if (first == null || in.remaining() <= (first.get(first.position()) & 0xff)) {
                    return null;
                }
                return counted(in);
            }
        })));
    }

    @Test
    void aDecoderThatCountsItsLooksIsFound() {
        assertFound("not enough a moment ago", verifier(read(() -> new Decoder<>() {
            private int looks;

            @Override
            public String decode(ByteBuffer in) throws BadMessageException {
                return looks++ < 1 ? null : counted(in);
            }
        })));
    }

    @Test
    void aSharedDecoderWithAMemoryIsFound() {
        Decoder<String> shared = new Decoder<>() {
            private int need = -1;

            @Override
            public String decode(ByteBuffer in) throws BadMessageException {
                if (need < 0 && in.hasRemaining()) {
                    need = in.get(in.position()) & 0xff;
                }
                if (need < 0 || in.remaining() <= need) {
                    return null;
                }
                in.get();
                byte[] text = new byte[need];
                in.get(text);
                need = -1;
                return new String(text, ISO_8859_1);
            }
        };
        assertFound("counted", verifier(read(() -> shared)));
    }

    @Test
    void aValueThatLooksIntoTheBufferIsFound() {
        Read<ByteBuffer> view = read(() -> in -> {
            if (in.remaining() < 2) {
                return null;
            }
            ByteBuffer slice = in.slice().limit(2);
            in.position(in.position() + 2);
            return slice;
        });
        ByteBuffer value = ByteBuffer.wrap(new byte[] {'a', 'b'});
        assertFound("\\xa5", DecoderVerifier.of(view).example("ab", value));
        DecoderVerifier.of(view)
                .example("ab", value)
                .comparing(BytesOutputTest::bytes)
                .verify();
    }

    @Test
    void aDecoderThatWritesIntoTheBufferIsFound() {
        assertFound("wrote into the buffer", verifier(read(() -> in -> {
            if (in.hasRemaining()) {
                in.put(in.position(), (byte) (in.get(in.position()) ^ 0x40));
            }
            return counted(in);
        })));
    }

    @Test
    void aDecoderThatMovesBackIsFound() {
        assertFound("moved to -1", verifier(read(() -> in -> {
            String value = counted(in);
            if (value != null) {
                in.position(in.position() - value.length() - 2);
            }
            return value;
        })));
    }

    @Test
    void aRuntimeExceptionIsFound() {
        assertFound("threw java.nio.BufferUnderflowException", verifier(read(() -> in -> {
            byte[] text = new byte[in.get()];
            in.get(text);
            return new String(text, ISO_8859_1);
        })));
    }

    @Test
    void aPartialValueAtTheEndIsFound() {
        assertFound("at the end of the stream", verifier(read(() -> new Decoder<>() {
            @Override
            public String decode(ByteBuffer in) throws BadMessageException {
                return counted(in);
            }

            @Override
            public String atEnd(ByteBuffer in) {
                in.position(in.limit());
                return "partial";
            }
        })));
    }

    @Test
    void anErrorThatTellsHowMuchHasComeIsFound() {
        DecoderVerifier<String> verifier = verifier(read(() -> in -> {
            if (in.remaining() > 1 && in.get(in.position()) > 99) {
                throw new BadMessageException("bad, after " + in.remaining());
            }
            return in.hasRemaining() && in.get(in.position()) > 99 ? null : counted(in);
        }));
        assertFound("not the same as all at once", verifier.bad("\177xyz", ErrorCode.BAD_MESSAGE));
    }

    @Test
    void anErrorThatDoesNotComeIsFound() {
        assertFound(
                "expected TOO_LONG",
                verifier(read(() -> DecoderVerifierTest::counted)).bad(new byte[] {100}, ErrorCode.TOO_LONG));
        assertFound(
                "expected BAD_MESSAGE",
                verifier(read(() -> DecoderVerifierTest::counted)).bad("\1x", ErrorCode.BAD_MESSAGE));
    }

    @Test
    void searchingFromTheStartAgainAndAgainIsFound() {
        Read<Integer> naive = read(() -> in -> {
            for (int at = in.position(); at < in.limit(); at++) {
                if (in.get(at) == '\n') {
                    int length = at - in.position();
                    in.position(at + 1);
                    return length;
                }
            }
            return null;
        });
        DecoderVerifier<Integer> verifier = DecoderVerifier.of(naive).example("ab\n", 2);
        verifier.verify();
        assertFound("has looked again", verifier.linear(("x".repeat(2000) + "\n").getBytes(ISO_8859_1), 2000));
    }

    @Test
    void nothingToCheckIsAMistake() {
        assertThrows(
                IllegalStateException.class,
                () -> DecoderVerifier.of(Reads.line()).verify());
        assertThrows(
                IllegalArgumentException.class,
                () -> DecoderVerifier.of(Reads.line()).linear("short\n".getBytes(ISO_8859_1), "short"));
    }

    @Test
    void aRunShowsValuesErrorsAndTheEnd() throws Exception {
        List<Outcome> outcomes = new ArrayList<>(ReadRun.cutAt(Reads.line(), "a\nb\nc".getBytes(ISO_8859_1), 3, 1));
        assertTrue(
                outcomes.toString().equals("[value \"a\" at 2, value \"b\" at 4, cut off at 4]"), outcomes.toString());
    }
}
