package dev.haft.spi;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;

/** The arguments of a named type: each may be a value or its text. */
final class Arguments {
    private final String type;
    private final Object[] values;

    Arguments(String type, Object... values) {
        this.type = type;
        this.values = values;
    }

    Arguments atMost(int count) {
        if (values.length > count) {
            throw new IllegalArgumentException(type + " takes at most " + count + " arguments, not " + values.length);
        }
        return this;
    }

    boolean has(int index) {
        return index < values.length;
    }

    int size(int index, int absent) {
        return has(index) ? size(index) : absent;
    }

    int size(int index) {
        if (!has(index)) {
            throw new IllegalArgumentException(type + " needs a number, as in " + type + ":4");
        }
        Object value = values[index];
        try {
            return value instanceof Number number
                    ? Math.toIntExact(number.longValue())
                    : Integer.parseInt(value.toString());
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException(type + ": '" + value + "' is no number of bytes", e);
        }
    }

    String text(int index) {
        if (!has(index)) {
            throw new IllegalArgumentException(type + " needs an argument, as in " + type + ":N");
        }
        return values[index].toString();
    }

    Charset charset(int index, Charset absent) {
        if (!has(index)) {
            return absent;
        }
        Object value = values[index];
        try {
            return value instanceof Charset charset ? charset : Charset.forName(value.toString());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException(type + ": no charset '" + value + "'", e);
        }
    }
}
