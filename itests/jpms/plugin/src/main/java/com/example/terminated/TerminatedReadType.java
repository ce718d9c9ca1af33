package com.example.terminated;

import dev.haft.Read;
import dev.haft.ReadType;

/** Reads text up to a NUL byte. */
public final class TerminatedReadType implements ReadType {
    /** For ServiceLoader. */
    public TerminatedReadType() {}

    @Override
    public String name() {
        return "terminated";
    }

    @Override
    public Read<Object> read(Object... args) {
        return Read.of(TerminatedDecoder::new);
    }
}
