package dev.haft.bench.codec;

import dev.haft.Handle;
import dev.haft.HandleOptions;
import dev.haft.ReadContext;

/** Begins reads that do not ask for their handle. */
enum NoHandle implements ReadContext {
    CONTEXT;

    @Override
    public Handle handle() {
        throw new UnsupportedOperationException("there is no handle here");
    }

    @Override
    public int limitBytes() {
        return HandleOptions.unlimited();
    }
}
