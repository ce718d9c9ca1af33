package dev.haft.tls.bc;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.tls.TlsClientAuth;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsTrust;
import dev.haft.tls.bc.context.ContextLoader;
import dev.haft.tls.bc.context.ContextParts;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is made of a context and kept for it: loaded settings, ticket keys, the sessions of a client. For any thread.
 *
 * <p>It must not refer to the context or its options, which may refer to it by their functions: the provider keeps it weakly.
 */
final class ContextState {
    private final SecureRandom random;
    private final InstantSource clock;
    private final ContextLoader loader;
    private final TicketKeys ticketKeys;
    private final ClientTickets clientTickets;
    private final byte[] policy;
    private final KnownCertificates certificates;
    private final JdkKem jdkKem;
    private volatile @Nullable Settings clientSettings;
    private volatile @Nullable Settings serverSettings;
    private PeerChain lastChain = PeerChain.EMPTY;

    ContextState(TlsOptions options, SecureRandom random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
        certificates = new KnownCertificates(random);
        jdkKem = new JdkKem(random);
        loader = new ContextLoader(clock);
        ticketKeys =
                new TicketKeys(random, clock, options.ticketLifetime(), options.ticketKeyFile(), options.reloadEvery());
        clientTickets = new ClientTickets(clock, options.maxSessions());
        policy = policy(options);
    }

    /** Who asks for more of a client does not take the tickets of who asks for less, even with the same key file. */
    private static byte[] policy(TlsOptions options) {
        TlsClientAuth auth = options.clientAuth();
        List<TlsTrust> trust = auth == TlsClientAuth.NONE ? List.of() : options.trust();
        String text = auth + " " + options.verify() + " " + options.checkCrl() + " " + trust;
        return KeyDerivation.SHA_256.hash(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The settings, made anew if a file has changed. If that fails the ones before stay in use.
     *
     * @throws HandleException TLS_FAILED if there are none yet
     */
    Settings settings(TlsOptions options, TlsRole role) throws HandleException {
        ContextParts parts = loader.parts(options, role);
        Settings known = role == TlsRole.CLIENT ? clientSettings : serverSettings;
        if (known != null && known.areOf(parts)) {
            return known;
        }
        try {
            Settings made = Settings.of(parts, crypto());
            if (role == TlsRole.CLIENT) {
                clientSettings = made;
            } else {
                serverSettings = made;
            }
            return made;
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new HandleException(ErrorCode.TLS_FAILED, "TLS options cannot be used: " + e.getMessage(), e);
        }
    }

    HybridCrypto crypto() {
        return new HybridCrypto(random, certificates, jdkKem);
    }

    SecureRandom random() {
        return random;
    }

    long nowMillis() {
        return clock.millis();
    }

    TicketKeys ticketKeys() {
        return ticketKeys;
    }

    ClientTickets clientTickets() {
        return clientTickets;
    }

    byte[] policy() {
        return policy.clone();
    }

    /** The same chain, shared by the connections to one peer. */
    synchronized PeerChain shared(PeerChain chain) {
        if (lastChain.equals(chain)) {
            return lastChain;
        }
        lastChain = chain;
        return chain;
    }
}
