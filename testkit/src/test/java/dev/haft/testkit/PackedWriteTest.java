package dev.haft.testkit;

import static dev.haft.Reads.packed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.haft.BadMessageException;
import dev.haft.LengthPrefix;
import dev.haft.Writes;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Parity w.packstring. */
class PackedWriteTest {
    @Provide
    Arbitrary<LengthPrefix> prefixes() {
        Arbitrary<LengthPrefix> letters = Arbitraries.of(
                        "c", "C", "s", "S<", "S>", "l", "L!", "q", "Q>", "i", "I!", "n", "N", "v", "V", "n!", "j", "J",
                        "w")
                .map(LengthPrefix::of);
        return Arbitraries.oneOf(
                letters,
                Arbitraries.of(
                        LengthPrefix.U8,
                        LengthPrefix.U24_BE,
                        LengthPrefix.U24_LE,
                        LengthPrefix.U64_BE,
                        LengthPrefix.U64_LE,
                        LengthPrefix.LEB128));
    }

    @Property
    void whatIsWrittenIsReadHoweverItIsCut(
            @ForAll("prefixes") LengthPrefix prefix,
            @ForAll @Size(max = 127) byte[] value,
            @ForAll @Size(max = 5) List<Integer> places)
            throws BadMessageException {
        byte[] stream = BytesOutput.encoded(Writes.packed(prefix), value);
        int[] cuts = places.stream()
                .mapToInt(place -> Math.floorMod(place, stream.length + 1))
                .toArray();
        assertEquals(
                List.of(Outcome.value(value, stream.length), Outcome.end(false, stream.length)),
                ReadRun.cutAt(packed(prefix), stream, cuts));
    }

    @Test
    void moreThanTheLengthCanSayIsRefused() {
        BadMessageException e =
                assertThrows(BadMessageException.class, () -> BytesOutput.encoded(Writes.packed("C"), new byte[256]));
        assertEquals("256 bytes are too many for a length of C", e.getMessage());
        assertThrows(BadMessageException.class, () -> BytesOutput.encoded(Writes.packed("c"), new byte[128]));
        assertThrows(BadMessageException.class, () -> BytesOutput.encoded(Writes.packed("n"), new byte[65536]));
    }
}
