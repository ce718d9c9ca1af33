package dev.haft;

import java.util.Objects;

/** {@link Read#named}. */
record NamedRead<T>(Read<T> read, String name) implements Read<T> {
    NamedRead {
        Objects.requireNonNull(name, "name");
    }

    @Override
    public Decoder<T> begin(ReadContext context) throws BadMessageException {
        return read.begin(context);
    }

    @Override
    public String toString() {
        return name;
    }
}
