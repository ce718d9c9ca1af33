package dev.haft;

import static dev.haft.Reads.tlsDetect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parity r.tls_detect. */
class TlsDetectTest {
    /** The bytes, and after how many of them it is decided. */
    @ParameterizedTest
    @CsvSource({
        "16030102, 4, true, 3, 1",
        "16030002, 4, true, 3, 0",
        "16030440, 4, true, 3, 4",
        "16040900, 4, true, 4, 9",
        "802e01030100, 6, true, 3, 1",
        "ffff01030300, 6, true, 3, 3",
        "41, 1, false, 0, 0",
        "00, 1, false, 0, 0",
        "1703, 1, false, 0, 0",
        "1605, 2, false, 0, 0",
        "1603017f, 4, false, 0, 0",
        "16030141, 4, false, 0, 0",
        "802e02, 3, false, 0, 0",
        "802e0105, 4, false, 0, 0",
        "802e0100, 4, false, 0, 0"
    })
    void itIsDecidedAsSoonAsItCanBeAndConsumesNothing(String hex, int decidedAt, boolean tls, int major, int minor)
            throws Exception {
        byte[] bytes = HexFormat.of().parseHex(hex);
        for (int there = 0; there < decidedAt; there++) {
            assertNull(detect(bytes, there), "after " + there + " bytes");
        }
        assertEquals(new TlsDetection(tls, major, minor), detect(bytes, decidedAt));
        assertEquals(new TlsDetection(tls, major, minor), detect(bytes, bytes.length));
    }

    private static @Nullable TlsDetection detect(byte[] bytes, int there) throws BadMessageException {
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, there);
        TlsDetection detection = tlsDetect().begin(DecoderHarness.CONTEXT).decode(in);
        assertEquals(0, in.position());
        return detection;
    }
}
