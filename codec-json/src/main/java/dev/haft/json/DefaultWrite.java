package dev.haft.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.haft.BadMessageException;
import dev.haft.Output;
import dev.haft.Write;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes plain values by the shared mapper, and all others by one of its own: a mapper remembers each class that it has
 * written, and a shared one would keep the classes of bundles that have gone.
 */
final class DefaultWrite implements Write<Object> {
    /** Beyond this it may be a circle; Jackson tells. */
    private static final int MAX_DEPTH = 1000;

    private final Layout layout;
    private final JsonWrite shared;
    private volatile @Nullable JsonWrite own;

    DefaultWrite(Layout layout) {
        this.layout = layout;
        this.shared = Mappers.shared(layout);
    }

    @Override
    public void encode(Object value, Output out) throws BadMessageException {
        JsonWrite mine = own;
        if (mine == null && !(value instanceof CharSequence || isPlain(value, MAX_DEPTH))) {
            // Two threads may both make one: either does.
            mine = Mappers.fresh().write(layout);
            own = mine;
        }
        (mine == null ? shared : mine).encode(value, out);
    }

    /** Whether all its classes are the platform's or Jackson's, so that remembering them keeps nobody alive. */
    private static boolean isPlain(@Nullable Object value, int depth) {
        if (value == null || value instanceof String) {
            return true;
        }
        if (depth == 0) {
            return false;
        }
        if (value instanceof JsonNode node) {
            return isPlainTree(node, depth);
        }
        if (!Mappers.outlivesUs(value.getClass())) {
            return false;
        }
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (!isPlain(entry.getKey(), 1) || !isPlain(entry.getValue(), depth - 1)) {
                    return false;
                }
            }
            return true;
        }
        if (value instanceof Collection<?> values) {
            for (Object each : values) {
                if (!isPlain(each, depth - 1)) {
                    return false;
                }
            }
            return true;
        }
        return value instanceof Number || value instanceof Boolean || value instanceof Character;
    }

    private static boolean isPlainTree(JsonNode node, int depth) {
        if (!node.isContainerNode()) {
            return !node.isPojo() && Mappers.outlivesUs(node.getClass());
        }
        if (depth == 0 || !Mappers.outlivesUs(node.getClass())) {
            return false;
        }
        for (JsonNode child : node) {
            if (!isPlainTree(child, depth - 1)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "json";
    }
}
