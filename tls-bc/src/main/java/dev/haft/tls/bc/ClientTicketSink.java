package dev.haft.tls.bc;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;

/** Keeps the tickets of TLS 1.3 that a server sends (RFC 8446 §4.6.1). */
final class ClientTicketSink implements Handshake.TicketSink {
    private static final long LONGEST_SECONDS = TimeUnit.DAYS.toSeconds(7);

    private final ContextState state;
    private final String peer;
    private final Agreement agreed;
    private final byte[] resumptionSecret;

    ClientTicketSink(ContextState state, String peer, Agreement agreed, byte[] resumptionSecret) {
        this.state = state;
        this.peer = peer;
        this.agreed = agreed;
        this.resumptionSecret = resumptionSecret;
    }

    @Override
    public void ticket(byte[] message, int offset, int length) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(message, offset, length);
        long lifetime;
        long ageAdd;
        byte[] nonce;
        byte[] ticket;
        try {
            lifetime = in.getInt() & 0xffff_ffffL;
            ageAdd = in.getInt() & 0xffff_ffffL;
            nonce = new byte[in.get() & 0xff];
            in.get(nonce);
            ticket = new byte[in.getShort() & 0xffff];
            in.get(ticket);
            int extensions = in.getShort() & 0xffff;
            if (extensions != in.remaining() || ticket.length == 0) {
                throw new TlsFatalAlert(AlertDescription.decode_error, "a ticket is malformed");
            }
        } catch (BufferUnderflowException e) {
            throw new TlsFatalAlert(AlertDescription.decode_error, "a ticket is malformed", e);
        }
        if (lifetime == 0) {
            return;
        }
        byte[] psk = agreed.derivation.expandLabel(resumptionSecret, "resumption", nonce, agreed.derivation.bytes());
        state.clientTickets()
                .add(
                        peer,
                        new ClientTickets.Entry(
                                agreed,
                                ticket,
                                psk,
                                ageAdd,
                                state.nowMillis(),
                                TimeUnit.SECONDS.toMillis(Math.min(lifetime, LONGEST_SECONDS)),
                                null));
    }
}
