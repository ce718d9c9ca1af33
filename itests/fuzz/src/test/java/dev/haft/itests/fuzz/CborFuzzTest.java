package dev.haft.itests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.upokecenter.cbor.CBORObject;
import dev.haft.Read;
import dev.haft.cbor.Cbor;
import java.util.List;

class CborFuzzTest {
    private static final List<Read<?>> READS = List.of(
            Cbor.value(),
            // What it gives as text, for byte strings say nothing of themselves.
            Cbor.as(Object.class).map(value -> CBORObject.FromObject(value)),
            Cbor.value().limit(20),
            Cbor.value().maxDepth(4).maxElements(3).maxStringBytes(5));

    @FuzzTest(maxDuration = "20s")
    void cborIsReadOrRefusedInAnyCut(byte[] bytes) {
        READS.forEach(read -> Stream.sameInAnyCut(read, bytes));
    }
}
