package dev.haft;

import static dev.haft.DecoderHarness.bytes;
import static dev.haft.DecoderHarness.log;
import static dev.haft.Reads.proxyHeader;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.ProxyHeader.Family;
import java.io.ByteArrayOutputStream;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parity r.proxy. */
class ProxyHeaderTest {
    private static final byte[] SIGNATURE = bytes("\r\n\r\n\0\r\nQUIT\n");

    // Version 1

    @Test
    void aLineHasTheAddressesOfClientAndServer() throws Exception {
        ProxyHeader header = whole(bytes("PROXY TCP4 192.168.0.1 10.0.0.255 56324 443\r\n"));
        assertEquals(
                new ProxyHeader(
                        1,
                        false,
                        Family.TCP4,
                        new InetSocketAddress("192.168.0.1", 56324),
                        new InetSocketAddress("10.0.0.255", 443),
                        List.of()),
                header);
        assertEquals(
                new InetSocketAddress("2001:db8::1", 65535),
                whole(bytes("PROXY TCP6 2001:db8::1 ::1 65535 0\r\n")).source());
    }

    @Test
    void aMappedAddressStaysAnIpv6Address() throws Exception {
        ProxyHeader header = whole(bytes("PROXY TCP6 ::ffff:1.2.3.4 ::1 1 2\r\n"));
        InetSocketAddress source = (InetSocketAddress) header.source();
        assertNotNull(source);
        assertTrue(source.getAddress() instanceof Inet6Address, () -> source.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY UNKNOWN\r\n",
                "PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n",
                "PROXY UNKNOWN \u00ff anything\r\n"
            })
    void whatIsUnknownHasNoAddresses(String line) throws Exception {
        assertEquals(new ProxyHeader(1, false, Family.UNSPEC, null, null, List.of()), whole(bytes(line)));
    }

