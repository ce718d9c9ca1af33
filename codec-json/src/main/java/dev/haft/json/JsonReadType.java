package dev.haft.json;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.haft.Read;
import dev.haft.ReadType;
import java.lang.reflect.Type;

/**
 * The read type {@code json}: without arguments objects and arrays as trees.
 *
 * <p>Arguments, in any order: a Class or a TypeReference (what it gives, instead of a tree), a number or its text (the limit
 * in bytes), {@code "scalars"}, {@code "skippingBad"}.
 *
 * <p><b>Thread safety</b>: thread-safe.
 *
 * <p><b>Limits and errors</b>: those of {@link JsonRead}.
 *
 * <p>Source: parity {@code r.json}.
 */
public final class JsonReadType implements ReadType {
    /** For ServiceLoader. */
    public JsonReadType() {}

    @Override
    public String name() {
        return "json";
    }

    @Override
    public Read<Object> read(Object... args) {
        JsonRead<Object> read = ofType(args);
        for (Object arg : args) {
            if (arg instanceof Number number) {
                read = read.limit(limit(number));
            } else if (arg instanceof CharSequence text) {
                read = option(read, text.toString());
            }
        }
        return read;
    }

    private static JsonRead<Object> ofType(Object... args) {
        Type type = JsonNode.class;
        for (Object arg : args) {
            if (arg instanceof Class<?> wanted) {
                type = wanted;
            } else if (arg instanceof TypeReference<?> wanted) {
                type = wanted.getType();
            } else if (!(arg instanceof Number || arg instanceof CharSequence)) {
                throw new IllegalArgumentException(
                        "json takes no " + arg.getClass().getName());
            }
        }
        if (type == JsonNode.class) {
            return Mappers.TREE.asObject();
        }
        JsonCodec codec = type instanceof Class<?> wanted ? Mappers.forType(wanted) : Mappers.fresh();
        ObjectMapper mapper = codec.mapper();
        return codec.read(mapper.readerFor(mapper.constructType(type)));
    }

    private static JsonRead<Object> option(JsonRead<Object> read, String option) {
        if (option.equals("scalars")) {
            return read.scalars();
        }
        if (option.equals("skippingBad")) {
            return read.skippingBad();
        }
        try {
            return read.limit(Integer.parseInt(option));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "json: '" + option + "' is neither a limit in bytes nor 'scalars' nor 'skippingBad'", e);
        }
    }

    private static int limit(Number number) {
        try {
            return Math.toIntExact(number.longValue());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("json: '" + number + "' is no number of bytes", e);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
