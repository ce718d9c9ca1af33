package dev.haft.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;

/**
 * The mappers behind {@link Json}. A mapper remembers every class it has met; so the shared one meets only classes of the
 * platform and of Jackson, and whatever maps another class gets a fresh one, which goes when its read or write goes.
 */
final class Mappers {
    static final JsonCodec SHARED = fresh();
    static final JsonRead<JsonNode> TREE = SHARED.value();

    private static final JsonWrite COMPACT = SHARED.write(Layout.COMPACT);
    private static final JsonWrite LINE = SHARED.write(Layout.LINE);
    private static final JsonWrite PRETTY = SHARED.write(Layout.PRETTY);

    private Mappers() {}

    static JsonWrite shared(Layout layout) {
        return switch (layout) {
            case COMPACT -> COMPACT;
            case LINE -> LINE;
            case PRETTY -> PRETTY;
        };
    }

    static JsonCodec forType(Class<?> type) {
        return outlivesUs(type) ? SHARED : fresh();
    }

    /** Whether a class goes no earlier than Jackson, so that it may be remembered there. */
    static boolean outlivesUs(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == JsonNode.class.getClassLoader();
    }

    static JsonCodec fresh() {
        return new JsonCodec(mapper());
    }

    private static JsonMapper mapper() {
        // The read bounds depth and length before Jackson sees a byte. Numbers and names stay with Jackson's bounds.
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(Integer.MAX_VALUE)
                .maxStringLength(Integer.MAX_VALUE)
                .build();
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(constraints)
                // Jackson's default pool leaves a buffer with every thread; ours goes with the mapper.
                .recyclerPool(JsonRecyclerPools.newBoundedPool(8))
                // Names come from the peer: the JVM-wide table of strings is no place for them.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                // It is UTF-8; Jackson would take "[ NUL" for UTF-16.
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
                .build();
        return JsonMapper.builder(factory)
                .typeFactory(TypeFactory.defaultInstance().withCache(types()))
                .build();
    }

    /** Jackson's own type factory is one for the whole JVM, and so is its cache. */
    private static LookupCache<Object, JavaType> types() {
        return new LRUMap<>(8, 100);
    }
}
