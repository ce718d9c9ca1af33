package dev.haft.engine;

import dev.haft.Handle;
import dev.haft.engine.handle.StreamHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The handles of one Haft that have not ended. Thread-safe. */
final class HandleSet {
    private final Set<StreamHandle> handles = ConcurrentHashMap.newKeySet();

    void add(StreamHandle handle) {
        handles.add(handle);
    }

    void remove(Handle handle) {
        if (handle instanceof StreamHandle) {
            handles.remove(handle);
        }
    }

    List<StreamHandle> snapshot() {
        return new ArrayList<>(handles);
    }

    @Nullable StreamHandle any() {
        var all = handles.iterator();
        return all.hasNext() ? all.next() : null;
    }
}
