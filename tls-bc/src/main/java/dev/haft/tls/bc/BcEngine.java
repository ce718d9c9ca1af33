package dev.haft.tls.bc;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.tls.TlsEngine;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsProtocol;
import org.jspecify.annotations.Nullable;

/** Drives a handshake, one record at a time, and then the records alone. */
final class BcEngine implements TlsEngine {
    /** A smaller piece of clear text waits for more room. */
    private static final int SMALL_BYTES = 1024;

    private final TlsOptions options;
    private final Outgoing outgoing = new Outgoing();
    private final long recordsAKey;
    private @Nullable Handshake handshake;
    private @Nullable Records records;
    private @Nullable TlsSession session;
    private @Nullable HandleException failure;
    private @Nullable HandshakeTask task;
    private int handshakeBytes;
    private int inputBytes = Framing.HEADER_BYTES;
    private int roomBytes;
    private boolean started;
    private boolean sent;
    private boolean inputClosed;
    private boolean outputClosed;

    BcEngine(TlsOptions options, Handshake handshake, long recordsAKey) {
        this.options = options;
        this.handshake = handshake;
        this.recordsAKey = recordsAKey;
    }

    // What others see

    @Override
    public State state() {
        if (failure != null) {
            return State.FAILED;
        }
        if (!started) {
            return State.IDLE;
        }
        if (inputClosed) {
            return outputClosed ? State.CLOSED : State.INPUT_CLOSED;
        }
        if (outputClosed) {
            return State.OUTPUT_CLOSED;
        }
        return records == null ? State.HANDSHAKING : State.OPEN;
    }

    @Override
    public @Nullable TlsSession session() {
        return session;
    }

    @Override
    public int inputBytes() {
        return inputBytes;
    }

    @Override
    public int roomBytes() {
        return roomBytes;
    }

    // The handshake

    @Override
    public void start() throws HandleException {
        Handshake beginning = handshake;
        if (started || beginning == null) {
            throw new IllegalStateException("the engine has started already");
        }
        started = true;
        perform(beginning.role() == TlsRole.CLIENT, beginning::begin);
    }

    /** Does a step of the handshake, here or as a task. */
    private void perform(boolean isLong, HandshakeTask.Step step) throws HandleException {
        HandshakeTask next = new HandshakeTask(step);
        if (isLong && options.executor() != null) {
            task = next;
        } else {
            next.run();
            settle(next);
        }
    }

    /** A step of the handshake has been done. */
    private void settle(HandshakeTask done) throws HandleException {
        Handshake going = handshake;
        if (going == null) {
            return;
        }
        Throwable error = done.error();
        if (error != null) {
            throw fail(error);
        }
        Agreement agreed = going.agreement();
        if (agreed != null && records == null) {
            try {
                open(going, agreed);
            } catch (IOException | RuntimeException e) {
                throw fail(e);
            }
        }
    }

    private void open(Handshake done, Agreement agreed) throws IOException {
        AeadCipher cipher = done.cipher();
        session = new BcSession(agreed);
        if (cipher == null) {
            records = new BcRecords(done, outgoing);
            return;
        }
        takeOutput(done);
        AeadRecords opened = new AeadRecords(
                agreed, cipher, done.ticketSink(), outgoing, options.maxHandshakeMessageBytes(), recordsAKey);
        records = opened;
        handshake = null;
        opened.begin(done.afterwards());
    }

    private void takeOutput(Handshake from) {
        TlsProtocol protocol = from.protocol();
        int count = protocol.getAvailableOutputBytes();
        if (count > 0) {
            outgoing.added(protocol.readOutput(outgoing.room(count), outgoing.end(), count));
            sent = true;
        }
    }

    @Override
    public @Nullable Runnable task() {
        HandshakeTask next = task;
        return next == null || !next.hand() ? null : next;
    }

    // Bytes come

    @Override
    public Received receive(ByteBuffer net, ByteBuffer clear) throws HandleException {
        HandshakeTask waited = task;
        if (waited != null) {
            if (!waited.isDone()) {
                return Received.TASK;
            }
            task = null;
            settle(waited);
        }
        if (failure != null) {
            throw failure;
        }
        if (!started) {
            throw new IllegalStateException("the engine has not started");
        }
        if (inputClosed) {
            return Received.CLOSED;
        }
        try {
            Records open = records;
            return open == null ? receiveHandshake(net) : receive(open, net, clear);
        } catch (IOException | RuntimeException e) {
            throw fail(e);
        }
    }

    private Received receiveHandshake(ByteBuffer net) throws IOException, HandleException {
        Handshake going = Objects.requireNonNull(handshake);
        int record = Framing.recordBytes(net, Framing.TLS12_BYTES, handshakeBytes == 0);
        if (isIncomplete(net, record)) {
            return Received.MORE;
        }
        if (record > options.maxHandshakeBytes() - handshakeBytes) {
            throw new TlsFatalAlert(
                    AlertDescription.handshake_failure,
                    "the peer has sent more than " + options.maxHandshakeBytes() + " bytes in the handshake");
        }
        handshakeBytes += record;
        byte[] array = net.array();
        int at = net.arrayOffset() + net.position();
        net.position(net.position() + record);
        if (options.executor() != null) {
            byte[] copy = new byte[record];
            System.arraycopy(array, at, copy, 0, record);
            perform(true, () -> going.protocol().offerInput(copy, 0, record));
        } else {
            perform(false, () -> going.protocol().offerInput(array, at, record));
        }
        return Received.RECORD;
    }

