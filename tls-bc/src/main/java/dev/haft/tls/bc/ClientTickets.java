package dev.haft.tls.bc;

import dev.haft.tls.TlsSession.PeerVerification;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.tls.TlsSession;
import org.jspecify.annotations.Nullable;

/** What a client remembers of sessions to resume them, by peer: the newest few of each, each used once. For any thread. */
final class ClientTickets {
    private static final int KEPT_OF_A_PEER = 4;

    /** A session that may be resumed. */
    static final class Entry {
        final int version;
        final int suite;
        final byte[] identity;
        final Ticket.Secret secret;
        final KeyDerivation derivation;
        final long ageAdd;
        final long receivedMillis;
        final long lifetimeMillis;
        final PeerChain chain;
        final PeerVerification verification;

        /** Of TLS 1.2. */
        final @Nullable TlsSession session;

        Entry(
                Agreement agreed,
                byte[] identity,
                byte[] secret,
                long ageAdd,
                long receivedMillis,
                long lifetimeMillis,
                @Nullable TlsSession session) {
            version = agreed.version;
            suite = agreed.suite;
            derivation = agreed.derivation;
            chain = agreed.chain;
            verification = agreed.verification;
            this.identity = identity;
            this.secret = new Ticket.Secret(secret);
            this.ageAdd = ageAdd;
            this.receivedMillis = receivedMillis;
            this.lifetimeMillis = lifetimeMillis;
            this.session = session;
        }

        boolean isTls13() {
            return session == null;
        }
    }

    private final InstantSource clock;
    private final int most;
    private final LinkedHashMap<String, ArrayDeque<Entry>> byPeer = new LinkedHashMap<>(16, 0.75f, true);
    private int size;

    ClientTickets(InstantSource clock, int most) {
        this.clock = clock;
        this.most = most;
    }

    synchronized void add(String peer, Entry entry) {
        ArrayDeque<Entry> entries = byPeer.computeIfAbsent(peer, p -> new ArrayDeque<>(KEPT_OF_A_PEER));
        entries.addLast(entry);
        size++;
        if (entries.size() > KEPT_OF_A_PEER) {
            entries.removeFirst();
            size--;
        }
        Iterator<Map.Entry<String, ArrayDeque<Entry>>> oldest =
                byPeer.entrySet().iterator();
        while (size > most && oldest.hasNext()) {
            ArrayDeque<Entry> given = oldest.next().getValue();
            while (size > most && !given.isEmpty()) {
                given.removeFirst();
                size--;
            }
            if (given.isEmpty()) {
                oldest.remove();
            }
        }
    }

    /** The newest that is still good, which is not given again: who sees two connections cannot tell that they are one's. */
    synchronized @Nullable Entry take(String peer) {
        ArrayDeque<Entry> entries = byPeer.get(peer);
        if (entries == null) {
            return null;
        }
        long now = clock.millis();
        Entry found = null;
        while (found == null && !entries.isEmpty()) {
            Entry newest = entries.removeLast();
            size--;
            long age = now - newest.receivedMillis;
            found = age >= 0 && age < newest.lifetimeMillis ? newest : null;
        }
        if (entries.isEmpty()) {
            byPeer.remove(peer);
        }
        return found;
    }

    synchronized int size() {
        return size;
    }
}
