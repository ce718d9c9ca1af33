package dev.haft.json;

import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;

/** How a text is set. */
enum Layout {
    /** On one line. */
    COMPACT,
    /** On one line, with a newline behind it. */
    LINE,
    /** Over several lines, with a newline behind it. */
    PRETTY;

    /** A writer that does this whatever the mapper does. */
    ObjectWriter writer(ObjectMapper mapper) {
        if (this == PRETTY) {
            // Jackson's default indents by the platform's line separator; on the wire it should not vary.
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            return mapper.writer(
                    new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
        }
        return mapper.writer((PrettyPrinter) null).without(SerializationFeature.INDENT_OUTPUT);
    }

    boolean endsWithNewline() {
        return this != COMPACT;
    }
}
