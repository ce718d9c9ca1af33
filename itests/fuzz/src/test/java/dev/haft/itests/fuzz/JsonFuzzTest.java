package dev.haft.itests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.haft.Read;
import dev.haft.json.Json;
import java.util.List;

class JsonFuzzTest {
    private static final List<Read<?>> READS = List.of(
            Json.value(),
            Json.value().scalars(),
            Json.as(Object.class).skippingBad(),
            Json.value().scalars().skippingBad(),
            Json.value().limit(20).skippingBad());

    @FuzzTest(maxDuration = "20s")
    void jsonIsReadOrRefusedInAnyCut(byte[] bytes) {
        READS.forEach(read -> AnyCut.same(read, bytes));
    }
}
