package dev.haft.itests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.haft.Read;
import dev.haft.cbor.Cbor;
import java.util.List;

/** The scanner alone: what gives the bytes of an item does nothing but find its end. */
class CborScannerFuzzTest {
    private static final List<Read<?>> READS =
            List.of(Cbor.bytes(), Cbor.bytes().limit(30), Cbor.bytes().maxDepth(2));

    @FuzzTest(maxDuration = "20s")
    void theEndOfAnItemIsTheSameInAnyCut(byte[] bytes) {
        READS.forEach(read -> AnyCut.same(read, bytes));
    }
}
