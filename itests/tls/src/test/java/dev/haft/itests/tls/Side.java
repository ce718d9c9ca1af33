package dev.haft.itests.tls;

import dev.haft.Handle;
import dev.haft.Reads;
import dev.haft.itests.tls.Epoch.Stop;
import dev.haft.tls.TlsOutcome;
import dev.haft.tls.TlsRole;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Plays one side of a program, and compares each byte that it gets with the one that the other side has sent. */
final class Side {
    /** Clear text at the end, after the last TLS. */
    private static final int TAIL = 10;

    private final List<Epoch> mine;
    private final List<Epoch> peers;
    private final List<TlsRole> roles;
    private final Starter starter;
    private final Random random;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final CompletableFuture<Void> wrong;
    private int epoch = -1;
    private long sent;
    private long got;
    private boolean clearWritten;
    private boolean stopped;
    private boolean allRead;
    private int started;

    /** What starts TLS on a handle. */
    interface Starter {
        void start(Handle handle, TlsRole role);
    }

    /**
     * Plays nothing yet.
     *
     * @param wrong fails with the first thing that is not as it should be
     */
    Side(
            List<Epoch> mine,
            List<Epoch> peers,
            List<TlsRole> roles,
            Starter starter,
            Random random,
            CompletableFuture<Void> wrong) {
        this.mine = mine;
        this.peers = peers;
        this.roles = roles;
        this.starter = starter;
        this.random = random;
        this.wrong = wrong;
    }

    CompletableFuture<Void> play(Handle handle) {
        handle.execute(h -> {
            h.onError((x, error) -> wrong.completeExceptionally(
                    new AssertionError("in epoch " + epoch + " after " + got + " bytes", error)));
            h.onEof(x -> wrong.completeExceptionally(new AssertionError("the end in epoch " + epoch)));
            h.onStartTls(this::started);
            h.onStopTls(this::stopped);
            writeClear(h, 0);
            read(h, peers.get(0).clear(), () -> start(h));
        });
        return done;
    }

    private void started(Handle h, TlsOutcome outcome) {
        check(outcome.succeeded(), "started: " + outcome);
        check(h.tlsSession() != null, "there is a session");
        started++;
    }

    private void start(Handle h) {
        epoch++;
        clearWritten = false;
        stopped = false;
        allRead = false;
        Epoch own = mine.get(epoch);
        starter.start(h, roles.get(epoch));
        write(h, own.sealed());
        if (own.stop() == Stop.EARLY) {
            stop(h);
        }
        int sealed = peers.get(epoch).sealed();
        int clear = epoch + 1 < peers.size() ? peers.get(epoch + 1).clear() : TAIL;
        if (own.stop() == Stop.LATE) {
            read(h, sealed, () -> {
                stop(h);
                read(h, clear, () -> allRead(h));
            });
        } else {
            read(h, sealed + clear, () -> allRead(h));
        }
    }

    private void stop(Handle h) {
        h.stopTls();
        writeClear(h, epoch + 1);
    }

    private void stopped(Handle h) {
        check(!stopped, "stopped once");
        stopped = true;
        check(got <= sealedEnd(), "no clear text before onStopTls");
        writeClear(h, epoch + 1);
        next(h);
    }

    private long sealedEnd() {
        long end = 0;
        for (int i = 0; i <= epoch; i++) {
            end += peers.get(i).clear() + peers.get(i).sealed();
        }
        return end;
    }

    private void allRead(Handle h) {
        allRead = true;
        next(h);
    }

    private void next(Handle h) {
        if (!allRead || !stopped) {
            return;
        }
        check(started == epoch + 1, "started once an epoch");
        check(h.tlsSession() == null, "no session after TLS");
        if (epoch + 1 < mine.size()) {
            start(h);
        } else {
            done.complete(null);
        }
    }

    // Bytes: each knows its place

    private static byte at(long place) {
        return (byte) (place * 31 + (place >> 8));
    }

    private void writeClear(Handle h, int of) {
        if (!clearWritten) {
            clearWritten = true;
            write(h, of < mine.size() ? mine.get(of).clear() : TAIL);
        }
    }

    private void write(Handle h, int count) {
        int left = count;
        while (left > 0) {
            byte[] piece = new byte[1 + random.nextInt(left)];
            for (int i = 0; i < piece.length; i++) {
                piece[i] = at(sent++);
            }
            h.pushWrite(piece);
            left -= piece.length;
        }
    }

    private void read(Handle h, int count, Runnable then) {
        if (count == 0) {
            then.run();
            return;
        }
        int piece = 1 + random.nextInt(count);
        h.pushRead(Reads.chunk(piece), (x, bytes) -> {
            check(started == epoch + 1, "nothing before onStartTls");
            for (byte one : bytes) {
                check(one == at(got), "byte " + got + " is the one that was sent");
                got++;
            }
            read(x, count - piece, then);
        });
    }

    private void check(boolean holds, String what) {
        if (!holds) {
            AssertionError not = new AssertionError("not so in epoch " + epoch + ": " + what);
            wrong.completeExceptionally(not);
            throw not;
        }
    }

    @Override
    public String toString() {
        return "epoch " + epoch + " of " + mine.size() + ", started " + started + ", stopped " + stopped + ", got "
                + got + " of " + sealedEnd() + " and what follows, sent " + sent;
    }
}
