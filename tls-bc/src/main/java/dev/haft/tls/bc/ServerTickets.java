package dev.haft.tls.bc;

import dev.haft.tls.TlsClientAuth;
import dev.haft.tls.TlsOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.tls.HandshakeType;
import org.bouncycastle.tls.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/**
 * The tickets that a server gives and takes in one handshake.
 *
 * @param state has their keys
 * @param options of the server
 * @param serverName what the client asked for: a ticket is good for this name alone
 * @param applicationProtocol what was agreed on: a ticket is good for this protocol alone
 */
record ServerTickets(
        ContextState state,
        TlsOptions options,
        @Nullable String serverName,
        @Nullable String applicationProtocol) {
    private byte[] boundTo() {
        byte[] names = (serverName + "\0" + applicationProtocol).getBytes(StandardCharsets.UTF_8);
        return Agreement.joined(state.policy(), names);
    }

    /** What a ticket says; null if it is none of these, or may not be used here. */
    @Nullable Ticket open(byte[] sealed, ProtocolVersion version, int[] suites) throws IOException {
        byte[] content = options.resumption() ? state.ticketKeys().open(sealed, boundTo()) : null;
        if (content == null) {
            return null;
        }
        Ticket ticket = Ticket.decode(content);
        long age = state.nowMillis() - ticket.issuedMillis();
        boolean good = ticket.version() == version.getFullVersion()
                && age >= 0
                && age < options.ticketLifetime().toMillis()
                && Settings.contains(suites, ticket.suite())
                && !(options.clientAuth() == TlsClientAuth.NEED
                        && ticket.chain().isEmpty());
        return good ? ticket : null;
    }

    /**
     * Makes one.
     *
     * @param first that with which this session was resumed: however often that is done, it ends; null if it is a new one
     */
    byte[] seal(Agreement agreed, byte[] secret, @Nullable Ticket first) throws IOException {
        Ticket ticket = new Ticket(
                agreed.version,
                agreed.suite,
                agreed.extendedMasterSecret,
                first == null ? state.nowMillis() : first.issuedMillis(),
                new Ticket.Secret(secret),
                agreed.verification,
                agreed.chain);
        return state.ticketKeys().seal(ticket.encode(), boundTo());
    }

    /** How long a session goes on from now. */
    long lifetimeSeconds(@Nullable Ticket first) {
        long age = first == null ? 0 : state.nowMillis() - first.issuedMillis();
        return Math.max(0, (options.ticketLifetime().toMillis() - age) / 1000);
    }

    /** A NewSessionTicket of TLS 1.3 (RFC 8446 §4.6.1). */
    byte[] message(Agreement agreed, byte[] nonce, byte[] psk, @Nullable Ticket first) throws IOException {
        byte[] sealed = seal(agreed, psk, first);
        int length = 4 + 4 + 1 + nonce.length + 2 + sealed.length + 2;
        return ByteBuffer.allocate(4 + length)
                .putInt(HandshakeType.new_session_ticket << 24 | length)
                .putInt((int) lifetimeSeconds(first))
                .putInt(state.random().nextInt())
                .put((byte) nonce.length)
                .put(nonce)
                .putShort((short) sealed.length)
                .put(sealed)
                .putShort((short) 0)
                .array();
    }
}
