package dev.haft.runtime.command;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A read or write type as it is typed: {@code NAME} or {@code NAME:ARG,ARG}. A comma within an argument has a backslash before
 * it, as in {@code regex:[0-9]{1\,3}}.
 *
 * @param name of the type
 * @param args its arguments, as text
 */
record TypeSpec(String name, List<String> args) {
    TypeSpec {
        if (name.isEmpty() || name.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("'" + name + "' is no name of a type, as in json or chunk:4");
        }
        args = List.copyOf(args);
    }

    static TypeSpec parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new TypeSpec(text, List.of())
                : new TypeSpec(
                        text.substring(0, colon),
                        Arrays.stream(text.substring(colon + 1).split("(?<!\\\\),", -1))
                                .map(arg -> arg.replace("\\,", ","))
                                .toList());
    }

    /**
     * The name of the type that has the same values as people read and write them: that of a type whose bytes are no text
     * ends in {@code -text}, as {@code cbor-text}; any other is its own notation.
     */
    String notation(Set<String> known) {
        String notation = name + "-text";
        return known.contains(notation) ? notation : name;
    }

    /** For the types, which take text for any argument. */
    Object[] arguments() {
        return args.toArray();
    }

    @Override
    public String toString() {
        return args.isEmpty()
                ? name
                : args.stream().map(arg -> arg.replace(",", "\\,")).collect(Collectors.joining(",", name + ":", ""));
    }
}
