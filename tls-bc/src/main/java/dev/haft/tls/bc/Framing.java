package dev.haft.tls.bc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.TlsFatalAlert;

/** The headers of records (RFC 8446 §5.1): looked at as soon as they are there, before anything is kept. */
final class Framing {
    static final int HEADER_BYTES = RecordCipher.HEADER_BYTES;
    static final int PLAIN_BYTES = 1 << 14;
    static final int TLS13_BYTES = PLAIN_BYTES + 256;
    static final int TLS12_BYTES = PLAIN_BYTES + 2048;

    private static final int SHOWN_BYTES = 12;

    private Framing() {}

    /**
     * Checks what is there of a header.
     *
     * @param most how long the fragment may be
     * @param first whether it is the first of a peer
     * @return how long the record is; the header's length if it is not complete
     * @throws TlsFatalAlert if it is none of TLS
     */
    static int recordBytes(ByteBuffer net, int most, boolean first) throws TlsFatalAlert {
        int at = net.position();
        int have = net.remaining();
        if (have == 0) {
            return HEADER_BYTES;
        }
        int type = net.get(at) & 0xff;
        boolean known = type >= ContentType.change_cipher_spec && type <= ContentType.application_data;
        if (first && type != ContentType.handshake && type != ContentType.alert) {
            throw notTls(net, type);
        }
        if (!known) {
            throw new TlsFatalAlert(AlertDescription.unexpected_message, "a record has the unknown type " + type);
        }
        if (have > 1 && net.get(at + 1) != 3) {
            throw first
                    ? notTls(net, type)
                    : new TlsFatalAlert(
                            AlertDescription.protocol_version,
                            "a record has the version " + (net.get(at + 1) & 0xff) + ".x");
        }
        if (have < HEADER_BYTES) {
            return HEADER_BYTES;
        }
        int length = net.getShort(at + 3) & 0xffff;
        if (length > most) {
            throw new TlsFatalAlert(
                    AlertDescription.record_overflow, "a record has " + length + " bytes, more than " + most);
        }
        return HEADER_BYTES + length;
    }

    private static TlsFatalAlert notTls(ByteBuffer net, int type) {
        int at = net.position();
        if (type >= 0x80 && net.remaining() > 2 && net.get(at + 2) == 1) {
            return new TlsFatalAlert(AlertDescription.protocol_version, "the peer has sent a hello of SSL 2");
        }
        byte[] shown = new byte[Math.min(SHOWN_BYTES, net.remaining())];
        net.get(at, shown);
        String text = new String(shown, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", ".");
        return new TlsFatalAlert(
                AlertDescription.unexpected_message, "the peer does not speak TLS: it begins with \"" + text + "\"");
    }
}
