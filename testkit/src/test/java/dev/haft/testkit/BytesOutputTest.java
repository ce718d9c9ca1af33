package dev.haft.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.haft.Writes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BytesOutputTest {
    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    @Test
    void whatIsWrittenIsKeptInOrder() throws Exception {
        BytesOutput out = new BytesOutput();
        out.write('a').write("ä").write(ByteBuffer.wrap(new byte[] {1, 2})).write(new byte[] {3, 4, 5}, 1, 1);
        out.stream().write(6);
        assertArrayEquals(new byte[] {'a', (byte) 0xc3, (byte) 0xa4, 1, 2, 4, 6}, out.bytes());
        assertEquals(7, out.size());
        assertThrows(UnsupportedOperationException.class, out::handle);
    }

    @Test
    void aValueIsEncoded() throws Exception {
        assertArrayEquals(
                "3:abc,".getBytes(StandardCharsets.US_ASCII),
                BytesOutput.encoded(Writes.netstring(), "abc".getBytes(StandardCharsets.US_ASCII)));
    }
}
