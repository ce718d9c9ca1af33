package dev.haft.testkit;

import dev.haft.BadMessageException;
import dev.haft.Decoder;
import dev.haft.ErrorCode;
import dev.haft.Read;
import dev.haft.Write;
import dev.haft.testkit.Outcome.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Verifies that a read keeps the law of {@link Decoder} and that cutting does not matter, by examples of its format.
 *
 * <pre>{@code
 * @Test
 * void keepsTheLaw() {
 *     DecoderVerifier.of(netstring(100))
 *             .example("3:abc,", bytes("abc"))
 *             .example("0:,", bytes(""))
 *             .bad("3:abcX", ErrorCode.BAD_MESSAGE)
 *             .bad("101:", ErrorCode.TOO_LONG)
 *             .verify();
 * }
 * }</pre>
 *
 * <p>What is checked of each {@linkplain #example example}: it gives its value and consumes exactly its bytes, whatever
 * follows; all at once, byte by byte, cut in two at every place, and cut at random; no part of it is a value or an error;
 * values come one after the other out of one buffer; two decoders at work at once do not know of each other. Each look is
 * as unkind as the law allows, see {@link ReadRun}.
 *
 * <p>Of what is {@linkplain #bad bad}: the same error with the same message at the same place however the stream is cut, alone
 * and after a good message.
 *
 * <p>Texts are UTF-8. Values are compared with {@code equals}, arrays by their elements. Streams of more than 512 bytes are
 * cut near both ends and at 64 places between, and those of more than 4096 bytes do not come byte by byte. Not for reads whose value depends on how much has come, such as
 * {@code Reads.some}. Not thread-safe.
 *
 * @param <T> what the read gives
 */
public final class DecoderVerifier<T> {
    private static final byte[] FOREIGN = {0, '\n', (byte) 0xff, '1', ':', ']', '"', ' ', '{'};

    private final Read<T> read;
    private final List<Example<T>> examples = new ArrayList<>();
    private final List<Example<T>> lastExamples = new ArrayList<>();
    private final List<byte[]> ignored = new ArrayList<>();
    private final List<Example<ErrorCode>> bad = new ArrayList<>();
    private final List<Example<T>> linear = new ArrayList<>();
    private Function<? super T, ?> keep = Function.identity();

    private DecoderVerifier(Read<T> read) {
        this.read = read;
    }

    /**
     * Of a read.
     *
     * @param read the type
     * @param <T> what it gives
     * @return a verifier that knows no example yet
     */
    public static <T> DecoderVerifier<T> of(Read<T> read) {
        return new DecoderVerifier<>(Objects.requireNonNull(read, "read"));
    }

    /**
     * A message whose end can be told without what follows.
     *
     * @param bytes all of it, and no more
     * @param value what it means
     * @return this
     */
    public DecoderVerifier<T> example(byte[] bytes, T value) {
        return exampleBefore(bytes, new byte[0], value);
    }

    /**
     * A message whose end can be told without what follows.
     *
     * @param text all of it, and no more
     * @param value what it means
     * @return this
     */
    public DecoderVerifier<T> example(String text, T value) {
        return example(utf8(text), value);
    }

    /**
     * A message whose end is told by what follows, which is not consumed.
     *
     * @param bytes what is consumed; may be empty
     * @param next what must follow
     * @param value what it means
     * @return this
     */
    public DecoderVerifier<T> exampleBefore(byte[] bytes, byte[] next, T value) {
        examples.add(new Example<>(bytes, next, value));
        return this;
    }

    /**
     * A message whose end is told by what follows, which is not consumed.
     *
     * @param text what is consumed; may be empty
     * @param next what must follow
     * @param value what it means
     * @return this
     */
    public DecoderVerifier<T> exampleBefore(String text, String next, T value) {
        return exampleBefore(utf8(text), utf8(next), value);
    }

    /**
     * A message that only the end of the stream ends.
     *
     * @param bytes all that comes
     * @param value what it means
     * @return this
     */
    public DecoderVerifier<T> lastExample(byte[] bytes, T value) {
        lastExamples.add(new Example<>(bytes, value));
        return this;
    }

    /**
     * A message that only the end of the stream ends.
     *
     * @param text all that comes
     * @param value what it means
     * @return this
     */
    public DecoderVerifier<T> lastExample(String text, T value) {
        return lastExample(utf8(text), value);
    }

    /**
     * Bytes that may come before the end of the stream and mean nothing, such as white space.
     *
     * @param text all that comes after the last message
     * @return this
     */
    public DecoderVerifier<T> ignoredAtEnd(String text) {
        ignored.add(utf8(text));
        return this;
    }

    /**
     * A stream that is refused; what may follow after an error that skips bytes is compared too.
     *
     * @param bytes from the beginning of a message on; good messages may come before the error
     * @param code of the first error
     * @return this
     */
    public DecoderVerifier<T> bad(byte[] bytes, ErrorCode code) {
        bad.add(new Example<>(bytes, code));
        return this;
    }

    /**
     * A stream that is refused; what may follow after an error that skips bytes is compared too.
     *
     * @param text from the beginning of a message on; good messages may come before the error
     * @param code of the first error
     * @return this
     */
    public DecoderVerifier<T> bad(String text, ErrorCode code) {
        return bad(utf8(text), code);
    }

    /**
     * A long message for which the work must be linear: byte by byte, no byte may be looked at again and again. No time is
     * taken: what was shown long ago is changed before the next look. A decoder that remembers how far it has looked
     * cannot notice; one that begins from the start gives another answer, for it meets every byte that there is. 64 bytes at
     * either end of what has been seen may be looked at again. Not for a user's own pattern.
     *
     * @param bytes all of it, at least 1024
     * @param value what it means
     * @return this
     * @throws IllegalArgumentException if there are fewer bytes
     */
    public DecoderVerifier<T> linear(byte[] bytes, T value) {
        if (bytes.length < LinearWork.FEWEST_BYTES) {
            throw new IllegalArgumentException(
                    "bytes: " + bytes.length + ", must be at least " + LinearWork.FEWEST_BYTES);
        }
        linear.add(new Example<>(bytes, value));
        return this;
    }

    /**
     * Values whose encodings are examples.
     *
     * @param write the write type
     * @param values some values
     * @return this
     * @throws BadMessageException if the write type refuses one
     */
    @SafeVarargs
    public final DecoderVerifier<T> written(Write<? super T> write, T... values) throws BadMessageException {
        for (T value : values) {
            example(BytesOutput.encoded(write, value), value);
        }
        return this;
    }

    /**
     * Values are compared by what this makes of them, at once: for values without {@code equals}, and for such as are valid
     * in their callback only.
     *
     * @param snapshot makes something of a value that lasts, and leaves the value as it is
     * @return this
     */
    public DecoderVerifier<T> comparing(Function<? super T, ?> snapshot) {
        keep = Objects.requireNonNull(snapshot, "snapshot");
        return this;
    }

    /**
     * Checks it all.
     *
     * @throws AssertionError if something is wrong: the message shows the stream with a bar where it was cut
     * @throws IllegalStateException if there is nothing to check
     */
    public void verify() {
        if (examples.isEmpty() && lastExamples.isEmpty() && bad.isEmpty() && linear.isEmpty()) {
            throw new IllegalStateException("no examples");
        }
        for (Example<T> example : examples) {
            verify(example);
            verifyParts(example);
        }
        verifySequence();
        verifyIndependence();
        for (Example<T> last : lastExamples) {
            forEveryCut(last.bytes(), List.of(valueOf(last)), "at the end of the stream");
        }
        ignored.forEach(this::verifyIgnored);
        bad.forEach(this::verifyBad);
        linear.forEach(example -> LinearWork.verify(read, example.bytes(), example.meaning(), keep));
    }

    private Outcome valueOf(Example<T> example) {
        return Outcome.value(keep.apply(example.meaning()), example.length());
    }

    private void verify(Example<T> example) {
        if (example.isComplete()) {
            forEveryCut(example.bytes(), valueOf(example), "alone");
            forEveryCut(example.followedBy(FOREIGN), valueOf(example), "before foreign bytes");
            forEveryCut(example.followedBy(example.bytes()), valueOf(example), "before itself");
        } else {
            forEveryCut(example.stream(), valueOf(example), "before what ends it");
        }
    }

    /** No part of a message is one, nor an error before the stream ends. */
    private void verifyParts(Example<T> example) {
        for (int length : Cuts.places(example.length())) {
            if (length < example.length()) {
                byte[] part = Arrays.copyOf(example.bytes(), length);
                ReadRun<T> run = new ReadRun<>(read, keep, Integer.MAX_VALUE).piece(part);
                check(run.outcomes().isEmpty(), "a part of a message", List.of(part), "nothing", run.outcomes());
                boolean gaveValue = run.end().outcomes().stream().anyMatch(outcome -> outcome.kind() == Kind.VALUE);
                check(
                        !gaveValue || !lastExamples.isEmpty(),
                        "a part of a message at the end of the stream",
                        List.of(part),
                        "no value",
                        run.outcomes());
            }
        }
    }

    /** Several messages in one stream. */
    private void verifySequence() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        List<Outcome> expected = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            selfDelimiting().forEach(example -> {
                stream.writeBytes(example.bytes());
                expected.add(Outcome.value(keep.apply(example.meaning()), stream.size()));
            });
        }
        if (!expected.isEmpty()) {
            expected.add(Outcome.end(false, stream.size()));
            forEveryCut(stream.toByteArray(), expected, "one after the other");
        }
    }

    private Stream<Example<T>> selfDelimiting() {
        return examples.stream().filter(example -> example.isComplete() && example.length() > 0);
    }

    /** Two in flight at once, byte by byte in turn. */
    private void verifyIndependence() {
        for (int i = 0; i < examples.size(); i++) {
            Example<T> one = examples.get(i);
            Example<T> two = examples.get((i + 1) % examples.size());
            ReadRun<T> first = new ReadRun<>(read, keep, 1);
            ReadRun<T> second = new ReadRun<>(read, keep, 1);
            for (int at = 0; at < Math.max(one.stream().length, two.stream().length); at++) {
                feed(first, one.stream(), at);
                feed(second, two.stream(), at);
            }
            checkHas(first, one);
            checkHas(second, two);
        }
    }

    private static void feed(ReadRun<?> run, byte[] stream, int at) {
        if (at < stream.length) {
            run.piece(new byte[] {stream[at]});
        }
    }

    private void checkHas(ReadRun<T> run, Example<T> example) {
        check(
                run.outcomes().contains(valueOf(example)),
                "while another one is read, byte by byte",
                List.of(example.stream()),
                valueOf(example),
                run.outcomes());
    }

    private void verifyIgnored(byte[] bytes) {
        forEveryCut(bytes, List.of(Outcome.end(false, bytes.length)), "before the end of the stream");
        selfDelimiting().forEach(example -> {
            byte[] stream = example.followedBy(bytes);
            List<Outcome> expected = List.of(valueOf(example), Outcome.end(false, stream.length));
            forEveryCut(stream, expected, "before the end of the stream");
        });
    }

    private void verifyBad(Example<ErrorCode> refused) {
        verifyBad(refused.meaning(), refused.bytes(), 0);
        selfDelimiting()
                .findFirst()
                .ifPresent(good -> verifyBad(refused.meaning(), good.followedBy(refused.bytes()), 1));
    }

    private void verifyBad(ErrorCode code, byte[] stream, int valuesBefore) {
        List<Outcome> whole = run(List.of(stream));
        boolean asExpected = whole.stream()
                .skip(valuesBefore)
                .filter(outcome -> outcome.kind() != Kind.VALUE)
                .findFirst()
                .filter(outcome -> outcome.value() == code)
                .isPresent();
        check(asExpected, "a bad stream", List.of(stream), code, whole);
        forEveryCut(stream, whole, "a bad stream, not the same as all at once");
    }

    private void forEveryCut(byte[] stream, Outcome first, String what) {
        for (List<byte[]> pieces : Cuts.all(stream)) {
            // What follows may be no message.
            List<Outcome> outcomes = run(pieces, 1);
            check(outcomes.equals(List.of(first)), what, pieces, first, outcomes);
        }
    }

    private void forEveryCut(byte[] stream, List<Outcome> expected, String what) {
        for (List<byte[]> pieces : Cuts.all(stream)) {
            List<Outcome> outcomes = run(pieces);
            check(outcomes.equals(expected), what, pieces, expected, outcomes);
        }
    }

    private List<Outcome> run(List<byte[]> pieces) {
        return run(pieces, Integer.MAX_VALUE);
    }

    private List<Outcome> run(List<byte[]> pieces, int most) {
        ReadRun<T> run = new ReadRun<>(read, keep, most);
        pieces.forEach(run::piece);
        return run.end().outcomes();
    }

    private void check(boolean holds, String what, List<byte[]> pieces, Object expected, Object got) {
        if (!holds) {
            throw new AssertionError(
                    read + ", " + what + ": " + Show.pieces(pieces) + " gave " + got + ", expected " + expected);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
