package dev.haft;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** The vectors behind the addresses of a PROXY header of version 2: type, length in two bytes, value. */
final class ProxyTlvs {
    private static final int HEAD_BYTES = 3;
    private static final int CRC_BYTES = 4;
    private static final int MAX_UNIQUE_ID_BYTES = 128;

    /** Of TLS: what the client did, a byte, and whether its certificate was good, four. */
    private static final int SSL_HEAD_BYTES = 5;

    private ProxyTlvs() {}

    static boolean areWellFormed(ByteBuffer in) {
        int at = in.position();
        while (in.limit() - at >= HEAD_BYTES) {
            at += HEAD_BYTES + (in.getShort(at + 1) & 0xffff);
        }
        return at == in.limit();
    }

    /**
     * All up to the limit.
     *
     * @param block the whole header, which the checksum is of
     */
    static List<ProxyHeader.Tlv> of(byte[] block, ByteBuffer in) throws BadMessageException {
        if (!areWellFormed(in)) {
            throw new BadMessageException("PROXY header with a vector that is cut off");
        }
        List<ProxyHeader.Tlv> all = new ArrayList<>();
        while (in.hasRemaining()) {
            int type = in.get() & 0xff;
            byte[] value = new byte[in.getShort() & 0xffff];
            int at = in.position();
            in.get(value);
            check(type, value, block, at);
            all.add(new ProxyHeader.Tlv(type, value));
        }
        return all;
    }

    private static void check(int type, byte[] value, byte[] block, int at) throws BadMessageException {
        switch (type) {
            case ProxyHeader.CRC32C -> {
                if (value.length != CRC_BYTES || ByteBuffer.wrap(value).getInt() != checksum(block, at)) {
                    throw new BadMessageException("PROXY header with a wrong checksum");
                }
            }
            case ProxyHeader.UNIQUE_ID -> {
                if (value.length > MAX_UNIQUE_ID_BYTES) {
                    throw new BadMessageException("PROXY header with too long a unique id");
                }
            }
            case ProxyHeader.SSL -> {
                ByteBuffer inner = ByteBuffer.wrap(value);
                if (value.length < SSL_HEAD_BYTES || !areWellFormed(inner.position(SSL_HEAD_BYTES))) {
                    throw new BadMessageException("PROXY header with a TLS vector that is cut off");
                }
            }
            default -> {}
        }
    }

    /** With zeros where the checksum itself stands. */
    private static int checksum(byte[] block, int at) {
        CRC32C crc = new CRC32C();
        crc.update(block, 0, at);
        crc.update(new byte[CRC_BYTES]);
        crc.update(block, at + CRC_BYTES, block.length - at - CRC_BYTES);
        return (int) crc.getValue();
    }
}
