package dev.haft.testkit;

import dev.haft.Handle;
import dev.haft.ReadContext;

/** What a read may know here: there is no handle. */
enum VerifierContext implements ReadContext {
    /** The one. */
    INSTANCE;

    @Override
    public Handle handle() {
        throw new UnsupportedOperationException("there is no handle here: test this type over a ScriptedPeer");
    }

    @Override
    public int limitBytes() {
        return 1 << 20;
    }
}
