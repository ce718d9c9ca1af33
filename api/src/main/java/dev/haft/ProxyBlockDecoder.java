package dev.haft;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Version 2 of the PROXY protocol: a binary block. */
final class ProxyBlockDecoder implements Decoder<ProxyHeader> {
    private static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};
    private static final int COMMAND = 12;
    private static final int FAMILY = 13;
    private static final int LENGTH = 14;
    static final int HEAD_BYTES = 16;

    /** What a length of two bytes can say. */
    static final int MAX_BYTES = HEAD_BYTES + 0xffff;

    private final int maxBytes;
    private int checked;

    ProxyBlockDecoder(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public @Nullable ProxyHeader decode(ByteBuffer in) throws BadMessageException {
        int start = in.position();
        while (checked < HEAD_BYTES) {
            if (start + checked == in.limit()) {
                return null;
            }
            check(in, start);
            checked++;
        }
        int length = length(in, start);
        if (in.remaining() < HEAD_BYTES + length) {
            return null;
        }
        byte[] block = new byte[HEAD_BYTES + length];
        in.get(block);
        return header(block);
    }

    /** Whether the next byte of the head may be what it is. */
    private void check(ByteBuffer in, int start) throws BadMessageException {
        int octet = in.get(start + checked) & 0xff;
        if (checked < COMMAND) {
            require(octet == SIGNATURE[checked], "no PROXY header");
        } else if (checked == COMMAND) {
            require(octet >>> 4 == 2, "PROXY header of an unknown version");
            require((octet & 15) <= 1, "PROXY header with an unknown command");
        } else if (checked == FAMILY) {
            require(
                    isLocal(in.get(start + COMMAND)) || ((octet >>> 4) <= 3 && (octet & 15) <= 2),
                    "PROXY header with an unknown family");
        } else if (checked == HEAD_BYTES - 1) {
            checkLength(in, start);
        }
    }

    private void checkLength(ByteBuffer in, int start) throws BadMessageException {
        int length = length(in, start);
        if (HEAD_BYTES + length > maxBytes) {
            throw BadMessageException.tooLong("PROXY header is longer than " + maxBytes + " bytes");
        }
        require(
                isLocal(in.get(start + COMMAND))
                        || length
                                >= ProxyHeader.Family.of(in.get(start + FAMILY)).blockBytes(),
                "PROXY header without addresses");
    }

    private static void require(boolean holds, String message) throws BadMessageException {
        if (!holds) {
            throw new BadMessageException(message);
        }
    }

    private static int length(ByteBuffer in, int start) {
        return in.getShort(start + LENGTH) & 0xffff;
    }

    private static boolean isLocal(byte command) {
        return (command & 15) == 0;
    }

    private static ProxyHeader header(byte[] block) throws BadMessageException {
        boolean local = isLocal(block[COMMAND]);
        ProxyHeader.Family family = ProxyHeader.Family.of(block[FAMILY]);
        ByteBuffer rest = ByteBuffer.wrap(block, HEAD_BYTES, block.length - HEAD_BYTES);
        if (local || family == ProxyHeader.Family.UNSPEC) {
            // The addresses of one that speaks for itself, or of an unknown family, are to be passed.
            rest.position(Math.min(block.length, HEAD_BYTES + family.blockBytes()));
            return new ProxyHeader(2, local, ProxyHeader.Family.UNSPEC, null, null, lenient(block, rest));
        }
        return addressed(block, family, rest);
    }

    private static List<ProxyHeader.Tlv> lenient(byte[] block, ByteBuffer rest) throws BadMessageException {
        return ProxyTlvs.areWellFormed(rest) ? ProxyTlvs.of(block, rest) : List.of();
    }

    private static ProxyHeader addressed(byte[] block, ProxyHeader.Family family, ByteBuffer rest)
            throws BadMessageException {
        byte[] from = new byte[family.addressBytes()];
        byte[] to = new byte[family.addressBytes()];
        rest.get(from).get(to);
        SocketAddress source;
        SocketAddress destination;
        if (family.isInternet()) {
            source = ProxyAddresses.of(from, rest.getShort() & 0xffff);
            destination = ProxyAddresses.of(to, rest.getShort() & 0xffff);
        } else {
            source = ProxyAddresses.ofPath(from);
            destination = ProxyAddresses.ofPath(to);
        }
        return new ProxyHeader(2, false, family, source, destination, ProxyTlvs.of(block, rest));
    }
}
