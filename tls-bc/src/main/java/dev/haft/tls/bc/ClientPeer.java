package dev.haft.tls.bc;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.tls.TlsOcsp;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsPsk;
import dev.haft.tls.TlsSession.PeerVerification;
import dev.haft.tls.TlsStart;
import dev.haft.tls.TlsTrust;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Hashtable;
import java.util.Vector;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.BasicTlsPSKExternal;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatus;
import org.bouncycastle.tls.CertificateStatusRequest;
import org.bouncycastle.tls.CertificateStatusType;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.NameType;
import org.bouncycastle.tls.NewSessionTicket;
import org.bouncycastle.tls.PRFAlgorithm;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.PskKeyExchangeMode;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.SessionParameters;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsPSK;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/** What a client offers, and what it says to the answers. */
final class ClientPeer extends AbstractTlsClient {
    private static final Integer EXT_SESSION_TICKET = 35;
    private static final int SESSION_ID_BYTES = 32;

    private final TlsStart start;
    private final TlsOptions options;
    private final ContextState state;
    private final Settings settings;
    private final HybridCrypto crypto;
    private final @Nullable String serverName;
    private ClientTickets.@Nullable Entry offered;
    private boolean offeredTaken;
    private @Nullable TlsPSK selected;
    private @Nullable NewSessionTicket newTicket;
    private PeerChain chain = PeerChain.EMPTY;
    private PeerVerification verification = PeerVerification.NONE;

    ClientPeer(TlsStart start, ContextState state, Settings settings, HybridCrypto crypto) throws HandleException {
        super(crypto);
        this.start = start;
        this.state = state;
        this.settings = settings;
        this.crypto = crypto;
        options = start.context().options();
        serverName = ServerNames.toSend(options, start.peerName());
        boolean named = options.peerNameScheme().isChecked();
        if (options.verify()
                && named
                && start.peerName() == null
                && options.psks().isEmpty()) {
            throw new HandleException(
                    ErrorCode.TLS_FAILED, "the name of the peer is to be verified, but there is no peerName");
        }
    }

