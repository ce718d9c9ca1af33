package dev.haft.tls.bc;

import dev.haft.HandleException;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsSession.PeerVerification;
import dev.haft.tls.TlsStart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.HandshakeMessageInput;
import org.bouncycastle.tls.HandshakeType;
import org.bouncycastle.tls.NewSessionTicket;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsProtocol;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/** The handshake of a client. */
final class ClientHandshake extends TlsClientProtocol implements Handshake {
    private static final byte[] NOTHING = {};

    private final TlsStart start;
    private final ContextState state;
    private final HybridCrypto crypto;
    private final ClientPeer peer;
    private final MessageSizes sizes;
    private @Nullable Agreement agreement;
    private boolean closeNotifySeen;
    private @Nullable ClientTicketSink sink;

    ClientHandshake(TlsStart start, ContextState state, Settings settings) throws HandleException {
        this.start = start;
        this.state = state;
        crypto = state.crypto();
        peer = new ClientPeer(start, state, settings, crypto);
        sizes = new MessageSizes(start.context().options().maxHandshakeMessageBytes());
    }

    @Override
    public TlsRole role() {
        return TlsRole.CLIENT;
    }

    @Override
    public TlsProtocol protocol() {
        return this;
    }

    @Override
    public void begin() throws IOException {
        Consumer<Object> prepare = start.context().options().prepare();
        if (prepare != null) {
            prepare.accept(peer);
        }
        connect(peer);
    }

    @Override
    public void alert(int level, int description) throws IOException {
        if (level == Alerts.FATAL) {
            raiseAlertFatal((short) description, null, null);
        } else {
            raiseAlertWarning((short) description, null);
        }
    }

    @Override
    protected void processRecord(short type, byte[] from, int offset, int length) throws IOException {
        if (type == ContentType.handshake) {
            sizes.look(from, offset, length);
        }
        super.processRecord(type, from, offset, length);
    }

    @Override
    protected void handleAlertWarningMessage(short alertDescription) throws IOException {
        if (alertDescription == AlertDescription.close_notify) {
            Alerts.mayClose(agreement != null);
            // BouncyCastle would answer and close at once: half-closing, and when to answer, is for the engine's user.
            closeNotifySeen = true;
        } else {
            super.handleAlertWarningMessage(alertDescription);
        }
    }

    @Override
    public boolean isCloseNotifySeen() {
        return closeNotifySeen;
    }

    @Override
    public @Nullable Agreement agreement() {
        return agreement;
    }

    @Override
    public @Nullable AeadCipher cipher() {
        return crypto.cipher();
    }

    @Override
    public List<byte[]> afterwards() {
        return List.of();
    }

    @Override
    public @Nullable TicketSink ticketSink() {
        return sink;
    }

    @Override
    protected void handleHandshakeMessage(short type, HandshakeMessageInput buf) throws IOException {
        Alerts.take(() -> take(type, buf));
    }

    private void take(short type, HandshakeMessageInput buf) throws IOException {
        SecurityParameters handshake = getContext().getSecurityParametersHandshake();
        if (type == HandshakeType.new_session_ticket
                && handshake != null
                && handshake.isResumedSession()
                && !TlsUtils.isTLSv13(handshake.getNegotiatedVersion())
                && serverExtensions != null
                && serverExtensions.containsKey(EXT_SessionTicket)) {
            // BouncyCastle does not know that a session may be resumed and its ticket renewed (RFC 5077 §3.1).
            NewSessionTicket renewed = NewSessionTicket.parse(buf);
            assertEmpty(buf);
            peer.notifyNewSessionTicket(renewed);
            return;
        }
        super.handleHandshakeMessage(type, buf);
    }

    @Override
    protected void receive13NewSessionTicket(ByteArrayInputStream buf) throws IOException {
        // They come after the handshake, when this is no longer in use; except with suites that are not ours.
        if (agreement == null) {
            throw new TlsFatalAlert(AlertDescription.unexpected_message);
        }
        super.receive13NewSessionTicket(buf);
    }

    @Override
    protected void completeHandshake() throws IOException {
        SecurityParameters handshake = getContext().getSecurityParametersHandshake();
        boolean tls13 = TlsUtils.isTLSv13(handshake.getNegotiatedVersion());
        ClientTickets.Entry resumed = peer.resumed(tls13, handshake.isResumedSession());
        Agreement agreed = new Agreement(TlsRole.CLIENT, handshake, crypto, resumed != null);
        if (resumed != null) {
            agreed.chain = resumed.chain;
            agreed.verification = resumed.verification;
        } else {
            agreed.chain = state.shared(peer.chain());
            agreed.verification = peer.verification();
            agreed.pskIdentity = peer.pskIdentity();
        }
        TlsOptions options = start.context().options();
        String key = peer.sessionKey();
        byte[] master = crypto.bytes(handshake.getMasterSecret());
        super.completeHandshake();
        if (options.resumption() && key != null && agreed.verification != PeerVerification.OVERRIDDEN) {
            if (tls13 && crypto.cipher() != null) {
                byte[] transcript = crypto.transcriptHash(NOTHING);
                sink = new ClientTicketSink(
                        state,
                        key,
                        agreed,
                        agreed.derivation.expandLabel(master, "res master", transcript, agreed.derivation.bytes()));
            } else if (!tls13) {
                peer.keepSession(key, agreed, getContext().getSession(), resumed);
            }
        }
        agreement = agreed;
    }
}
