package dev.haft.tls.bc;

import dev.haft.HandleException;
import dev.haft.tls.TlsClientAuth;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsPsk;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsSession.PeerVerification;
import dev.haft.tls.TlsStart;
import dev.haft.tls.TlsTrust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.Locale;
import java.util.Objects;
import java.util.Vector;
import java.util.function.Function;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.BasicTlsPSKExternal;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatus;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.ClientHello;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.NewSessionTicket;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.PskIdentity;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.SessionParameters;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsPSKExternal;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/** What a server answers: with the context that the client's server name has chosen. */
final class ServerPeer extends AbstractTlsServer {
    private static final Integer EXT_SESSION_TICKET = 35;

    private final HybridCrypto crypto;
    private final BcTlsProvider provider;
    private TlsStart start;
    private ContextState state;
    private Settings settings;
    private boolean looked;
    private @Nullable String serverName;
    private @Nullable String applicationProtocol;
    private @Nullable Ticket resumed;
    private @Nullable TlsPSKExternal selectedPsk;
    private @Nullable TlsPsk externalPsk;
    private @Nullable TlsCredentials credentials;
    private @Nullable LocalIdentity shown;
    private PeerChain chain = PeerChain.EMPTY;
    private PeerVerification verification = PeerVerification.NONE;

    ServerPeer(TlsStart start, ContextState state, Settings settings, HybridCrypto crypto, BcTlsProvider provider) {
        super(crypto);
        this.crypto = crypto;
        this.provider = provider;
        this.start = start;
        this.state = state;
        this.settings = settings;
    }

    TlsOptions options() {
        return start.context().options();
    }

    // The client's hello

    /** Looks at a hello before BouncyCastle does: the server name chooses the context. */
    void look(ClientHello hello) throws IOException {
        Hashtable<?, ?> extensions = hello.getExtensions();
        String name = extensions == null
                ? null
                : Agreement.serverName(TlsExtensionsUtils.getServerNameExtensionClient(extensions));
        if (looked) {
            // After a HelloRetryRequest.
            if (!Objects.equals(name, serverName)) {
                throw new TlsFatalAlert(AlertDescription.illegal_parameter, "the server name has changed");
            }
            return;
        }
        looked = true;
        serverName = name;
        Function<String, @Nullable TlsContext> byName = options().contextByName();
        if (name != null && byName != null) {
            choose(ask(byName, name.toLowerCase(Locale.ROOT)));
        }
        applicationProtocol = extensions == null ? null : common(TlsExtensionsUtils.getALPNExtensionClient(extensions));
    }

    /** Asks the program; that it fails is not the client's fault. */
    private static <T, R> @Nullable R ask(Function<T, @Nullable R> program, T about) {
        try {
            return program.apply(about);
        } catch (RuntimeException e) {
            throw new UncheckedIOException("a function of the options has failed: " + e, new IOException(e));
        }
    }

    private void choose(@Nullable TlsContext chosen) throws IOException {
        if (chosen == null || chosen == start.context()) {
            return;
        }
        try {
            state = provider.state(chosen);
            settings = state.settings(chosen.options(), TlsRole.SERVER);
        } catch (HandleException e) {
            throw new TlsFatalAlert(AlertDescription.internal_error, e.getMessage(), e);
        }
        start = new TlsStart(chosen, start.role(), start.peerName(), start.peerPort(), start.handle());
    }

    private @Nullable String common(@Nullable Vector<?> offered) {
        if (offered != null) {
            for (String ours : options().applicationProtocols()) {
                if (offered.contains(ProtocolName.asUtf8Encoding(ours))) {
                    return ours;
                }
            }
        }
        return null;
    }

    // What is chosen

    @Override
    public ProtocolVersion[] getProtocolVersions() {
        return settings.versions();
    }

    @Override
    public int[] getCipherSuites() {
        return settings.suites();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return settings.suites();
    }

    @Override
    protected boolean preferLocalCipherSuites() {
        return true;
    }

    @Override
    public int[] getSupportedGroups() {
        return settings.groups();
    }

    @Override
    public int getMaxCertificateChainLength() {
        return options().maxChainLength();
    }

