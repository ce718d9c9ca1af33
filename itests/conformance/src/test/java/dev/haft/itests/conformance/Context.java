package dev.haft.itests.conformance;

import dev.haft.Handle;
import org.jspecify.annotations.Nullable;

/** What actions act on: the handle of their callback and the data that came with it. */
final class Context {
    private final @Nullable Handle handle;
    private byte[] data;

    Context(@Nullable Handle handle, byte[] data) {
        this.handle = handle;
        this.data = data;
    }

    /** Of actions outside of callbacks. */
    static Context none() {
        return new Context(null, new byte[0]);
    }

    static Context of(Handle handle) {
        return new Context(handle, new byte[0]);
    }

    @Nullable Handle handle() {
        return handle;
    }

    byte[] data() {
        return data;
    }

    void data(byte[] other) {
        data = other;
    }
}
