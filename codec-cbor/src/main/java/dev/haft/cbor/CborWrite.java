package dev.haft.cbor;

import com.upokecenter.cbor.CBORException;
import com.upokecenter.cbor.CBORObject;
import dev.haft.BadMessageException;
import dev.haft.Output;
import dev.haft.Write;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** Maps a value to an object of the library, and writes that in one of its forms. */
record CborWrite(Form form) implements Write<Object> {
    /** How an object becomes bytes. */
    @FunctionalInterface
    interface Form {
        void write(CBORObject value, OutputStream out) throws IOException;
    }

    @Override
    public void encode(Object value, Output out) throws BadMessageException {
        try {
            form.write(object(value), out.stream());
        } catch (CBORException | IllegalArgumentException | IllegalStateException | IOException e) {
            throw new BadMessageException("cannot be written as CBOR: " + e.getMessage(), e);
        }
    }

    private static CBORObject object(Object value) {
        Objects.requireNonNull(value, "value");
        if (value instanceof CBORObject object) {
            return object;
        }
        // The library would take other texts for beans.
        return CBORObject.FromObject(value instanceof CharSequence text ? text.toString() : value);
    }

    @Override
    public String toString() {
        return "cbor";
    }
}
