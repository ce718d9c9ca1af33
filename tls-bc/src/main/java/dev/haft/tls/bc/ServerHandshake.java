package dev.haft.tls.bc;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsSession.PeerVerification;
import dev.haft.tls.TlsStart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ClientHello;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.HandshakeMessageInput;
import org.bouncycastle.tls.HandshakeType;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsProtocol;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/** The handshake of a server. */
final class ServerHandshake extends TlsServerProtocol implements Handshake {
    /** So that a client may open connections side by side and none shows a ticket twice. */
    private static final int TICKETS_OF_A_NEW_SESSION = 2;

    private static final int HEADER_BYTES = 4;

    private final HybridCrypto crypto;
    private final ServerPeer peer;
    private final MessageSizes sizes;
    private byte[] clientFinished = {};
    private byte[] resumptionSecret = {};
    private @Nullable Agreement agreement;
    private boolean closeNotifySeen;

    ServerHandshake(TlsStart start, ContextState state, Settings settings, BcTlsProvider provider)
            throws HandleException {
        checkIdentity(start.context().options(), settings);
        crypto = state.crypto();
        peer = new ServerPeer(start, state, settings, crypto, provider);
        sizes = new MessageSizes(start.context().options().maxHandshakeMessageBytes());
    }

    /**
     * Whether a server can show who it is.
     *
     * @throws HandleException TLS_FAILED if it has neither a certificate that goes with its other options nor a key that its
     *     clients know
     */
    static void checkIdentity(TlsOptions options, Settings settings) throws HandleException {
        boolean hasOtherWays =
                !options.psks().isEmpty() || options.pskLookup() != null || options.contextByName() != null;
        if (hasOtherWays || settings.canServe()) {
            return;
        }
        throw new HandleException(
                ErrorCode.TLS_FAILED,
                settings.identities().isEmpty()
                        ? "a TLS server needs an identity: a certificate and its key"
                        : "no identity of the TLS server goes with its other options: protocols " + options.protocols()
                                + ", ciphers " + orDefault(options.ciphers()) + ", signatureSchemes "
                                + orDefault(String.join(":", options.signatureSchemes())));
    }

    private static String orDefault(@Nullable String option) {
        return option == null || option.isEmpty() ? "as by default" : option;
    }

    @Override
    public TlsRole role() {
        return TlsRole.SERVER;
    }

    @Override
    public TlsProtocol protocol() {
        return this;
    }

    @Override
    public void begin() throws IOException {
        Consumer<Object> prepare = peer.options().prepare();
        if (prepare != null) {
            prepare.accept(peer);
        }
        accept(peer);
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
    protected void handleHandshakeMessage(short type, HandshakeMessageInput buf) throws IOException {
        Alerts.take(() -> super.handleHandshakeMessage(type, buf));
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
    public @Nullable TicketSink ticketSink() {
        return null;
    }

    @Override
    protected ClientHello receiveClientHelloMessage(ByteArrayInputStream buf) throws IOException {
        ClientHello hello = super.receiveClientHelloMessage(buf);
        peer.look(hello);
        return hello;
    }

    @Override
    protected void receive13ClientFinished(ByteArrayInputStream buf) throws IOException {
        // BouncyCastle leaves it out of its transcript; tickets need it there.
        byte[] body = buf.readAllBytes();
        super.receive13ClientFinished(new ByteArrayInputStream(body));
        byte[] message = new byte[HEADER_BYTES + body.length];
        ByteBuffer.wrap(message)
                .putInt(HandshakeType.finished << 24 | body.length)
                .put(body);
        clientFinished = message;
    }

    @Override
    protected void completeHandshake() throws IOException {
        SecurityParameters handshake = getContext().getSecurityParametersHandshake();
        boolean tls13 = TlsUtils.isTLSv13(handshake.getNegotiatedVersion());
        Ticket resumed = peer.resumed();
        boolean goesOn = resumed != null && (tls13 || handshake.isResumedSession());
        Agreement agreed = new Agreement(TlsRole.SERVER, handshake, crypto, goesOn);
        if (goesOn && resumed != null) {
            agreed.chain = resumed.chain();
            agreed.verification = resumed.verification();
        } else {
            agreed.chain = peer.chain();
            agreed.verification = peer.verification();
            agreed.pskIdentity = peer.pskIdentity();
        }
        if (tls13 && crypto.cipher() != null && peer.givesTickets()) {
            resumptionSecret = agreed.derivation.expandLabel(
                    crypto.bytes(handshake.getMasterSecret()),
                    "res master",
                    crypto.transcriptHash(clientFinished),
                    agreed.derivation.bytes());
        }
        super.completeHandshake();
        agreement = agreed;
    }

    @Override
    public List<byte[]> afterwards() throws IOException {
        Agreement agreed = agreement;
        if (agreed == null
                || resumptionSecret.length == 0
                || agreed.verification == PeerVerification.OVERRIDDEN
                || agreed.pskIdentity != null) {
            return List.of();
        }
        int count = agreed.resumed ? 1 : TICKETS_OF_A_NEW_SESSION;
        List<byte[]> tickets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] nonce = {(byte) i};
            byte[] psk =
                    agreed.derivation.expandLabel(resumptionSecret, "resumption", nonce, agreed.derivation.bytes());
            tickets.add(peer.newSessionTicket(agreed, nonce, psk));
        }
        return tickets;
    }
}
