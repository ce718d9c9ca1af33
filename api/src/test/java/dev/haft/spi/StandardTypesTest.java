package dev.haft.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.haft.BadMessageException;
import dev.haft.Handle;
import dev.haft.ProxyHeader;
import dev.haft.Read;
import dev.haft.ReadContext;
import dev.haft.ReadType;
import dev.haft.TlsDetection;
import dev.haft.WriteType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The standard types by name; parity r.custom, w.custom. */
class StandardTypesTest {
    private static final ReadContext CONTEXT = new ReadContext() {
        @Override
        public Handle handle() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int limitBytes() {
            return 1 << 20;
        }
    };

    private static Read<Object> read(String name, Object... args) {
        return StandardTypes.reads().stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow()
                .read(args);
    }

    private static Object decode(Read<Object> read, String stream) throws BadMessageException {
        return read.begin(CONTEXT).decode(ByteBuffer.wrap(stream.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void theirNamesAreSorted() {
        List<String> names = List.of("chunk", "line", "netstring", "packed", "raw", "some");
        List<String> readNames = List.of(
                "chunk",
                "line",
                "netstring",
                "packed",
                "peek",
                "proxyHeader",
                "raw",
                "regex",
                "some",
                "tlsDetect",
                "toEnd");
        assertEquals(
                readNames, StandardTypes.reads().stream().map(ReadType::name).toList());
        assertEquals(names, StandardTypes.writes().stream().map(WriteType::name).toList());
    }

    @Test
    void argumentsMayBeValuesOrTheirText() throws Exception {
        assertArrayEquals(new byte[] {'a', 'b'}, (byte[]) decode(read("chunk", 2), "abc"));
        assertArrayEquals(new byte[] {'a', 'b'}, (byte[]) decode(read("chunk", "2"), "abc"));
        assertArrayEquals(new byte[] {'a', 'b'}, (byte[]) decode(read("chunk", 2L), "abc"));
        assertEquals("\u00e9", decode(read("line", "10", "ISO-8859-1"), "\u00e9\n"));
        assertEquals("\u00e9", decode(read("line", 10, StandardCharsets.ISO_8859_1), "\u00e9\n"));
        assertEquals("a", decode(read("line"), "a\n"));
        assertArrayEquals(new byte[] {'x'}, (byte[]) decode(read("netstring", "1"), "1:x,"));
        assertArrayEquals(new byte[] {'x'}, (byte[]) decode(read("some", "1"), "xyz"));
        assertArrayEquals(new byte[] {'x', 'y'}, (byte[]) decode(read("raw"), "xy"));
        assertArrayEquals(new byte[] {'x'}, (byte[]) decode(read("peek", "1"), "xy"));
        assertEquals("ab;", decode(read("regex", ";"), "ab;c"));
        assertEquals(new TlsDetection(false, 0, 0), decode(read("tlsDetect"), "x"));
        assertEquals(1, ((ProxyHeader) decode(read("proxyHeader"), "PROXY UNKNOWN\r\n")).version());
        assertArrayEquals(new byte[] {'b'}, (byte[]) decode(read("packed", "u24be"), "\0\0\1b"));
        assertArrayEquals(new byte[] {'b'}, (byte[]) decode(read("packed", "leb128", "1"), "\1b"));
    }

    @Test
    void aRegexMayRejectAndSkipByName() throws Exception {
        assertEquals("ab;", decode(read("regex", ";", "100", "", "^[^;]+"), "ab;"));
        assertThrows(BadMessageException.class, () -> decode(read("regex", "[0-9]", "100", "b"), "ab"));
    }

    @Test
    void aLimitByNameHolds() {
        assertThrows(BadMessageException.class, () -> decode(read("line", "2"), "abc\n"));
        assertThrows(BadMessageException.class, () -> decode(read("netstring", "2"), "3:abc,"));
        assertThrows(BadMessageException.class, () -> decode(read("regex", ";", "2"), "abc;"));
        assertThrows(BadMessageException.class, () -> decode(read("toEnd", "2"), "abc"));
        String longHead = "\r\n\r\n\0\r\nQUIT\n!\0\0\17";
        assertThrows(BadMessageException.class, () -> decode(read("proxyHeader", "30"), longHead));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chunk|x|chunk: 'x' is no number of bytes",
                "chunk|-1|chunk: -1 bytes, must be at least 0",
                "chunk|99999999999|chunk: '99999999999' is no number of bytes",
                "line|0|limit: 0 bytes, must be at least 1",
                "peek|-1|peek: -1 bytes, must be at least 0",
                "proxyHeader|15|proxyHeader: 15 bytes, must be at least 16",
                "tlsDetect|1|tlsDetect takes at most 0 arguments, not 1",
                "some|0|some: 0 bytes, must be at least 1"
            })
    void wrongArgumentsAreSaid(String name, String argument, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> read(name, argument))
                        .getMessage());
    }

    @Test
    void missingAndSurplusArgumentsAreSaid() {
        assertEquals(
                "chunk needs a number, as in chunk:4",
                assertThrows(IllegalArgumentException.class, () -> read("chunk"))
                        .getMessage());
        assertEquals(
                "netstring takes at most 1 arguments, not 2",
                assertThrows(IllegalArgumentException.class, () -> read("netstring", 1, 2))
                        .getMessage());
        assertEquals(
                "line: no charset 'no such'",
                assertThrows(IllegalArgumentException.class, () -> read("line", 5, "no such"))
                        .getMessage());
    }
}
