package dev.haft.runtime.command;

import dev.haft.Handle;
import dev.haft.Types;
import dev.haft.Write;
import org.jspecify.annotations.Nullable;

/** Prints the values that a peer sends: each and a line feed, except for those that are just bytes as they come. */
final class Printer {
    private final String newline;
    private final @Nullable Write<Object> type;

    private Printer(String newline, @Nullable Write<Object> type) {
        this.newline = newline;
        this.type = type;
    }

    /**
     * For the values of a read type: one that is no text is printed as the write type of the same name writes it, or, if
     * there is one, that of its {@linkplain TypeSpec#notation notation}.
     */
    static Printer of(TypeSpec read, Types types) {
        boolean raw = read.name().equals("raw") || read.name().equals("some");
        String notation = read.notation(types.writeNames());
        return new Printer(raw ? "" : "\n", types.writeNames().contains(notation) ? types.write(notation) : null);
    }

    void print(Handle output, Object value) {
        if (value instanceof byte[] bytes) {
            output.pushWrite(bytes);
        } else if (value instanceof CharSequence text) {
            output.pushWrite(text);
        } else if (type != null) {
            output.pushWrite(type, value);
        } else {
            output.pushWrite(value.toString());
        }
        output.pushWrite(newline);
    }
}
