package dev.haft.runtime.command;

import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleException;
import dev.haft.HandleOptions;
import dev.haft.UncheckedHandleException;
import dev.haft.tls.TlsOutcome;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsSession;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * One conversation: the values of standard input go to the peer, those of the peer to standard output. All three handles
 * live on one loop, so nothing here is shared between threads.
 *
 * <p>Nothing piles up: standard input rests while the peer is slow to take, and the peer while standard output is. (The
 * peer's own high-water mark is off: by it, what comes would wait for what goes, and a peer that does the same to us would
 * wait for ever.)
 */
final class Talk {
    /** How long the peer may go on with its answers after standard input has failed. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** How much may wait for the peer. */
    private static final int HIGH_WATER_BYTES = 1 << 20;

    private final TalkPlan plan;
    private final PrintWriter errors;

    /** Becomes the exit status. */
    private final CompletableFuture<CompletableFuture<Integer>> status;

    private final Handle peer;
    private final Handle input;

    /** Not the one of {@code input}: that one is gone when standard input has failed, and answers may still come. */
    private final Handle output;

    private State state = State.BOTH;
    private int exit;

    private enum State {
        /** Standard input and the peer are open. */
        BOTH,
        /** Standard input has ended, or failed. */
        PEER_ONLY,
        /** What is written goes out. */
        ENDING
    }

    private Talk(Haft haft, TalkPlan plan, PrintWriter errors, CompletableFuture<CompletableFuture<Integer>> status) {
        this.plan = plan;
        this.errors = errors;
        this.status = status;
        peer = haft.connect(plan.endpoint(), plan.options());
        input = haft.stdio();
        output = haft.open(InputStream.nullInputStream(), new FileOutputStream(FileDescriptor.out));
    }

    /** Talks until it is over; gives the exit status. */
    static int run(Haft haft, TalkPlan plan, PrintWriter errors) {
        CompletableFuture<CompletableFuture<Integer>> status = new CompletableFuture<>();
        // On a loop, so that what is opened stays on that one.
        haft.loop().execute(() -> {
            try {
                new Talk(haft, plan, errors, status).begin();
            } catch (RuntimeException e) {
                status.completeExceptionally(e);
            }
        });
        return status.join().join();
    }

    private void begin() {
        peer.highWaterBytes(HandleOptions.unlimited());
        output.onError((h, error) -> failed("standard output", error));
        output.onDrain(h -> resume(peer, State.PEER_ONLY));
        peer.onError((h, error) -> failed(plan.endpoint().toString(), error));
        peer.onEof(h -> peerEnded());
        peer.onDrain(h -> resume(input, State.BOTH));
        input.onError((h, error) -> inputFailed(error));
        input.onEof(h -> inputEnded());
        TalkTls tls = plan.tls();
        if (tls != null) {
            peer.onStartTls((h, outcome) -> tlsEnded(outcome, tls));
        }
        StartTls before = tls == null ? null : tls.after();
        if (tls == null || before == null) {
            converse();
        } else {
            before.begin(
                    peer, () -> startTls(tls), error -> failed(plan.endpoint().toString(), error));
        }
    }

    private void startTls(TalkTls tls) {
        peer.startTls(TlsRole.CLIENT, tls.context());
        converse();
    }

    /** What is typed from now on waits for TLS, if that was started. */
    private void converse() {
        peer.onEach(plan.read(), (h, value) -> received(value));
        input.onEach(plan.typed(), (h, value) -> typed(value));
    }

    private void tlsEnded(TlsOutcome outcome, TalkTls tls) {
        TlsSession session = outcome.session();
        HandleException error = outcome.error();
        if (error != null) {
            failed(plan.endpoint().toString(), error);
        } else if (session != null && tls.verbose()) {
            errors.println("haft: " + TalkTls.describe(session));
            errors.flush();
        }
    }

    /** Lets a handle be read again, unless the talk is past the last state in which it is. */
    private void resume(Handle reader, State last) {
        if (state.compareTo(last) <= 0) {
            reader.startRead();
        }
    }

    private void typed(Object value) {
        try {
            peer.pushWrite(plan.write(), value);
        } catch (UncheckedHandleException e) {
            inputFailed(e.error());
            return;
        }
        if (peer.pendingWriteBytes() > HIGH_WATER_BYTES) {
            input.stopRead();
        }
    }

    private void inputEnded() {
        if (state == State.BOTH) {
            state = State.PEER_ONLY;
            input.close();
            peer.pushShutdown();
        }
    }

    /** The peer has been sent what came before, and its answers to that shall still be printed. */
    private void inputFailed(HandleException error) {
        if (state == State.BOTH) {
            report("standard input", error);
            inputEnded();
            peer.loop().schedule(GRACE, this::cut);
        }
    }

    private void received(Object value) {
        try {
            plan.printer().print(output, value);
        } catch (UncheckedHandleException e) {
            failed(plan.endpoint().toString(), e.error());
            return;
        }
        if (!output.isWritable()) {
            peer.stopRead();
        }
    }

    private void peerEnded() {
        // What was typed and not yet sent goes out before, in bounded time: it may have ended one direction only.
        peer.close();
        end(peer.closed());
    }

    private void failed(String who, HandleException error) {
        if (state != State.ENDING) {
            report(who, error);
            cut();
        }
    }

    /** Ends without regard to the peer. */
    private void cut() {
        peer.linger(Duration.ZERO).destroy();
        end(CompletableFuture.completedFuture(null));
    }

    private void report(String who, HandleException error) {
        exit = 1;
        errors.println("haft: " + new Failure(who, error).getMessage());
        errors.flush();
    }

    /** Ends when what was received is printed, and not before the given end of the peer. */
    private void end(CompletableFuture<Void> first) {
        if (state == State.ENDING) {
            return;
        }
        state = State.ENDING;
        input.close();
        output.close();
        status.complete(first.thenCombine(output.closed(), (peerEnd, outputEnd) -> exit));
    }
}
