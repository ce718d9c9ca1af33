package dev.haft.tls.bc;

import dev.haft.tls.TlsSession.PeerVerification;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server must remember of a session to resume it. Immutable.
 *
 * @param version of the protocol
 * @param suite the cipher suite
 * @param extendedMasterSecret whether the master secret of TLS 1.2 is one
 * @param issuedMillis when the first handshake was
 * @param secret the PSK of TLS 1.3, or the master secret of TLS 1.2
 * @param verification what was known about the client
 * @param chain what the client has shown
 */
record Ticket(
        int version,
        int suite,
        boolean extendedMasterSecret,
        long issuedMillis,
        Secret secret,
        PeerVerification verification,
        PeerChain chain) {
    private static final int FORMAT = 1;
    private static final int MOST_CERTIFICATES = 16;

    /** Bytes that are not shown. */
    static final class Secret {
        private final byte[] bytes;

        Secret(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public String toString() {
            return "Secret[]";
        }
    }

    byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(96);
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(FORMAT);
        out.writeShort(version);
        out.writeShort(suite);
        out.writeBoolean(extendedMasterSecret);
        out.writeLong(issuedMillis);
        out.writeByte(secret.bytes.length);
        out.write(secret.bytes);
        out.writeUTF(verification.name());
        out.writeBoolean(chain.isRaw());
        out.writeByte(chain.encoded().size());
        for (byte[] one : chain.encoded()) {
            out.writeInt(one.length);
            out.write(one);
        }
        return bytes.toByteArray();
    }

    /**
     * From its bytes, which are ours: they were sealed.
     *
     * @throws IOException if another version of this program has written them
     */
    static Ticket decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        if (in.readUnsignedByte() != FORMAT) {
            throw new IOException("a ticket of another format");
        }
        int version = in.readUnsignedShort();
        int suite = in.readUnsignedShort();
        boolean extended = in.readBoolean();
        long issued = in.readLong();
        byte[] secret = in.readNBytes(in.readUnsignedByte());
        PeerVerification verification = PeerVerification.valueOf(in.readUTF());
        boolean raw = in.readBoolean();
        int count = Math.min(MOST_CERTIFICATES, in.readUnsignedByte());
        List<byte[]> chain = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            chain.add(in.readNBytes(in.readInt()));
        }
        return new Ticket(
                version, suite, extended, issued, new Secret(secret), verification, new PeerChain(chain, raw));
    }
}
