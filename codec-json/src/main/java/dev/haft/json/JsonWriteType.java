package dev.haft.json;

import dev.haft.Write;
import dev.haft.WriteType;

/**
 * The write type {@code json}: {@link Json#write()}, with the argument {@code "line"} {@link Json#line()}, with
 * {@code "pretty"} {@link Json#pretty()}.
 *
 * <p><b>Thread safety</b>: thread-safe.
 *
 * <p>Source: parity {@code w.json}.
 */
public final class JsonWriteType implements WriteType {
    /** For ServiceLoader. */
    public JsonWriteType() {}

    @Override
    public String name() {
        return "json";
    }

    @Override
    public Write<Object> write(Object... args) {
        if (args.length == 0) {
            return Json.write();
        }
        if (args.length > 1) {
            throw new IllegalArgumentException("json takes at most 1 argument, not " + args.length);
        }
        return switch (args[0].toString()) {
            case "line" -> Json.line();
            case "pretty" -> Json.pretty();
            default -> throw new IllegalArgumentException("json: '" + args[0] + "' is neither 'line' nor 'pretty'");
        };
    }

    @Override
    public String toString() {
        return name();
    }
}
