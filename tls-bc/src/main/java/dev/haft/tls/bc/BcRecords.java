package dev.haft.tls.bc;

import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsProtocol;

/** Records with ciphers that only BouncyCastle has, such as CBC: it goes on after the handshake. */
final class BcRecords implements Records {
    private static final int OVERHEAD_BYTES = 2 * (Framing.HEADER_BYTES + 16 + 64 + 256);

    /** More of answers than any peer that reads them leaves waiting, here or with BouncyCastle. */
    static final int MOST_UNSENT_BYTES = 1 << 18;

    private final Handshake handshake;
    private final TlsProtocol protocol;
    private final Outgoing outgoing;
    private int quiet;

    BcRecords(Handshake handshake, Outgoing outgoing) {
        this.handshake = handshake;
        this.outgoing = outgoing;
        protocol = handshake.protocol();
    }

    @Override
    public int fragmentBytes() {
        return Framing.TLS12_BYTES;
    }

    @Override
    public int plainBytes(int fragment) {
        return fragment;
    }

    @Override
    public int receive(byte[] net, int at, int record, byte[] clear, int clearAt) throws IOException {
        protocol.offerInput(net, at, record);
        int length = protocol.readInput(clear, clearAt, record);
        quiet = length > 0 ? 0 : quiet + 1;
        if (quiet > AeadRecords.MOST_QUIET) {
            throw new TlsFatalAlert(AlertDescription.unexpected_message, "too many records have no data");
        }
        if (outgoing.waitingBytes() + protocol.getAvailableOutputBytes() > MOST_UNSENT_BYTES) {
            throw new TlsFatalAlert(
                    AlertDescription.unexpected_message, "the peer asks for answers and does not read them");
        }
        return length;
    }

    @Override
    public boolean isCloseNotifySeen() {
        return handshake.isCloseNotifySeen();
    }

    @Override
    public int clearBytes() {
        return protocol.getApplicationDataLimit();
    }

    @Override
    public int overheadBytes() {
        return OVERHEAD_BYTES;
    }

    @Override
    public int seal(byte[] clear, int offset, int length, byte[] net, int at) throws IOException {
        protocol.writeApplicationData(clear, offset, length);
        return protocol.readOutput(net, at, protocol.getAvailableOutputBytes());
    }

    @Override
    public void alert(int level, int description) throws IOException {
        handshake.alert(level, description);
    }

    @Override
    public void discard() {}
}