    /** Each is refused when its last byte is there, and not before. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "PX",
                "PROXY X",
                "PROXY TCP5",
                "PROXY TCP4x",
                "PROXY UNKNOWNx",
                "PROXY TCP4 1.2.3.4g",
                "PROXY TCP4 1.2.3.4\n",
                "PROXY TCP4 1.2.3.4\r ",
                "PROXY UNKNOWN \n",
                "PROXY TCP4 1.2.3.4 5.6.7.8 1\r\n",
                "PROXY TCP4 1.2.3.4  5.6.7.8 1 2\r\n",
                "PROXY TCP4 1.2.3.4 5.6.7.8 1 2 3\r\n",
                "PROXY TCP4 01.2.3.4 5.6.7.8 1 2\r\n",
                "PROXY TCP4 1.2.3 5.6.7.8 1 2\r\n",
                "PROXY TCP4 1.2.3.4. 5.6.7.8 1 2\r\n",
                "PROXY TCP4 1.2.3.256 5.6.7.8 1 2\r\n",
                "PROXY TCP4 999.999.999.999 5.6.7.8 1 2\r\n",
                "PROXY TCP4 ::1 5.6.7.8 1 2\r\n",
                "PROXY TCP6 1.2.3.4 ::1 1 2\r\n",
                "PROXY TCP6 ::1:::2 ::1 1 2\r\n",
                "PROXY TCP6 1::2::3 ::1 1 2\r\n",
                "PROXY TCP6 1:2:3:4:5:6:7 ::1 1 2\r\n",
                "PROXY TCP6 00001::1 ::1 1 2\r\n",
                "PROXY TCP6 :1 ::1 1 2\r\n",
                "PROXY TCP6 dead ::1 1 2\r\n",
                "PROXY TCP6 ::1.2.3.256 ::1 1 2\r\n",
                "PROXY TCP6 .: ::1 1 2\r\n",
                "PROXY TCP4 1.2.3.4 5.6.7.8 01 2\r\n",
                "PROXY TCP4 1.2.3.4 5.6.7.8 1 65536\r\n",
                "PROXY TCP4 1.2.3.4 5.6.7.8 1 \r\n"
            })
    void whatCannotBeALineIsBadAtOnce(String line) throws Exception {
        assertBadAtOnce(bytes(line));
    }

    @Test
    void aLineHas107BytesAtMost() throws Exception {
        String longest = "PROXY UNKNOWN " + "x".repeat(91) + "\r\n";
        assertEquals(107, longest.length());
        assertEquals(1, whole(bytes(longest)).version());
        String tooLong = "PROXY UNKNOWN " + "x".repeat(93);
        assertEquals(List.of("left: " + tooLong), log(proxyHeader(), tooLong));
        assertEquals(
                "TOO_LONG: PROXY header is longer than 107 bytes",
                log(proxyHeader(), tooLong + "\r").get(0));
    }

    // Version 2

    @ParameterizedTest
    @CsvSource({"0x11, TCP4", "0x12, UDP4"})
    void aBlockHasIpv4Addresses(int octet, Family family) throws Exception {
        byte[] addresses = {1, 2, 3, 4, 5, 6, 7, 8, 0, 80, (byte) 0xff, (byte) 0xff};
        ProxyHeader header = whole(block(0x21, octet, addresses));
        assertEquals(
                new ProxyHeader(
                        2,
                        false,
                        family,
                        new InetSocketAddress("1.2.3.4", 80),
                        new InetSocketAddress("5.6.7.8", 65535),
                        List.of()),
                header);
    }

    @ParameterizedTest
    @CsvSource({"0x21, TCP6", "0x22, UDP6"})
    void aBlockHasIpv6Addresses(int octet, Family family) throws Exception {
        byte[] addresses = new byte[36];
        addresses[0] = 0x20;
        addresses[15] = 1;
        addresses[26] = addresses[27] = (byte) 0xff;
        addresses[31] = 9;
        addresses[33] = 7;
        ProxyHeader header = whole(block(0x21, octet, addresses));
        assertEquals(family, header.family());
        assertEquals(new InetSocketAddress("2000::1", 7), header.source());
        InetSocketAddress destination = (InetSocketAddress) header.destination();
        assertNotNull(destination);
        assertTrue(destination.getAddress() instanceof Inet6Address, "a mapped address stays one");
    }

    @ParameterizedTest
    @CsvSource({"0x31, UNIX_STREAM", "0x32, UNIX_DATAGRAM"})
    void aBlockHasPaths(int octet, Family family) throws Exception {
        byte[] addresses = new byte[216];
        System.arraycopy(bytes("/run/s"), 0, addresses, 0, 6);
        Arrays.fill(addresses, 108, 216, (byte) 'p');
        ProxyHeader header = whole(block(0x21, octet, addresses));
        assertEquals(family, header.family());
        assertEquals(UnixDomainSocketAddress.of("/run/s"), header.source());
        assertEquals(UnixDomainSocketAddress.of("p".repeat(108)), header.destination());
    }

    @Test
    void aUnixSocketMayHaveNoPathOrANameThatIsNone() throws Exception {
        byte[] named = Arrays.copyOf(bytes("\0name"), 108);
        ProxyHeader header = whole(block(0x21, 0x31, join(new byte[108], named)));
        assertEquals(UnixDomainSocketAddress.of(""), header.source());
        ProxyHeader.UnixName name = assertInstanceOf(ProxyHeader.UnixName.class, header.destination());
        assertArrayEquals(bytes("\0name"), name.bytes());
        assertEquals("@name", name.toString());
        byte[] noText = Arrays.copyOf(bytes("/\u00ff"), 108);
        ProxyHeader another = whole(block(0x21, 0x31, join(named, noText)));
        assertEquals(name, another.source());
        assertArrayEquals(
                bytes("/\u00ff"),
                assertInstanceOf(ProxyHeader.UnixName.class, another.destination())
                        .bytes());
    }

    @Test
    void aProxyThatSpeaksForItselfHasNoAddressesWhateverStandsThere() throws Exception {
        for (byte[] block : List.of(
                block(0x20, 0x00, new byte[0]),
                block(0x20, 0x11, new byte[12]),
                block(0x20, 0xff, new byte[2]),
                block(0x20, 0x11, new byte[5]))) {
            assertEquals(new ProxyHeader(2, true, Family.UNSPEC, null, null, List.of()), whole(block));
        }
    }

    @Test
    void anUnspecifiedFamilyHasNoAddressesButMayHaveVectors() throws Exception {
        ProxyHeader header = whole(block(0x21, 0x00, tlv(ProxyHeader.AUTHORITY, bytes("host"))));
        assertEquals(Family.UNSPEC, header.family());
        assertNull(header.source());
        assertEquals("host", header.authority().orElseThrow());
        assertEquals(List.of(), whole(block(0x21, 0x00, bytes("garbage"))).tlvs());
    }

    @Test
    void vectorsAreGivenRawAndWellKnownOnesByName() throws Exception {
        byte[] ssl = join(
                new byte[] {7, 0, 0, 0, 0},
                tlv(ProxyHeader.Ssl.VERSION, bytes("TLSv1.3")),
                tlv(ProxyHeader.Ssl.COMMON_NAME, bytes("client")),
                tlv(ProxyHeader.Ssl.CIPHER, bytes("AES")));
        byte[] tlvs = join(
                tlv(ProxyHeader.ALPN, bytes("h2")),
                tlv(ProxyHeader.AUTHORITY, bytes("example.org")),
                tlv(ProxyHeader.NOOP, new byte[9]),
                tlv(ProxyHeader.UNIQUE_ID, new byte[128]),
                tlv(ProxyHeader.SSL, ssl),
                tlv(ProxyHeader.NETNS, bytes("blue")),
                tlv(0xee, bytes("own")));
        ProxyHeader header = whole(block(0x21, 0x11, join(new byte[12], tlvs)));
        assertEquals("h2", header.alpn().orElseThrow());
        assertEquals("example.org", header.authority().orElseThrow());
        assertArrayEquals(new byte[128], header.uniqueId().orElseThrow());
        assertEquals("blue", header.namespace().orElseThrow());
        assertEquals("own", header.tlv(0xee).orElseThrow().text());
        assertEquals(
                List.of(1, 2, 4, 5, 0x20, 0x30, 0xee),
                header.tlvs().stream().map(ProxyHeader.Tlv::type).toList());
        ProxyHeader.Ssl tls = header.ssl().orElseThrow();
        assertTrue(tls.overTls() && tls.certificateOnConnection() && tls.certificateInSession());
        assertEquals(0, tls.verify());
        assertEquals("TLSv1.3", tls.version().orElseThrow());
        assertEquals("client", tls.commonName().orElseThrow());
        assertEquals("AES", tls.tlv(ProxyHeader.Ssl.CIPHER).orElseThrow().text());
    }

    @Test
    void aChecksumIsChecked() throws Exception {
        byte[] block = block(0x21, 0x11, join(new byte[12], tlv(ProxyHeader.CRC32C, new byte[4]), tlv(4, new byte[3])));
        CRC32C crc = new CRC32C();
        crc.update(block);
        ByteBuffer.wrap(block).putInt(16 + 12 + 3, (int) crc.getValue());
        assertEquals(4, whole(block).tlv(ProxyHeader.CRC32C).orElseThrow().bytes().length);
        block[20]++;
        assertBadAtOnce(block);
    }

    @Test
    void whatCannotBeABlockIsBadAtOnce() throws Exception {
        for (int i = 0; i < SIGNATURE.length; i++) {
            byte[] wrong = Arrays.copyOf(SIGNATURE, i + 1);
            wrong[i] = 'x';
            assertBadAtOnce(wrong);
        }
        assertBadAtOnce(join(SIGNATURE, new byte[] {0x11}));
        assertBadAtOnce(join(SIGNATURE, new byte[] {0x22}));
        assertBadAtOnce(join(SIGNATURE, new byte[] {0x21, 0x41}));
        assertBadAtOnce(join(SIGNATURE, new byte[] {0x21, 0x13}));
        assertBadAtOnce(join(SIGNATURE, new byte[] {0x21, 0x11, 0, 11}));
        assertBadAtOnce(join(SIGNATURE, new byte[] {0x21, 0x31, 0, (byte) 215}));
        assertBadAtOnce(block(0x21, 0x11, join(new byte[12], new byte[] {1, 0})));
        assertBadAtOnce(block(0x21, 0x11, join(new byte[12], new byte[] {1, 0, 5, 'a'})));
        assertBadAtOnce(block(0x21, 0x11, join(new byte[12], tlv(ProxyHeader.CRC32C, new byte[3]))));
        assertBadAtOnce(block(0x21, 0x11, join(new byte[12], tlv(ProxyHeader.UNIQUE_ID, new byte[129]))));
        assertBadAtOnce(block(0x21, 0x11, join(new byte[12], tlv(ProxyHeader.SSL, new byte[4]))));
        assertBadAtOnce(block(0x21, 0x11, join(new byte[12], tlv(ProxyHeader.SSL, new byte[7]))));
    }

    @Test
    void theLongestBlockIsRead() throws Exception {
        byte[] block = block(0x21, 0x11, join(new byte[12], tlv(4, new byte[0xffff - 15])));
        assertEquals(16 + 0xffff, block.length);
        assertEquals(1, whole(block).tlvs().size());
    }

    @Test
    void aBlockOverALowerLimitIsTooLongWhenItsLengthSaysSo() throws Exception {
        assertEquals(
                2,
                proxyHeader(31)
                        .begin(DecoderHarness.CONTEXT)
                        .decode(ByteBuffer.wrap(block(0x21, 0, new byte[15])))
                        .version());
        String head = DecoderHarness.show(SIGNATURE) + "!\u0011\0";
        assertEquals(List.of("left: " + head), log(proxyHeader(31), head));
        assertEquals(
                "TOO_LONG: PROXY header is longer than 31 bytes",
                log(proxyHeader(31), head, "\u0010").get(0));
        assertEquals(
                107, proxyHeader(31).begin(DecoderHarness.CONTEXT).limitBytes().orElseThrow());
        assertThrows(IllegalArgumentException.class, () -> proxyHeader(15));
    }

    // How they are read

    /** The header, which is there when its last byte is, and not before; what follows stays. */
    private static ProxyHeader whole(byte[] stream) throws BadMessageException {
        Decoder<ProxyHeader> decoder = proxyHeader().begin(DecoderHarness.CONTEXT);
        for (int shown = 0; shown < stream.length; shown++) {
            assertNull(decode(decoder, stream, shown), "after " + shown + " bytes");
        }
        ProxyHeader header = decode(decoder, stream, stream.length);
        assertNotNull(header);
        ByteBuffer more = ByteBuffer.wrap(Arrays.copyOf(stream, stream.length + 5));
        assertEquals(header, proxyHeader().begin(DecoderHarness.CONTEXT).decode(more));
        assertEquals(stream.length, more.position());
        return header;
    }

