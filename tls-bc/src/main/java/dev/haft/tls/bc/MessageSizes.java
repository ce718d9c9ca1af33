package dev.haft.tls.bc;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;

/**
 * Looks at the headers of handshake messages on their way to BouncyCastle, which would call a message over its limit an internal
 * error.
 */
final class MessageSizes {
    private static final int HEADER_BYTES = 4;

    private final int most;
    private int header;
    private int headerBytes;
    private int left;

    MessageSizes(int most) {
        this.most = most;
    }

    /** A part of the stream of messages, cut anywhere. */
    void look(byte[] from, int offset, int length) throws TlsFatalAlert {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (left > 0) {
                int part = Math.min(left, end - at);
                left -= part;
                at += part;
                continue;
            }
            header = header << 8 | (from[at++] & 0xff);
            if (++headerBytes == HEADER_BYTES) {
                headerBytes = 0;
                left = checked(header & 0xff_ffff, most);
            }
        }
    }

    /** The size of a message, as its header says. */
    static int checked(int size, int most) throws TlsFatalAlert {
        if (size > most) {
            throw new TlsFatalAlert(
                    AlertDescription.illegal_parameter,
                    "a handshake message has " + size + " bytes, more than " + most);
        }
        return size;
    }
}
