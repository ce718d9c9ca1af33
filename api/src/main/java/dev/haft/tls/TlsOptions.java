package dev.haft.tls;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How TLS is to be: immutable. Made by {@link #builder()}, used by way of a {@link #context()}.
 *
 * <p><b>Thread safety</b>: immutable; a builder is for one thread. The functions in it may be called from several threads.
 *
 * <p><b>Security</b>: safe by default. Each option that makes it weaker is named for that.
 *
 * <pre>{@code
 * TlsContext context = TlsOptions.builder()
 *         .identity(TlsIdentity.pemFiles(Path.of("chain.pem"), Path.of("key.pem")))
 *         .applicationProtocols("imap")
 *         .build()
 *         .context();
 * }</pre>
 */
public final class TlsOptions {
    private static final Duration LONGEST_TICKET_LIFETIME = Duration.ofDays(7);

    private static final TlsOptions STANDARD = builder().build();

    private final Builder values;

    private TlsOptions(Builder values) {
        this.values = values;
    }

    /**
     * All defaults.
     *
     * @return the options
     */
    public static TlsOptions standard() {
        return STANDARD;
    }

    /**
     * For other options, from the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * For other options, from these.
     *
     * @return a new builder
     */
    public Builder with() {
        return new Builder(values);
    }

    /**
     * A new context with these options; to be made once and shared.
     *
     * @return the context
     */
    public TlsContext context() {
        return TlsContext.of(this);
    }

    /**
     * The versions that may be used; TLS 1.2 and 1.3 by default. Parity {@code tls.method}.
     *
     * @return the value
     */
    public Set<TlsProtocol> protocols() {
        return values.protocols;
    }

    /**
     * The cipher suites, the preferred one first: IANA or OpenSSL names, or the words of OpenSSL's cipher strings, with
     * colons between them; null, the default: suites with AEAD and forward secrecy only. Parity {@code tls.ciphers}.
     *
     * @return the value
     */
    public @Nullable String ciphers() {
        return values.ciphers;
    }

    /**
     * The groups of the key exchange by their IANA names, in any case, the preferred one first: {@code X25519MLKEM768},
     * {@code x25519}, {@code secp256r1}, {@code ffdhe2048} …; empty, the default: the provider's. Parity {@code tls.dh}.
     *
     * @return the value
     */
    public List<String> groups() {
        return values.groups;
    }

    /**
     * The signatures by their IANA names, in any case, the preferred one first: {@code ecdsa_secp256r1_sha256}, {@code
     * ed25519}, {@code rsa_pss_rsae_sha256}, {@code mldsa65} …; empty, the default: the provider's.
     *
     * @return the value
     */
    public List<String> signatureSchemes() {
        return values.signatureSchemes;
    }

    /**
     * Who this end is; of several the first that the peer can use is shown. A server needs one, or a key both know. Parity
     * {@code tls.cert}.
     *
     * @return the value
     */
    public List<TlsIdentity> identities() {
        return values.identities;
    }

    /**
     * Whom this end trusts; empty, the default: what this machine trusts, or else this Java runtime. Parity {@code tls.ca}.
     *
     * @return the value
     */
    public List<TlsTrust> trust() {
        return values.trust;
    }

    /**
     * Whether what the peer shows is verified. Parity {@code tls.verify}.
     *
     * @return the value
     */
    public boolean verify() {
        return values.verify;
    }

    /**
     * Whether a server asks for a certificate. Parity {@code tls.verify}.
     *
     * @return the value
     */
    public TlsClientAuth clientAuth() {
        return values.clientAuth;
    }

    /**
     * How a client compares the certificate with the peer's name. Parity {@code tls.peername}.
     *
     * @return the value
     */
    public PeerNameScheme peerNameScheme() {
        return values.peerNameScheme;
    }

    /**
     * What has the last word about a certificate. Parity {@code tls.verify_cb}.
     *
     * @return the value
     */
    public @Nullable VerifyCallback verifyCallback() {
        return values.verifyCallback;
    }

    /**
     * Whether revocation lists are looked into, which {@link TlsTrust} brings; a certificate without a list is refused
     * then. Parity {@code tls.crl}.
     *
     * @return the value
     */
    public boolean checkCrl() {
        return values.checkCrl;
    }

    /**
     * What a client does with OCSP responses that the server staples (RFC 6066 §8); {@link TlsOcsp#CHECK} by default. A client
     * that verifies and asks for one takes no certificate without one that says that it must be there (must-staple, RFC 7633):
     * TLS_FAILED with the alert bad_certificate_status_response, unless {@link #verifyCallback} accepts it.
     *
     * @return the value
     */
    public TlsOcsp ocsp() {
        return values.ocsp;
    }

    /**
     * How many certificates the peer's chain may have, its own and the authority's included; 10 by default.
     *
     * @return the value
     */
    public int maxChainLength() {
        return values.maxChainLength;
    }

    /**
     * The server name that a client sends; null, the default: the peer's name if it is none of an address. Parity {@code
     * tls.sni}.
     *
     * @return the value
     */
    public @Nullable String serverName() {
        return values.serverName;
    }

    /**
     * Whether a client sends a server name. Parity {@code tls.sni}.
     *
     * @return the value
     */
    public boolean sendServerName() {
        return values.sendServerName;
    }

    /**
     * Gives the context that a server uses for a server name (in lower case); null from it: this one. It must not wait.
     * Parity {@code tls.sni}.
     *
     * @return the value
     */
    public @Nullable Function<String, @Nullable TlsContext> contextByName() {
        return values.contextByName;
    }

    /**
     * The protocols that ALPN offers or chooses from, the preferred one first. A server that has some, and a client that
     * offers only others: the handshake fails (RFC 7301 §3.2). Parity {@code tls.alpn}.
     *
     * @return the value
     */
    public List<String> applicationProtocols() {
        return values.applicationProtocols;
    }

    /**
     * Keys that both ends know already, for TLS 1.3.
     *
     * @return the value
     */
    public List<TlsPsk> psks() {
        return values.psks;
    }

    /**
     * Gives a server the key with that identity, besides {@link #psks}. It must not wait.
     *
     * @return the value
     */
    public @Nullable Function<byte[], @Nullable TlsPsk> pskLookup() {
        return values.pskLookup;
    }

    /**
     * Whether sessions are resumed and tickets are given and taken. Parity {@code tls.tickets}.
     *
     * @return the value
     */
    public boolean resumption() {
        return values.resumption;
    }

    /**
     * How long a session may be resumed; 2 hours by default, at most 7 days (RFC 8446 §4.6.1).
     *
     * @return the value
     */
    public Duration ticketLifetime() {
        return values.ticketLifetime;
    }

    /**
     * A file with the keys of a server's tickets, so that several machines take each other's: 80 bytes a key, the first
     * seals, all open; read again when it has changed. Null, the default: own keys, changed every ticketLifetime. Parity
     * {@code tls.tickets}.
     *
     * @return the value
     */
    public @Nullable Path ticketKeyFile() {
        return values.ticketKeyFile;
    }

    /**
     * How many sessions a client keeps to resume; 10,000 by default.
     *
     * @return the value
     */
    public int maxSessions() {
        return values.maxSessions;
    }

    /**
     * How long one message of a handshake may be; 64 KiB by default.
     *
     * @return the value
     */
    public int maxHandshakeMessageBytes() {
        return values.maxHandshakeMessageBytes;
    }

    /**
     * How many bytes a peer may send until a handshake is done; 256 KiB by default.
     *
     * @return the value
     */
    public int maxHandshakeBytes() {
        return values.maxHandshakeBytes;
    }

    /**
     * How long a handshake may take; 30 s by default. What drives the engine minds it.
     *
     * @return the value
     */
    public Duration handshakeTimeout() {
        return values.handshakeTimeout;
    }

    /**
     * Where the long computations of handshakes run; null, the default: where the engine is driven, which takes about half
     * a millisecond.
     *
     * @return the value
     */
    public @Nullable Executor executor() {
        return values.executor;
    }

    /**
     * How often files are looked at for changes, at most: when a handshake begins; every 10 s by default.
     *
     * @return the value
     */
    public Duration reloadEvery() {
        return values.reloadEvery;
    }

    /**
     * Gets what the provider drives, to tune it, before each handshake: an object of its library. Parity {@code
     * tls.prepare}.
     *
     * @return the value
     */
    public @Nullable Consumer<Object> prepare() {
        return values.prepare;
    }

    /** Collects options. For one thread. */
    public static final class Builder {
        private Set<TlsProtocol> protocols =
                Collections.unmodifiableSet(EnumSet.of(TlsProtocol.TLS_1_2, TlsProtocol.TLS_1_3));
        private @Nullable String ciphers = null;
        private List<String> groups = List.of();
        private List<String> signatureSchemes = List.of();
        private List<TlsIdentity> identities = List.of();
        private List<TlsTrust> trust = List.of();
        private boolean verify = true;
        private TlsClientAuth clientAuth = TlsClientAuth.NONE;
        private PeerNameScheme peerNameScheme = PeerNameScheme.standard();
        private @Nullable VerifyCallback verifyCallback = null;
        private boolean checkCrl = false;
        private TlsOcsp ocsp = TlsOcsp.CHECK;
        private int maxChainLength = 10;
        private @Nullable String serverName = null;
        private boolean sendServerName = true;
        private @Nullable Function<String, @Nullable TlsContext> contextByName = null;
        private List<String> applicationProtocols = List.of();
        private List<TlsPsk> psks = List.of();
        private @Nullable Function<byte[], @Nullable TlsPsk> pskLookup = null;
        private boolean resumption = true;
        private Duration ticketLifetime = Duration.ofHours(2);
        private @Nullable Path ticketKeyFile = null;
        private int maxSessions = 10_000;
        private int maxHandshakeMessageBytes = 65_536;
        private int maxHandshakeBytes = 262_144;
        private Duration handshakeTimeout = Duration.ofSeconds(30);
        private @Nullable Executor executor = null;
        private Duration reloadEvery = Duration.ofSeconds(10);
        private @Nullable Consumer<Object> prepare = null;

        private Builder() {}

        private Builder(Builder from) {
            protocols = from.protocols;
            ciphers = from.ciphers;
            groups = from.groups;
            signatureSchemes = from.signatureSchemes;
            identities = from.identities;
            trust = from.trust;
            verify = from.verify;
            clientAuth = from.clientAuth;
            peerNameScheme = from.peerNameScheme;
            verifyCallback = from.verifyCallback;
            checkCrl = from.checkCrl;
            ocsp = from.ocsp;
            maxChainLength = from.maxChainLength;
            serverName = from.serverName;
            sendServerName = from.sendServerName;
            contextByName = from.contextByName;
            applicationProtocols = from.applicationProtocols;
            psks = from.psks;
            pskLookup = from.pskLookup;
            resumption = from.resumption;
            ticketLifetime = from.ticketLifetime;
            ticketKeyFile = from.ticketKeyFile;
            maxSessions = from.maxSessions;
            maxHandshakeMessageBytes = from.maxHandshakeMessageBytes;
            maxHandshakeBytes = from.maxHandshakeBytes;
            handshakeTimeout = from.handshakeTimeout;
            executor = from.executor;
            reloadEvery = from.reloadEvery;
            prepare = from.prepare;
        }

        /**
         * The versions that may be used; TLS 1.2 and 1.3 by default. Parity {@code tls.method}.
         *
         * @param value at least one
         * @return this
         */
        public Builder protocols(TlsProtocol... value) {
            if (value.length == 0) {
                throw new IllegalArgumentException("protocols: none, must be at least one");
            }
            protocols = Collections.unmodifiableSet(EnumSet.copyOf(List.of(value)));
            return this;
        }

        /**
         * The same by usual names.
         *
         * @param value at least one, as {@link TlsProtocol#of} takes it
         * @return this
         */
        public Builder protocols(String... value) {
            return protocols(Arrays.stream(value).map(TlsProtocol::of).toArray(TlsProtocol[]::new));
        }

        /**
         * The cipher suites, the preferred one first: IANA or OpenSSL names, or the words of OpenSSL's cipher strings, with
         * colons between them; null, the default: suites with AEAD and forward secrecy only. Parity {@code tls.ciphers}.
         *
         * @param value null: none
         * @return this
         */
        public Builder ciphers(@Nullable String value) {
            ciphers = value;
            return this;
        }

        /**
         * The groups of the key exchange by their IANA names, in any case, the preferred one first: {@code X25519MLKEM768},
         * {@code x25519}, {@code secp256r1}, {@code ffdhe2048} …; empty, the default: the provider's. Parity {@code
         * tls.dh}.
         *
         * @param value the values
         * @return this
         */
        public Builder groups(String... value) {
            groups = List.of(value);
            return this;
        }

        /**
         * The signatures by their IANA names, in any case, the preferred one first: {@code ecdsa_secp256r1_sha256}, {@code
         * ed25519}, {@code rsa_pss_rsae_sha256}, {@code mldsa65} …; empty, the default: the provider's.
         *
         * @param value the values
         * @return this
         */
        public Builder signatureSchemes(String... value) {
            signatureSchemes = List.of(value);
            return this;
        }

        /**
         * Who this end is; of several the first that the peer can use is shown. A server needs one, or a key both know.
         * Parity {@code tls.cert}.
         *
         * @param value the preferred one first
         * @return this
         */
        public Builder identities(TlsIdentity... value) {
            identities = List.of(value);
            return this;
        }

        /**
         * Who this end is.
         *
         * @param value the only one
         * @return this
         */
        public Builder identity(TlsIdentity value) {
            return identities(value);
        }

        /**
         * Whom this end trusts; empty, the default: what this machine trusts, or else this Java runtime. Parity {@code
         * tls.ca}.
         *
         * @param value the values
         * @return this
         */
        public Builder trust(TlsTrust... value) {
            trust = List.of(value);
            return this;
        }

        /**
         * Whether what the peer shows is verified. Parity {@code tls.verify}.
         *
         * @param value the value
         * @return this
         */
        public Builder verify(boolean value) {
            verify = value;
            return this;
        }

        /**
         * Whether a server asks for a certificate. Parity {@code tls.verify}.
         *
         * @param value the value
         * @return this
         */
        public Builder clientAuth(TlsClientAuth value) {
            clientAuth = Objects.requireNonNull(value, "clientAuth");
            return this;
        }

        /**
         * How a client compares the certificate with the peer's name. Parity {@code tls.peername}.
         *
         * @param value the value
         * @return this
         */
        public Builder peerNameScheme(PeerNameScheme value) {
            peerNameScheme = Objects.requireNonNull(value, "peerNameScheme");
            return this;
        }

        /**
         * What has the last word about a certificate. Parity {@code tls.verify_cb}.
         *
         * @param value null: none
         * @return this
         */
        public Builder verifyCallback(@Nullable VerifyCallback value) {
            verifyCallback = value;
            return this;
        }

        /**
         * Whether revocation lists are looked into, which {@link TlsTrust} brings; a certificate without a list is refused
         * then. Parity {@code tls.crl}.
         *
         * @param value the value
         * @return this
         */
        public Builder checkCrl(boolean value) {
            checkCrl = value;
            return this;
        }

        /**
         * What a client does with OCSP responses that the server staples (RFC 6066 §8), and with a certificate that says that
         * one must be there; see {@link TlsOptions#ocsp}.
         *
         * @param value the value
         * @return this
         */
        public Builder ocsp(TlsOcsp value) {
            ocsp = Objects.requireNonNull(value, "ocsp");
            return this;
        }

        /**
         * How many certificates the peer's chain may have, its own and the authority's included; 10 by default.
         *
         * @param value at least 1
         * @return this
         */
        public Builder maxChainLength(int value) {
            maxChainLength = atLeast(1, value, "maxChainLength");
            return this;
        }

        /**
         * The server name that a client sends; null, the default: the peer's name if it is none of an address. Parity
         * {@code tls.sni}.
         *
         * @param value null: none
         * @return this
         */
        public Builder serverName(@Nullable String value) {
            serverName = value;
            return this;
        }

        /**
         * Whether a client sends a server name. Parity {@code tls.sni}.
         *
         * @param value the value
         * @return this
         */
        public Builder sendServerName(boolean value) {
            sendServerName = value;
            return this;
        }

        /**
         * Gives the context that a server uses for a server name (in lower case); null from it: this one. It must not wait.
         * Parity {@code tls.sni}.
         *
         * @param value null: this context for all names
         * @return this
         */
        public Builder contextByName(@Nullable Function<String, @Nullable TlsContext> value) {
            contextByName = value;
            return this;
        }

        /**
         * The contexts that a server uses by name.
         *
         * @param value by server name; {@code *.example.org} is for all names with one label before {@code .example.org}
         * that
         *     have no context of their own
         * @return this
         */
        public Builder contextsByName(Map<String, TlsContext> value) {
            Map<String, TlsContext> byName = value.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(
                            e -> e.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
            return contextByName(name -> {
                TlsContext exact = byName.get(name);
                int dot = name.indexOf('.');
                return exact != null || dot < 1 ? exact : byName.get("*" + name.substring(dot));
            });
        }

        /**
         * The protocols that ALPN offers or chooses from, the preferred one first. A server that has some, and a client
         * that offers only others: the handshake fails (RFC 7301 §3.2). Parity {@code tls.alpn}.
         *
         * @param value each 1 to 255 bytes in UTF-8
         * @return this
         */
        public Builder applicationProtocols(String... value) {
            for (String name : value) {
                int length = name.getBytes(StandardCharsets.UTF_8).length;
                if (length < 1 || length > 255) {
                    throw new IllegalArgumentException(
                            "applicationProtocols: one has " + length + " bytes, must be 1 to 255");
                }
            }
            applicationProtocols = List.of(value);
            return this;
        }

        /**
         * Keys that both ends know already, for TLS 1.3.
         *
         * @param value the values
         * @return this
         */
        public Builder psks(TlsPsk... value) {
            psks = List.of(value);
            return this;
        }

        /**
         * Gives a server the key with that identity, besides {@link #psks}. It must not wait.
         *
         * @param value null: none
         * @return this
         */
        public Builder pskLookup(@Nullable Function<byte[], @Nullable TlsPsk> value) {
            pskLookup = value;
            return this;
        }

        /**
         * Whether sessions are resumed and tickets are given and taken. Parity {@code tls.tickets}.
         *
         * @param value the value
         * @return this
         */
        public Builder resumption(boolean value) {
            resumption = value;
            return this;
        }

        /**
         * How long a session may be resumed; 2 hours by default, at most 7 days (RFC 8446 §4.6.1).
         *
         * @param value more than 0, at most 7 days
         * @return this
         */
        public Builder ticketLifetime(Duration value) {
            if (value.compareTo(LONGEST_TICKET_LIFETIME) > 0) {
                throw new IllegalArgumentException(
                        "ticketLifetime: " + value + ", must be at most " + LONGEST_TICKET_LIFETIME);
            }
            ticketLifetime = positive(value, "ticketLifetime");
            return this;
        }

        /**
         * A file with the keys of a server's tickets, so that several machines take each other's: 80 bytes a key, the first
         * seals, all open; read again when it has changed. Null, the default: own keys, changed every ticketLifetime.
         * Parity {@code tls.tickets}.
         *
         * @param value null: none
         * @return this
         */
        public Builder ticketKeyFile(@Nullable Path value) {
            ticketKeyFile = value;
            return this;
        }

        /**
         * How many sessions a client keeps to resume; 10,000 by default.
         *
         * @param value at least 0
         * @return this
         */
        public Builder maxSessions(int value) {
            maxSessions = atLeast(0, value, "maxSessions");
            return this;
        }

        /**
         * How long one message of a handshake may be; 64 KiB by default.
         *
         * @param value at least 4096
         * @return this
         */
        public Builder maxHandshakeMessageBytes(int value) {
            maxHandshakeMessageBytes = atLeast(4096, value, "maxHandshakeMessageBytes");
            return this;
        }

        /**
         * How many bytes a peer may send until a handshake is done; 256 KiB by default.
         *
         * @param value at least 4096
         * @return this
         */
        public Builder maxHandshakeBytes(int value) {
            maxHandshakeBytes = atLeast(4096, value, "maxHandshakeBytes");
            return this;
        }

        /**
         * How long a handshake may take; 30 s by default. What drives the engine minds it.
         *
         * @param value more than 0
         * @return this
         */
        public Builder handshakeTimeout(Duration value) {
            handshakeTimeout = positive(value, "handshakeTimeout");
            return this;
        }

        /**
         * Where the long computations of handshakes run; null, the default: where the engine is driven, which takes about
         * half a millisecond.
         *
         * @param value null: none
         * @return this
         */
        public Builder executor(@Nullable Executor value) {
            executor = value;
            return this;
        }

        /**
         * How often files are looked at for changes, at most: when a handshake begins; every 10 s by default.
         *
         * @param value more than 0
         * @return this
         */
        public Builder reloadEvery(Duration value) {
            reloadEvery = positive(value, "reloadEvery");
            return this;
        }

        /**
         * Gets what the provider drives, to tune it, before each handshake: an object of its library. Parity {@code
         * tls.prepare}.
         *
         * @param value null: none
         * @return this
         */
        public Builder prepare(@Nullable Consumer<Object> value) {
            prepare = value;
            return this;
        }

        /**
         * The options.
         *
         * @return immutable
         */
        public TlsOptions build() {
            return new TlsOptions(new Builder(this));
        }

        private static int atLeast(int least, int value, String option) {
            if (value < least) {
                throw new IllegalArgumentException(option + ": " + value + ", must be at least " + least);
            }
            return value;
        }

        private static Duration positive(Duration value, String option) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(option + ": " + value + ", must be more than 0");
            }
            return value;
        }
    }
}
