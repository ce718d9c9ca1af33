package dev.haft.itests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.haft.Read;
import dev.haft.cbor.Cbor;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

class CborFuzzTest {
    private static final List<Read<?>> READS = List.of(
            Cbor.value(),
            Cbor.as(Object.class).map(CborFuzzTest::text),
            Cbor.value().limit(20),
            Cbor.value().maxDepth(4).maxElements(3).maxStringBytes(5));

    @FuzzTest(maxDuration = "20s")
    void cborIsReadOrRefusedInAnyCut(byte[] bytes) {
        READS.forEach(read -> AnyCut.same(read, bytes));
    }

    /** Of byte strings, too, that say nothing of themselves; keys may be such. */
    private static String text(Object value) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(e -> text(e.getKey()) + ": " + text(e.getValue()))
                    .sorted()
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof Collection<?> all) {
            return all.stream().map(CborFuzzTest::text).collect(Collectors.joining(", ", "[", "]"));
        }
        return String.valueOf(value);
    }
}
