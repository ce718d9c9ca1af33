package dev.haft.tls.bc;

import dev.haft.tls.TlsRole;
import java.io.IOException;
import java.util.List;
import org.bouncycastle.tls.TlsProtocol;
import org.jspecify.annotations.Nullable;

/** A handshake under way. Its methods fail with what BouncyCastle throws: an alert to send, or one that has come. */
interface Handshake {
    TlsRole role();

    /** BouncyCastle's side, which frames records for output. */
    TlsProtocol protocol();

    /** Begins: a client then has output. */
    void begin() throws IOException;

    /** Adds an alert to the output, sealed if the handshake has come that far. */
    void alert(int level, int description) throws IOException;

    /** Whether the peer's close_notify has come, after the handshake. */
    boolean isCloseNotifySeen();

    /** What was agreed on; null before the end. */
    @Nullable Agreement agreement();

    /** The record ciphers; null if BouncyCastle has to go on with its own. */
    @Nullable AeadCipher cipher();

    /** Handshake messages that follow its end: tickets. */
    List<byte[]> afterwards() throws IOException;

    /** What comes after the end; null if such messages are only skipped. */
    @Nullable TicketSink ticketSink();

    /** Takes the tickets of TLS 1.3 that come after the handshake. */
    interface TicketSink {
        /** A NewSessionTicket, without its header. */
        void ticket(byte[] message, int offset, int length) throws IOException;
    }
}