    private static @Nullable ProxyHeader decode(Decoder<ProxyHeader> decoder, byte[] stream, int shown)
            throws BadMessageException {
        return decoder.decode(ByteBuffer.wrap(stream, 0, shown));
    }

    private static void assertBadAtOnce(byte[] stream) throws BadMessageException {
        Decoder<ProxyHeader> decoder = proxyHeader().begin(DecoderHarness.CONTEXT);
        for (int shown = 0; shown < stream.length; shown++) {
            assertNull(decode(decoder, stream, shown), "after " + shown + " bytes");
        }
        BadMessageException e = assertThrows(BadMessageException.class, () -> decode(decoder, stream, stream.length));
        assertEquals(ErrorCode.BAD_MESSAGE, e.code());
        Decoder<ProxyHeader> another = proxyHeader().begin(DecoderHarness.CONTEXT);
        byte[] more = Arrays.copyOf(stream, stream.length + 70);
        assertEquals(
                e.getMessage(),
                assertThrows(BadMessageException.class, () -> decode(another, more, more.length))
                        .getMessage());
    }

    private static byte[] block(int command, int family, byte[] rest) {
        byte[] head = {(byte) command, (byte) family, (byte) (rest.length >>> 8), (byte) rest.length};
        return join(SIGNATURE, head, rest);
    }

    private static byte[] tlv(int type, byte[] value) {
        return join(new byte[] {(byte) type, (byte) (value.length >>> 8), (byte) value.length}, value);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
