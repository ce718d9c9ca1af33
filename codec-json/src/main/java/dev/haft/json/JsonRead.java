package dev.haft.json;

import dev.haft.Decoder;
import dev.haft.Read;
import dev.haft.ReadContext;
import java.util.function.Function;

/**
 * A read of JSON texts; {@link Json} has the factories.
 *
 * <p><b>What is read</b>: one object or array; another first character is an error at once. White space, newlines and
 * record separators before it are skipped, and stay in the buffer until the text is there. At the end of the stream they
 * alone are a clean end. Nothing behind the text is touched. The value {@code null} cannot be given, except as a tree: it is
 * an error.
 *
 * <p><b>Thread safety</b>: immutable and thread-safe; one may serve all handles.
 *
 * <p><b>Limits</b>: a text, with what is skipped before it, has at most {@link Json#MAX_TEXT_BYTES} bytes ({@link #limit},
 * {@link #unlimited}) and is nested at most {@link Json#MAX_DEPTH} deep ({@link #maxDepth}).
 *
 * <p><b>Errors</b>: over the limit: {@link dev.haft.ErrorCode#TOO_LONG} as soon as that is known. Too deep, not JSON, not
 * UTF-8 (a byte order mark, UTF-16, overlong forms), not a value of the type:
 * {@link dev.haft.ErrorCode#BAD_MESSAGE}. A wrong bracket, and a control character where none may be, is found when it
 * comes, anything else when the text is complete. The message has the offset from the first unread byte, and is the same
 * however the stream is cut.
 *
 * <p><b>Bytes on failure</b>: all stay, unless {@link #skippingBad()}.
 *
 * <p>Source: RFC 8259, RFC 7464; parity {@code r.json}, {@code r.json.recover}.
 *
 * @param <T> what it gives
 */
public final class JsonRead<T> implements Read<T> {
    private final Function<TextRules, Decoder<T>> decoder;
    private final TextRules rules;

    JsonRead(Function<TextRules, Decoder<T>> decoder, TextRules rules) {
        this.decoder = decoder;
        this.rules = rules;
    }

    private JsonRead<T> with(TextRules other) {
        return new JsonRead<>(decoder, other);
    }

    /**
     * The same with another limit.
     *
     * @param bytes the longest text with what is skipped before it, at least 1
     * @return a read
     * @throws IllegalArgumentException if bytes is less than 1
     */
    @Override
    public JsonRead<T> limit(int bytes) {
        return with(rules.limit(bytes));
    }

    /**
     * The same without a limit of its own: the handle's {@code maxReadBufferBytes} holds.
     *
     * @return a read
     */
    public JsonRead<T> unlimited() {
        return with(rules.limit(Integer.MAX_VALUE));
    }

    /**
     * The same with another limit of nesting. A mapper given to {@link Json#with} has a limit of its own besides (Jackson's
     * {@code StreamReadConstraints}).
     *
     * @param levels how many objects and arrays within each other, at least 1
     * @return a read
     * @throws IllegalArgumentException if levels is less than 1
     */
    public JsonRead<T> maxDepth(int levels) {
        return with(rules.depth(levels));
    }

    /**
     * The same, but strings, numbers, {@code true}, {@code false} and {@code null} are texts too. Nothing but what follows
     * it tells where a number ends: it is complete when a delimiter (white space, a bracket, a comma, a quote) has come or
     * the stream has ended.
     *
     * @return a read
     */
    public JsonRead<T> scalars() {
        return with(rules.withScalars());
    }

    /**
     * The same, but a bad text is dropped, its error is reported, and the read stays: the stream is taken up where a text
     * can start.
     *
     * <p>That is: behind a text that was complete; behind a wrong bracket; at a control character in a string, such as the
     * newline after a line that lacks a quote; at a record separator within a text; and, after what is no JSON at all, at
     * the next white space or opening bracket, so that each word of it is one error. Such a word is reported when its end
     * has come.
     *
     * <p>TOO_LONG is not recovered from, as nobody knows where the text ends.
     *
     * @return a read
     */
    public JsonRead<T> skippingBad() {
        return with(rules.skippingBad());
    }

    /** The same: what only gives a T gives an Object. */
    @SuppressWarnings("unchecked")
    JsonRead<Object> asObject() {
        return (JsonRead<Object>) this;
    }

    @Override
    public Decoder<T> begin(ReadContext context) {
        return decoder.apply(rules);
    }

    @Override
    public String toString() {
        return "json";
    }
}
