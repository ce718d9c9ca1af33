package dev.haft.tls.bc;

import dev.haft.tls.TlsRole;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.HandshakeType;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.jspecify.annotations.Nullable;

/**
 * Records with AEAD ciphers, without BouncyCastle: clear text goes from array to array. Alerts, tickets and key updates are
 * few and simple enough to be taken here, so that nothing of the handshake must be kept for them.
 */
final class AeadRecords implements Records {
    /** So many records without clear text may come in a row. */
    static final int MOST_QUIET = 64;

    /** RFC 8446 §5.5 allows 2^24.5; BouncyCastle changes its keys here, too. */
    static final long RECORDS_A_KEY = 1L << 20;

    private static final int HEADER_BYTES = 4;
    private static final byte[] NOTHING = {};
    private static final byte[] UPDATE = {HandshakeType.key_update, 0, 0, 1, 0};
    private static final byte[] UPDATE_BOTH = {HandshakeType.key_update, 0, 0, 1, 1};

    private final TlsRole role;
    private final RecordCipher sealer;
    private final RecordCipher opener;
    private final Outgoing outgoing;
    private final int limit;
    private final int mostMessage;
    private final long recordsAKey;
    private Handshake.@Nullable TicketSink sink;

    /** A message that goes on in the next record. */
    private byte[] partial = NOTHING;

    private int quiet;
    private boolean closeNotifySeen;

    /** Whether what waits to be sent has an answer to a key update. */
    private boolean answerWaits;

    AeadRecords(
            Agreement agreed,
            AeadCipher cipher,
            Handshake.@Nullable TicketSink sink,
            Outgoing outgoing,
            int mostMessage,
            long recordsAKey) {
        role = agreed.role;
        sealer = cipher.sealer();
        opener = cipher.opener();
        limit = agreed.fragmentLimit;
        this.sink = sink;
        this.outgoing = outgoing;
        this.mostMessage = mostMessage;
        this.recordsAKey = recordsAKey;
    }

    RecordCipher sealer() {
        return sealer;
    }

    /** Sends what follows a handshake. */
    void begin(List<byte[]> messages) throws IOException {
        for (byte[] message : messages) {
            send(ContentType.handshake, message);
        }
    }

    @Override
    public int fragmentBytes() {
        return opener.isTls13() ? Framing.TLS13_BYTES : Framing.TLS12_BYTES;
    }

    @Override
    public int plainBytes(int fragment) {
        return opener.plainBytes(fragment);
    }

    @Override
    public int receive(byte[] net, int at, int record, byte[] clear, int clearAt) throws IOException {
        if (opener.isTls13() && net[at] != ContentType.application_data) {
            throw new TlsFatalAlert(AlertDescription.unexpected_message, "a record is not sealed");
        }
        int length = opener.open(net, at, record - Framing.HEADER_BYTES, clear, clearAt);
        if (length > limit) {
            throw new TlsFatalAlert(AlertDescription.record_overflow, "a record has more than " + limit + " bytes");
        }
        int type = opener.contentType();
        if (type == ContentType.application_data && partial.length == 0) {
            if (length > 0) {
                quiet = 0;
                return length;
            }
        } else if (type == ContentType.alert) {
            alert(clear, clearAt, length);
        } else if (type == ContentType.handshake && length > 0) {
            messages(clear, clearAt, length);
        } else {
            throw new TlsFatalAlert(
                    AlertDescription.unexpected_message, "a record of type " + type + " is out of place");
        }
        if (++quiet > MOST_QUIET) {
            throw new TlsFatalAlert(
                    AlertDescription.unexpected_message, "more than " + MOST_QUIET + " records in a row have no data");
        }
        return 0;
    }

    private void alert(byte[] from, int at, int length) throws IOException {
        if (length != 2) {
            throw new TlsFatalAlert(AlertDescription.decode_error, "an alert has " + length + " bytes");
        }
        int description = from[at + 1] & 0xff;
        if (description == AlertDescription.close_notify) {
            closeNotifySeen = true;
        } else if (from[at] != Alerts.WARNING || (opener.isTls13() && description != AlertDescription.user_canceled)) {
            // In TLS 1.3 the level is of no meaning (RFC 8446 §6).
            throw new TlsFatalAlertReceived((short) description);
        }
    }