    @Override
    public int getMaxHandshakeMessageSize() {
        return options().maxHandshakeMessageBytes();
    }

    @Override
    protected @Nullable Vector<?> getProtocolNames() {
        if (options().applicationProtocols().isEmpty()) {
            return null;
        }
        Vector<ProtocolName> names = new Vector<>();
        options().applicationProtocols().forEach(name -> names.add(ProtocolName.asUtf8Encoding(name)));
        return names;
    }

    @Override
    public int getSelectedCipherSuite() throws IOException {
        TlsPSKExternal psk = selectedPsk;
        if (psk == null || !TlsUtils.isTLSv13(context)) {
            return super.getSelectedCipherSuite();
        }
        // A PSK goes with the suites of its hash alone.
        for (int suite : getCipherSuites()) {
            if (isOffered(suite) && goesWith(suite, psk.getPRFAlgorithm())) {
                return suite;
            }
        }
        throw new TlsFatalAlert(AlertDescription.handshake_failure, getDetailMessageNoCipherSuite());
    }

    private boolean isOffered(int suite) {
        return Settings.contains(offeredCipherSuites, suite)
                && TlsUtils.isValidVersionForCipherSuite(suite, ProtocolVersion.TLSv13);
    }

    private static boolean goesWith(int suite, int prf) {
        boolean sha384 = suite == CipherSuite.TLS_AES_256_GCM_SHA384;
        return prf == ClientPeer.prf(sha384);
    }

    private boolean hasSuiteFor(int prf) {
        for (int suite : getCipherSuites()) {
            if (isOffered(suite) && goesWith(suite, prf)) {
                return true;
            }
        }
        return false;
    }

    @Override
    protected boolean selectCipherSuite(int cipherSuite) throws IOException {
        if (!TlsUtils.isTLSv13(context) && find(TlsUtils.getKeyExchangeAlgorithm(cipherSuite)) == null) {
            return false;
        }
        return super.selectCipherSuite(cipherSuite);
    }

    @Override
    protected int getMaximumNegotiableCurveBits() {
        int most = 0;
        for (int group : curves()) {
            most = Math.max(most, NamedGroup.getCurveBits(group));
        }
        return most;
    }

    @Override
    protected int selectECDH(int minimumCurveBits) {
        for (int group : curves()) {
            if (NamedGroup.getCurveBits(group) >= minimumCurveBits) {
                return group;
            }
        }
        return -1;
    }

    /** The curves of TLS 1.2 that both ends know, in the client's order. */
    private int[] curves() {
        int[] clients = context.getSecurityParametersHandshake().getClientSupportedGroups();
        int[] known = clients == null ? new int[] {NamedGroup.secp256r1} : clients;
        return Arrays.stream(known)
                .filter(g -> settings.hasGroup(g)
                        && NamedGroup.canBeNegotiated(g, ProtocolVersion.TLSv12)
                        && NamedGroup.getCurveBits(g) > 0)
                .toArray();
    }

    // Who this end is

    @Override
    public TlsCredentials getCredentials() throws IOException {
        TlsCredentials known = credentials;
        if (known != null) {
            return known;
        }
        SecurityParameters handshake = context.getSecurityParametersHandshake();
        boolean tls13 = TlsUtils.isTLSv13(context);
        LocalIdentity identity = find(tls13 ? -1 : handshake.getKeyExchangeAlgorithm());
        SignatureAndHashAlgorithm signature = identity == null ? null : signature(identity);
        if (identity == null || (signature == null && !isLegacy())) {
            throw new TlsFatalAlert(
                    AlertDescription.handshake_failure, "the client takes no signature that this server's keys make");
        }
        shown = identity;
        TlsCredentials made = identity.signer(
                context,
                crypto,
                signature,
                new byte[0],
                certificateStatusRequest == null ? null : identity.status(state.nowMillis()));
        credentials = made;
        return made;
    }

