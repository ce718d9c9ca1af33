package dev.haft.itests.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.haft.Read;
import dev.haft.testkit.Outcome;
import dev.haft.testkit.ReadRun;
import java.util.List;
import java.util.stream.IntStream;

/** However bytes are cut, the same comes of them. */
final class AnyCut {
    private static final int PIECE_BYTES = 7;

    private AnyCut() {}

    /** At once, byte by byte, and in pieces of seven. */
    static void same(Read<?> read, byte[] bytes) {
        List<Outcome> whole = ReadRun.whole(read, bytes);
        assertEquals(whole, ReadRun.byteByByte(read, bytes));
        int[] places = IntStream.iterate(PIECE_BYTES, at -> at < bytes.length, at -> at + PIECE_BYTES)
                .toArray();
        assertEquals(whole, ReadRun.cutAt(read, bytes, places));
    }
}