    private void messages(byte[] from, int at, int length) throws IOException {
        byte[] all = from;
        int position = at;
        int end = at + length;
        if (partial.length > 0) {
            all = Agreement.joined(partial, Arrays.copyOfRange(from, at, end));
            position = 0;
            end = all.length;
            partial = NOTHING;
        }
        while (end - position >= HEADER_BYTES) {
            int size = MessageSizes.checked(ByteBuffer.wrap(all).getInt(position) & 0xff_ffff, mostMessage);
            if (end - position - HEADER_BYTES < size) {
                break;
            }
            position += HEADER_BYTES;
            message(all[position - HEADER_BYTES], all, position, size, position + size == end);
            position += size;
        }
        if (position < end) {
            partial = Arrays.copyOfRange(all, position, end);
        }
    }

    private void message(int type, byte[] from, int at, int length, boolean last) throws IOException {
        if (!opener.isTls13()) {
            refuseRenegotiation(type);
        } else if (type == HandshakeType.key_update) {
            keyUpdate(from, at, length, last);
        } else if (type == HandshakeType.new_session_ticket && role == TlsRole.CLIENT) {
            Handshake.TicketSink keeper = sink;
            if (keeper != null) {
                keeper.ticket(from, at, length);
            }
        } else {
            throw new TlsFatalAlert(
                    AlertDescription.unexpected_message, "a handshake message of type " + type + " is out of place");
        }
    }

    /** RFC 5246 §7.2.2; who insists comes to the limit of records without data. */
    private void refuseRenegotiation(int type) throws IOException {
        int asks = role == TlsRole.CLIENT ? HandshakeType.hello_request : HandshakeType.client_hello;
        if (type != asks) {
            throw new TlsFatalAlert(
                    AlertDescription.unexpected_message, "a handshake message of type " + type + " is out of place");
        }
        if (outgoing.isEmpty()) {
            // Who reads no answers gets one.
            alert(Alerts.WARNING, AlertDescription.no_renegotiation);
        }
    }

    private void keyUpdate(byte[] from, int at, int length, boolean last) throws IOException {
        if (length != 1 || (from[at] & ~1) != 0) {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter, "a key update is malformed");
        }
        if (!last) {
            throw new TlsFatalAlert(AlertDescription.unexpected_message, "a record goes on after a key update");
        }
        opener.update();
        answerWaits &= !outgoing.isEmpty();
        if (from[at] == 1 && !answerWaits) {
            // One that has not left stands for them all (RFC 8446 §4.6.3): who reads no answers takes no memory.
            updateKey(UPDATE);
            answerWaits = true;
        }
    }

    private void updateKey(byte[] message) throws IOException {
        send(ContentType.handshake, message);
        sealer.update();
    }

    @Override
    public boolean isCloseNotifySeen() {
        return closeNotifySeen;
    }

    @Override
    public int clearBytes() {
        return limit;
    }

    @Override
    public int overheadBytes() {
        return sealer.overheadBytes();
    }

    /** Whether a key update must go out before more is sealed; it is in what is to be sent then. */
    boolean changesKey() throws IOException {
        if (!sealer.isTls13() || sealer.records() < recordsAKey) {
            return false;
        }
        updateKey(UPDATE_BOTH);
        return true;
    }

    @Override
    public int seal(byte[] clear, int offset, int length, byte[] net, int at) throws IOException {
        return seal(ContentType.application_data, clear, offset, length, net, at);
    }

    private int seal(int type, byte[] clear, int offset, int length, byte[] net, int at) throws IOException {
        try {
            return sealer.seal(type, clear, offset, length, net, at);
        } catch (GeneralSecurityException e) {
            throw new TlsFatalAlert(AlertDescription.internal_error, "a record could not be sealed", e);
        }
    }

    private void send(int type, byte[] content) throws IOException {
        for (int at = 0; at < content.length; at += limit) {
            int length = Math.min(limit, content.length - at);
            byte[] room = outgoing.room(length + sealer.overheadBytes());
            outgoing.added(seal(type, content, at, length, room, outgoing.end()));
        }
    }

    @Override
    public void alert(int level, int description) throws IOException {
        send(ContentType.alert, new byte[] {(byte) level, (byte) description});
    }

    @Override
    public void discard() {
        sink = null;
        partial = NOTHING;
    }
}