    // What is offered

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return settings.versions();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return settings.suites();
    }

    @Override
    protected Vector<?> getSupportedGroups(Vector namedGroupRoles) {
        return settings.groupVector();
    }

    @Override
    public Vector<?> getEarlyKeyShareGroups() {
        return settings.shareGroups();
    }

    @Override
    protected Vector<?> getSupportedSignatureAlgorithms() {
        return settings.signatures();
    }

    @Override
    protected @Nullable Vector<?> getProtocolNames() {
        if (options.applicationProtocols().isEmpty()) {
            return null;
        }
        Vector<ProtocolName> names = new Vector<>();
        options.applicationProtocols().forEach(name -> names.add(ProtocolName.asUtf8Encoding(name)));
        return names;
    }

    @Override
    protected @Nullable Vector<?> getSNIServerNames() {
        String name = serverName;
        return name == null
                ? null
                : TlsUtils.vectorOfOne(new ServerName(NameType.host_name, name.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    protected @Nullable CertificateStatusRequest getCertificateStatusRequest() {
        return options.ocsp() == TlsOcsp.OFF || !options.verify() ? null : super.getCertificateStatusRequest();
    }

    @Override
    protected short @Nullable [] getAllowedServerCertificateTypes() {
        boolean raw = options.trust().stream().anyMatch(TlsTrust.RawKeys.class::isInstance);
        boolean chains = options.trust().stream().anyMatch(t -> !(t instanceof TlsTrust.RawKeys));
        if (!raw) {
            return null;
        }
        return chains
                ? new short[] {CertificateType.RawPublicKey, CertificateType.X509}
                : new short[] {CertificateType.RawPublicKey};
    }

    @Override
    protected short @Nullable [] getAllowedClientCertificateTypes() {
        return settings.identities().stream().anyMatch(LocalIdentity::isRaw)
                ? new short[] {CertificateType.RawPublicKey, CertificateType.X509}
                : null;
    }

    @Override
    public int getMaxCertificateChainLength() {
        return options.maxChainLength();
    }

    @Override
    public int getMaxHandshakeMessageSize() {
        return options.maxHandshakeMessageBytes();
    }

    @Override
    public Hashtable<?, ?> getClientExtensions() throws IOException {
        Hashtable<?, ?> extensions = super.getClientExtensions();
        ClientTickets.Entry ticket = offered();
        if (options.resumption()) {
            if (offersTls13()) {
                // Else some servers send no ticket.
                TlsExtensionsUtils.addPSKKeyExchangeModesExtension(
                        extensions, new short[] {PskKeyExchangeMode.psk_dhe_ke});
            }
            if (offersTls12()) {
                byte[] known = ticket == null || ticket.isTls13() ? new byte[0] : ticket.identity;
                putTicket(extensions, known);
            }
        }
        if (Settings.contains(settings.suites(), 0) || !hasBlockCiphers()) {
            extensions.remove(TlsExtensionsUtils.EXT_encrypt_then_mac);
        }
        return new ClientExtensions(extensions, ticket != null && ticket.isTls13() ? ticket : null, state);
    }

    @SuppressWarnings("unchecked")
    private static void putTicket(Hashtable<?, ?> extensions, byte[] ticket) {
        ((Hashtable<Object, Object>) extensions).put(EXT_SESSION_TICKET, ticket);
    }

    private boolean hasBlockCiphers() {
        for (int suite : settings.suites()) {
            if (TlsUtils.getEncryptionAlgorithm(suite) >= 0
                    && Aead.of(TlsUtils.getEncryptionAlgorithm(suite)) == null) {
                return true;
            }
        }
        return false;
    }

    private boolean offersTls13() {
        return ProtocolVersion.contains(getProtocolVersions(), ProtocolVersion.TLSv13);
    }

    private boolean offersTls12() {
        return ProtocolVersion.contains(getProtocolVersions(), ProtocolVersion.TLSv12);
    }

    // Resumption and keys that are known

    /** By what sessions are known; null if none are kept. */
    @Nullable String sessionKey() {
        String name = start.peerName();
        return name == null ? null : name + ' ' + start.peerPort() + ' ' + serverName;
    }

    private ClientTickets.@Nullable Entry offered() {
        if (!offeredTaken) {
            offeredTaken = true;
            String key = sessionKey();
            ClientTickets.Entry entry =
                    options.resumption() && key != null ? state.clientTickets().take(key) : null;
            boolean usable = entry != null
                    && Settings.contains(settings.suites(), entry.suite)
                    && (entry.isTls13() ? offersTls13() : offersTls12());
            offered = usable ? entry : null;
        }
        return offered;
    }

    @Override
    public @Nullable TlsSession getSessionToResume() {
        ClientTickets.Entry entry = offered();
        return entry == null ? null : entry.session;
    }

    @Override
    public @Nullable Vector<?> getExternalPSKs() {
        Vector<TlsPSK> psks = new Vector<>();
        ClientTickets.Entry entry = offered();
        if (entry != null && entry.isTls13()) {
            psks.add(new BasicTlsPSKExternal(
                    entry.identity,
                    new ResumptionSecret(crypto, entry.secret.bytes()),
                    prf(entry.derivation == KeyDerivation.SHA_384)));
        }
        if (offersTls13()) {
            for (TlsPsk psk : options.psks()) {
                psks.add(external(crypto, psk));
            }
        }
        return psks.isEmpty() ? null : psks;
    }

    static BasicTlsPSKExternal external(HybridCrypto crypto, TlsPsk psk) {
        return new BasicTlsPSKExternal(
                psk.identity(), crypto.createSecret(psk.key()), prf(psk.hash().equals("SHA-384")));
    }

    static int prf(boolean sha384) {
        return sha384 ? PRFAlgorithm.tls13_hkdf_sha384 : PRFAlgorithm.tls13_hkdf_sha256;
    }

    @Override
    public void notifySelectedPSK(@Nullable TlsPSK selectedPSK) {
        selected = selectedPSK;
    }

    /** The session that goes on; null if it is a new one. */
    ClientTickets.@Nullable Entry resumed(boolean tls13, boolean resumedSession) {
        ClientTickets.Entry entry = offered;
        if (entry == null || entry.isTls13() != tls13) {
            return null;
        }
        TlsPSK psk = selected;
        boolean goesOn = tls13 ? psk != null && psk.getKey() instanceof ResumptionSecret : resumedSession;
        return goesOn ? entry : null;
    }

    /** The external PSK that was used. */
    byte @Nullable [] pskIdentity() {
        TlsPSK psk = selected;
        return psk == null ? null : psk.getIdentity();
    }

    @Override
    public void notifyNewSessionTicket(NewSessionTicket newSessionTicket) {
        newTicket = newSessionTicket;
    }

    /** Keeps a session of TLS 1.2: by the server's ticket, or else by its session id. */
    void keepSession(
            String key, Agreement agreed, @Nullable TlsSession session, ClientTickets.@Nullable Entry resumed) {
        NewSessionTicket ticket = newTicket;
        long lifetime = options.ticketLifetime().toMillis();
        if (ticket != null && ticket.getTicket().length > 0) {
            SessionParameters parameters = session == null ? null : session.exportSessionParameters();
            if (resumed != null && resumed.session != null) {
                parameters = resumed.session.exportSessionParameters();
            }
            if (parameters == null || !agreed.extendedMasterSecret) {
                return;
            }
            // By its own id the client sees that the server takes the ticket (RFC 5077 §3.4).
            byte[] id = new byte[SESSION_ID_BYTES];
            state.random().nextBytes(id);
            long hint = TimeUnit.SECONDS.toMillis(ticket.getTicketLifetimeHint());
            state.clientTickets()
                    .add(
                            key,
                            new ClientTickets.Entry(
                                    agreed,
                                    ticket.getTicket(),
                                    new byte[0],
                                    0,
                                    state.nowMillis(),
                                    hint == 0 ? lifetime : Math.min(hint, lifetime),
                                    TlsUtils.importSession(id, parameters)));
        } else if (resumed != null) {
            state.clientTickets().add(key, resumed);
        } else if (session != null && session.isResumable() && agreed.extendedMasterSecret) {
            state.clientTickets()
                    .add(
                            key,
                            new ClientTickets.Entry(
                                    agreed, new byte[0], new byte[0], 0, state.nowMillis(), lifetime, session));
        }
    }

    // The server's certificates, and ours

    PeerChain chain() {
        return chain;
    }

    PeerVerification verification() {
        return verification;
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
                look(shown);
            }

            @Override
            public @Nullable TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                return credentials(request);
            }
        };
    }

    private void look(TlsServerCertificate shown) throws IOException {
        chain = PeerChain.of(shown.getCertificate());
        if (chain.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.decode_error, "the server has shown no certificate");
        }
        if (!options.verify()) {
            verification = PeerVerification.UNVERIFIED;
            return;
        }
        verification = chain.isRaw()
                ? settings.verifier().verify(start, chain.publicKey())
                : settings.verifier().verify(start, chain.certificates(), staple(shown));
    }

    /** TLS 1.2 has a message for it, TLS 1.3 an extension of the certificate. */
    private byte @Nullable [] staple(TlsServerCertificate shown) throws IOException {
        CertificateStatus status = shown.getCertificateStatus();
        if (status == null && TlsUtils.isTLSv13(context)) {
            Hashtable<?, ?> extensions =
                    shown.getCertificate().getCertificateEntryAt(0).getExtensions();
            byte[] encoded = TlsUtils.getExtensionData(extensions, TlsExtensionsUtils.EXT_status_request);
            if (encoded != null) {
                status = CertificateStatus.parse(context, new ByteArrayInputStream(encoded));
            }
        }
        return status == null || status.getStatusType() != CertificateStatusType.ocsp
                ? null
                : status.getOCSPResponse().getEncoded();
    }

    private @Nullable TlsCredentials credentials(CertificateRequest request) throws IOException {
        boolean tls13 = TlsUtils.isTLSv13(context);
        short type = context.getSecurityParametersHandshake().getClientCertificateType();
        for (LocalIdentity identity : settings.identities()) {
            SignatureAndHashAlgorithm signature =
                    identity.signature(request.getSupportedSignatureAlgorithms(), settings.signatureSchemes(), tls13);
            // Before TLS 1.2 the signature follows from the key alone.
            boolean fits = signature != null || !TlsUtils.isTLSv12(context);
            if (fits && identity.certificateType() == type) {
                byte[] requestContext = tls13 ? request.getCertificateRequestContext() : new byte[0];
                return identity.signer(context, crypto, signature, requestContext, null);
            }
        }
        return null;
    }
}