    /** The first identity that can be used; -1 for any key exchange. */
    private @Nullable LocalIdentity find(int keyExchange) throws IOException {
        short[] types = clientExtensions == null
                ? null
                : TlsExtensionsUtils.getServerCertificateTypeExtensionClient(clientExtensions);
        for (LocalIdentity identity : settings.identities()) {
            boolean typeFits = types == null ? !identity.isRaw() : contains(types, identity.certificateType());
            if (typeFits
                    && (keyExchange < 0 || identity.fits(keyExchange))
                    && (isLegacy() || signature(identity) != null)) {
                return identity;
            }
        }
        return null;
    }

    /** Before TLS 1.2 the signature follows from the key alone. */
    private boolean isLegacy() {
        return !TlsUtils.isTLSv12(context);
    }

    private static boolean contains(short[] types, short wanted) {
        for (short type : types) {
            if (type == wanted) {
                return true;
            }
        }
        return false;
    }

    private @Nullable SignatureAndHashAlgorithm signature(LocalIdentity identity) throws IOException {
        return identity.signature(
                context.getSecurityParametersHandshake().getClientSigAlgs(),
                settings.signatureSchemes(),
                TlsUtils.isTLSv13(context));
    }

    @Override
    protected boolean allowCertificateStatus() {
        try {
            LocalIdentity identity = TlsUtils.isTLSv13(context)
                    ? null
                    : find(context.getSecurityParametersHandshake().getKeyExchangeAlgorithm());
            return identity != null && identity.status(state.nowMillis()) != null;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public @Nullable CertificateStatus getCertificateStatus() {
        LocalIdentity identity = shown;
        return identity == null ? null : identity.status(state.nowMillis());
    }

    // Who the client is

    @Override
    public @Nullable CertificateRequest getCertificateRequest() throws IOException {
        if (options().clientAuth() == TlsClientAuth.NONE) {
            return null;
        }
        Vector<SignatureAndHashAlgorithm> signatures = settings.signatures();
        if (TlsUtils.isTLSv13(context)) {
            return new CertificateRequest(new byte[0], signatures, null, settings.authorities());
        }
        return new CertificateRequest(
                new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign},
                signatures,
                settings.authorities());
    }

    @Override
    protected short @Nullable [] getAllowedClientCertificateTypes() {
        boolean raw = options().trust().stream().anyMatch(TlsTrust.RawKeys.class::isInstance);
        return raw && options().clientAuth() != TlsClientAuth.NONE
                ? new short[] {CertificateType.RawPublicKey, CertificateType.X509}
                : null;
    }

    @Override
    public void notifyClientCertificate(Certificate clientCertificate) throws IOException {
        chain = PeerChain.of(clientCertificate);
        if (chain.isEmpty()) {
            if (options().clientAuth() == TlsClientAuth.NEED) {
                throw new TlsFatalAlert(
                        TlsUtils.isTLSv13(context)
                                ? AlertDescription.certificate_required
                                : AlertDescription.handshake_failure,
                        "the client has shown no certificate");
            }
        } else if (!options().verify()) {
            verification = PeerVerification.UNVERIFIED;
        } else {
            verification = chain.isRaw()
                    ? settings.verifier().verify(start, chain.publicKey())
                    : settings.verifier().verify(start, chain.certificates(), null);
        }
    }

    PeerChain chain() {
        return chain;
    }

    PeerVerification verification() {
        return verification;
    }

    // Resumption and keys that are known

    boolean givesTickets() {
        return options().resumption();
    }

    /** The session that goes on; null if it is a new one. */
    @Nullable Ticket resumed() {
        return resumed;
    }

    byte @Nullable [] pskIdentity() {
        TlsPsk psk = externalPsk;
        return psk == null ? null : psk.identity();
    }

    private ServerTickets tickets() {
        return new ServerTickets(state, options(), serverName, applicationProtocol);
    }

    /** A NewSessionTicket of TLS 1.3. */
    byte[] newSessionTicket(Agreement agreed, byte[] nonce, byte[] psk) throws IOException {
        return tickets().message(agreed, nonce, psk, resumed);
    }

    @Override
    public @Nullable TlsPSKExternal getExternalPSK(Vector identities) {
        try {
            return select(identities);
        } catch (IOException e) {
            // A ticket that cannot be read is none: the handshake goes on in full.
            return null;
        }
    }

    @SuppressWarnings("unchecked")
    private @Nullable TlsPSKExternal select(Vector identities) throws IOException {
        for (int i = 0; i < identities.size(); i++) {
            byte[] identity = ((PskIdentity) identities.get(i)).getIdentity();
            TlsPSKExternal psk = select(identity);
            if (psk != null) {
                // BouncyCastle looks for the identity with an age of 0.
                identities.set(i, new PskIdentity(identity, 0L));
                selectedPsk = psk;
                return psk;
            }
        }
        return null;
    }

    private @Nullable TlsPSKExternal select(byte[] identity) throws IOException {
        TlsPsk known = externalPsk(identity);
        if (known != null) {
            TlsPSKExternal psk = ClientPeer.external(crypto, known);
            if (hasSuiteFor(psk.getPRFAlgorithm())) {
                externalPsk = known;
                return psk;
            }
            return null;
        }
        Ticket ticket = tickets().open(identity, ProtocolVersion.TLSv13, getCipherSuites());
        if (ticket == null) {
            return null;
        }
        int prf = ClientPeer.prf(ticket.suite() == CipherSuite.TLS_AES_256_GCM_SHA384);
        if (!hasSuiteFor(prf)) {
            return null;
        }
        resumed = ticket;
        return new BasicTlsPSKExternal(
                identity, new ResumptionSecret(crypto, ticket.secret().bytes()), prf);
    }

    private @Nullable TlsPsk externalPsk(byte[] identity) {
        for (TlsPsk psk : options().psks()) {
            if (Arrays.equals(psk.identity(), identity)) {
                return psk;
            }
        }
        Function<byte[], @Nullable TlsPsk> lookup = options().pskLookup();
        TlsPsk found = lookup == null ? null : ask(lookup, identity.clone());
        return found != null && Arrays.equals(found.identity(), identity) ? found : null;
    }

    @Override
    public @Nullable TlsSession getSessionToResume(byte[] sessionID) {
        byte[] sealed = TlsUtils.getExtensionData(clientExtensions, EXT_SESSION_TICKET);
        if (sealed == null || sealed.length == 0 || sessionID.length == 0) {
            return null;
        }
        try {
            Ticket ticket = tickets().open(sealed, ProtocolVersion.TLSv12, getCipherSuites());
            if (ticket == null || !Settings.contains(offeredCipherSuites, ticket.suite())) {
                return null;
            }
            resumed = ticket;
            SessionParameters parameters = new SessionParameters.Builder()
                    .setCipherSuite(ticket.suite())
                    .setExtendedMasterSecret(ticket.extendedMasterSecret())
                    .setMasterSecret(crypto.createSecret(ticket.secret().bytes()))
                    .setNegotiatedVersion(ProtocolVersion.TLSv12)
                    .setServerExtensions(new Hashtable<>())
                    .build();
            return TlsUtils.importSession(sessionID, parameters);
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public void getServerExtensionsForConnection(Hashtable serverExtensions) throws IOException {
        super.getServerExtensionsForConnection(serverExtensions);
        SecurityParameters handshake = context.getSecurityParametersHandshake();
        if (!TlsUtils.isTLSv13(context)
                && options().resumption()
                && !handshake.isResumedSession()
                && handshake.isExtendedMasterSecret()
                && TlsUtils.getExtensionData(clientExtensions, EXT_SESSION_TICKET) != null
                && !serverExtensions.containsKey(TlsExtensionsUtils.EXT_max_fragment_length)) {
            serverExtensions.put(EXT_SESSION_TICKET, new byte[0]);
        }
    }

    @Override
    public NewSessionTicket getNewSessionTicket() throws IOException {
        SecurityParameters handshake = context.getSecurityParametersHandshake();
        Agreement agreed = new Agreement(start.role(), handshake, crypto, false);
        agreed.chain = chain;
        agreed.verification = verification;
        if (verification == PeerVerification.OVERRIDDEN) {
            return super.getNewSessionTicket();
        }
        return new NewSessionTicket(
                tickets().lifetimeSeconds(null), tickets().seal(agreed, agreed.exporterSecret, null));
    }
}