    private boolean isIncomplete(ByteBuffer net, int record) {
        boolean more = net.remaining() < record || net.remaining() < Framing.HEADER_BYTES;
        inputBytes = record;
        return more;
    }

    private Received receive(Records open, ByteBuffer net, ByteBuffer clear) throws IOException {
        int record = Framing.recordBytes(net, open.fragmentBytes(), false);
        if (isIncomplete(net, record)) {
            return Received.MORE;
        }
        int room = open.plainBytes(record - Framing.HEADER_BYTES);
        if (clear.remaining() < room) {
            roomBytes = room;
            return Received.ROOM;
        }
        int at = net.arrayOffset() + net.position();
        net.position(net.position() + record);
        int clearAt = clear.arrayOffset() + clear.position();
        int length = open.receive(net.array(), at, record, clear.array(), clearAt);
        clear.position(clear.position() + length);
        inputClosed = open.isCloseNotifySeen();
        return Received.RECORD;
    }

    @Override
    public void endOfInput() throws HandleException {
        if (inputClosed) {
            return;
        }
        if (failure == null) {
            failure = records == null
                    ? new HandleException(ErrorCode.TLS_FAILED, "the stream ended within the TLS handshake")
                    : new HandleException(ErrorCode.TLS_TRUNCATED, "the stream ended without the end of TLS");
            letGo();
        }
        throw failure;
    }

    // Bytes go

    @Override
    public boolean hasOutput() {
        Handshake going = handshake;
        return !outgoing.isEmpty()
                || (going != null && isIdle(task) && going.protocol().getAvailableOutputBytes() > 0);
    }

    private static boolean isIdle(@Nullable HandshakeTask task) {
        return task == null || task.isDone();
    }

    @Override
    public void send(ByteBuffer clear, ByteBuffer net) throws HandleException {
        Handshake going = handshake;
        if (going != null && isIdle(task)) {
            takeOutput(going);
        }
        Records open = records;
        try {
            while (true) {
                outgoing.moveTo(net);
                boolean taken = state() == State.OPEN || state() == State.INPUT_CLOSED;
                if (!outgoing.isEmpty() || open == null || !taken || !clear.hasRemaining()) {
                    return;
                }
                if (open instanceof AeadRecords aead && aead.changesKey()) {
                    continue;
                }
                int room = net.remaining() - open.overheadBytes();
                int length = Math.min(clear.remaining(), open.clearBytes());
                if (room < Math.min(length, SMALL_BYTES)) {
                    return;
                }
                seal(open, clear, Math.min(length, room), net);
            }
        } catch (IOException | RuntimeException e) {
            throw fail(e);
        }
    }

    /** What seals its records, for tests that send what it would not. */
    RecordCipher sealer() {
        return ((AeadRecords) Objects.requireNonNull(records)).sealer();
    }

    private static void seal(Records open, ByteBuffer clear, int length, ByteBuffer net) throws IOException {
        int from = clear.arrayOffset() + clear.position();
        int to = net.arrayOffset() + net.position();
        int put = open.seal(clear.array(), from, length, net.array(), to);
        clear.position(clear.position() + length);
        net.position(net.position() + put);
    }

    // The end

    @Override
    public void closeOutput() throws HandleException {
        if (outputClosed || failure != null) {
            return;
        }
        Records open = records;
        try {
            if (open != null) {
                outputClosed = true;
                open.alert(Alerts.WARNING, AlertDescription.close_notify);
            } else {
                cancel();
            }
        } catch (IOException | RuntimeException e) {
            throw fail(e);
        }
    }

    /** What the peer still sends of its handshake is no clear text: there is no way on. */
    private void cancel() throws IOException {
        Handshake going = handshake;
        failure = new HandleException(ErrorCode.TLS_FAILED, "TLS was closed within its handshake");
        if (going != null && started && isIdle(task)) {
            going.alert(Alerts.WARNING, AlertDescription.user_canceled);
            going.alert(Alerts.WARNING, AlertDescription.close_notify);
            takeOutput(going);
        }
        letGo();
    }

    private HandleException fail(Throwable error) {
        HandleException known = failure;
        if (known != null) {
            return known;
        }
        HandleException told = error instanceof HandleException given ? given : Alerts.error(error);
        failure = told;
        if (!(error instanceof TlsFatalAlertReceived)) {
            tell(Alerts.of(error));
        }
        letGo();
        return told;
    }

    /** Tells the peer, unless BouncyCastle has done so. */
    private void tell(short alert) {
        Handshake going = handshake;
        Records open = records;
        try {
            if (going != null) {
                boolean told = going.protocol().isFailed();
                if (!told) {
                    going.alert(Alerts.FATAL, alert);
                }
                takeOutput(going);
                if (!sent) {
                    // BouncyCastle writes nothing before it has seen a hello.
                    plainAlert(alert);
                }
            } else if (open != null) {
                open.alert(Alerts.FATAL, alert);
            }
        } catch (IOException | RuntimeException e) {
            // There is no way to tell it.
            outgoing.clear();
        }
    }

    private void plainAlert(short alert) {
        byte[] record = {ContentType.alert, 3, 1, 0, 2, Alerts.FATAL, (byte) alert};
        System.arraycopy(record, 0, outgoing.room(record.length), outgoing.end(), record.length);
        outgoing.added(record.length);
    }

    private void letGo() {
        Records open = records;
        if (open != null) {
            open.discard();
        }
        records = null;
        handshake = null;
    }

    @Override
    public void discard() {
        inputClosed = true;
        outputClosed = true;
        outgoing.clear();
        letGo();
    }
}
