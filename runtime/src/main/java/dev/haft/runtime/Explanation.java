package dev.haft.runtime;

import java.io.IOException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An exception in one line for people: its message and those of its causes. */
final class Explanation {
    /** The framework tells the same once more, as a list. */
    private static final Pattern REPEATED = Pattern.compile(" Unresolved requirements: .*", Pattern.DOTALL);

    private Explanation() {}

    static String of(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        String before = "";
        for (Throwable t = thrown; t != null; t = causeOf(t)) {
            String part = REPEATED.matcher(partOf(t)).replaceFirst("");
            // Many exceptions take over the message of their cause.
            if (!before.contains(part)) {
                text.append(text.isEmpty() ? "" : ": ").append(part);
                before = part;
            }
        }
        return text.toString();
    }

    private static @Nullable Throwable causeOf(Throwable t) {
        return t.getCause() == t ? null : t.getCause();
    }

    /** The class says something only where the message does not stand alone. */
    private static String partOf(Throwable t) {
        boolean speaks = t.getMessage() != null && !(t instanceof RuntimeException) && !(t instanceof Error);
        return speaks && !(t.getClass() != IOException.class && t instanceof IOException)
                ? Objects.requireNonNull(t.getMessage())
                : t.toString();
    }
}
