package dev.haft.tls.bc.context;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of those keys that were used last. For any thread.
 *
 * @param <V> what is kept
 */
public final class RecentlyUsed<V> {
    private final Map<ByteBuffer, V> values;

    /**
     * Makes an empty one.
     *
     * @param most how many are kept
     */
    public RecentlyUsed(int most) {
        values = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<ByteBuffer, V> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * Looks one up.
     *
     * @param key whose
     * @return null if it is not kept
     */
    public synchronized @Nullable V get(ByteBuffer key) {
        return values.get(key);
    }

    /**
     * Keeps one.
     *
     * @param key whose; its bytes must not be changed
     * @param value the value
     */
    public synchronized void put(ByteBuffer key, V value) {
        values.put(key, value);
    }
}
