package dev.haft.json;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.haft.Write;

/**
 * Reads and writes of JSON texts.
 *
 * <pre>{@code
 * private static final JsonRead<Order> ORDER = Json.as(Order.class);
 *
 * handle.onEach(ORDER, (h, order) -> h.pushWrite(Json.line(), Map.of("accepted", order.id())));
 * }</pre>
 *
 * <p>A read takes one object or array (any value with {@link JsonRead#scalars()}); texts may follow each other with or
 * without white space, newlines or record separators (RFC 7464) between them, so this reads JSON lines too. Only UTF-8 is
 * read and written.
 *
 * <p>What these factories use keeps nothing of the program's classes: a read or write that maps a class learns it anew.
 * Make such a one once and keep it; those of trees, and of maps and lists of plain values, cost nothing to make.
 * {@link #with} takes a mapper with settings of its own.
 *
 * <p><b>Thread safety</b>: all that these methods return is immutable and thread-safe.
 *
 * <p><b>Limits</b>: {@link #MAX_TEXT_BYTES} and {@link #MAX_DEPTH}, see {@link JsonRead}; a number has at most 1000 digits
 * and a name 50000 characters; what is written is nested at most 1000 deep.
 *
 * <p>Source: RFC 8259, RFC 7464; parity {@code r.json}, {@code r.json.recover}, {@code w.json}, {@code opt.json}.
 */
public final class Json {
    /** The default limit of a text: 1 MiB. */
    public static final int MAX_TEXT_BYTES = 1 << 20;

    /** The default limit of nesting: 512 objects and arrays within each other. */
    public static final int MAX_DEPTH = 512;

    private Json() {}

    /**
     * A text as a tree.
     *
     * <pre>
     * SP '{' '"' 'a' '"' ':' '1' '}' '[' '2'   ->  {"a":1}     and '[' '2' stays
     * </pre>
     *
     * @return a read of objects and arrays of at most 1 MiB
     */
    public static JsonRead<JsonNode> value() {
        return Mappers.TREE;
    }

    /**
     * A text as a value of a class.
     *
     * @param type a class that Jackson can make from JSON; its package must be open to {@code com.fasterxml.jackson.databind}
     *     if it is in a named module
     * @param <T> the class
     * @return a read of objects and arrays of at most 1 MiB
     */
    public static <T> JsonRead<T> as(Class<T> type) {
        return Mappers.forType(type).as(type);
    }

    /**
     * A text as a value of a generic type.
     *
     * <pre>{@code
     * Json.as(new TypeReference<List<Order>>() {})
     * }</pre>
     *
     * @param type a type that Jackson can make from JSON
     * @param <T> the type
     * @return a read of objects and arrays of at most 1 MiB
     */
    public static <T> JsonRead<T> as(TypeReference<T> type) {
        return Mappers.fresh().as(type);
    }

    /**
     * The same factories on a mapper of the program's own (parity {@code opt.json}).
     *
     * @param mapper configured before; its own constraints (depth, lengths) hold as well
     * @return a codec
     * @throws IllegalArgumentException if the mapper is of another format than JSON, or allows comments or single quotes: the
     *     end of a text is found by the grammar of RFC 8259, which has neither
     */
    public static JsonCodec with(ObjectMapper mapper) {
        return new JsonCodec(mapper);
    }

    /**
     * Writes any value that Jackson can map (a tree, a map, a list, an object of a class, text, a number), without white
     * space and with nothing behind it. A {@link CharSequence} is written as a JSON string.
     *
     * @return a write; a value that cannot be mapped is {@link dev.haft.ErrorCode#BAD_MESSAGE}, and nothing of it is written
     */
    public static Write<Object> write() {
        return new DefaultWrite(Layout.COMPACT);
    }

    /**
     * The same with a newline behind it: JSON lines. There is no newline in it.
     *
     * @return a write
     */
    public static Write<Object> line() {
        return new DefaultWrite(Layout.LINE);
    }

    /**
     * The same for people: over several indented lines, with a newline behind the last.
     *
     * @return a write
     */
    public static Write<Object> pretty() {
        return new DefaultWrite(Layout.PRETTY);
    }
}
