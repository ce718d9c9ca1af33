package dev.haft.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.haft.BadMessageException;
import dev.haft.Output;
import dev.haft.Write;
import java.io.IOException;
import java.util.Objects;

/** Writes by one mapper, straight into the output: an array in between would cost another copy. */
record JsonWrite(ObjectWriter writer, Layout layout) implements Write<Object> {
    @Override
    public void encode(Object value, Output out) throws BadMessageException {
        Objects.requireNonNull(value, "value");
        try {
            // Jackson would take a CharBuffer for a buffer, and some others for beans.
            writer.writeValue(out.stream(), value instanceof CharSequence text ? text.toString() : value);
        } catch (JsonProcessingException e) {
            throw new BadMessageException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new BadMessageException("cannot be written as JSON: " + e.getMessage(), e);
        }
        if (layout.endsWithNewline()) {
            out.write('\n');
        }
    }

    @Override
    public String toString() {
        return "json";
    }
}
