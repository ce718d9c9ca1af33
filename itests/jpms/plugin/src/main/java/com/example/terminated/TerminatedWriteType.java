package com.example.terminated;

import dev.haft.Write;
import dev.haft.WriteType;

/** Writes any value as its text and a NUL byte. */
public final class TerminatedWriteType implements WriteType {
    /** For ServiceLoader. */
    public TerminatedWriteType() {}

    @Override
    public String name() {
        return "terminated";
    }

    @Override
    public Write<Object> write(Object... args) {
        return (value, out) -> out.write(value.toString()).write(0);
    }
}
