package dev.haft.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.ErrorCode;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleException;
import dev.haft.HandleOptions;
import dev.haft.ReadCallback;
import dev.haft.Reads;
import dev.haft.engine.ReadProgram.Await;
import dev.haft.engine.ReadProgram.Clear;
import dev.haft.engine.ReadProgram.Close;
import dev.haft.engine.ReadProgram.Destroy;
import dev.haft.engine.ReadProgram.Each;
import dev.haft.engine.ReadProgram.Nothing;
import dev.haft.engine.ReadProgram.Push;
import dev.haft.engine.ReadProgram.Step;
import dev.haft.engine.ReadProgram.Stop;
import dev.haft.engine.ReadProgram.Take;
import dev.haft.engine.ReadProgram.Unshift;
import dev.haft.engine.ReadProgram.Write;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/**
 * Laws 1, 2, 3, 5 and 7: whatever a program does in its callbacks, and however the stream is cut, it hears what the whole stream says:
 * no byte is lost, doubled or out of order, in either direction; after the end nothing is heard.
 */
class ReadLawsTest {
    private static Haft haft;

    @BeforeContainer
    static void open() {
        haft = Pair.haft();
    }

    @AfterContainer
    static void close() {
        haft.close();
    }

    @Provide
    Arbitrary<ReadProgram> programs() {
        return ReadProgram.programs();
    }

    @Provide
    Arbitrary<String> streams() {
        return ReadProgram.streams();
    }

    @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
    void whatIsHeardDoesNotDependOnHowTheStreamIsCut(
            @ForAll("programs") ReadProgram program,
            @ForAll("streams") String stream,
            @ForAll Link link,
            @ForAll @IntRange(min = 1, max = 30) int maxReadBytes,
            @ForAll @IntRange(min = 1, max = 400) int pieceBytes)
            throws Exception {
        Events events = new Events();
        Running running = new Running(program, events);
        HandleOptions options = HandleOptions.builder()
                .maxReadBytes(maxReadBytes)
                .onEof(events.on("eof"))
                .onError(running::failed)
                .build();
        ReadModel.Expected model = ReadModel.run(program, stream);
        List<String> expected = model.heard();
        try (Pair pair = link.connect(haft, options)) {
            // In a callback, where a read that is pushed is not served before the callback has returned.
            pair.onLoop(h -> h.pushRead(Reads.chunk(0), (x, nothing) -> running.turn(x)));
            send(pair.peer, stream, pieceBytes, model.destroyed());
            List<String> heard = new ArrayList<>();
            for (int i = 0; i < expected.size() && !expected.get(i).equals("idle"); i++) {
                heard.add(events.next());
                assertEquals(expected.subList(0, i + 1), heard);
            }
            pair.settle();
            events.expectNoMore();
            pair.handle.close();
            String got = receive(pair.peer, model.destroyed());
            assertTrue(
                    model.destroyed()
                            ? model.written().startsWith(got)
                            : model.written().equals(got),
                    () -> "written: " + model.written() + ", got: " + got);
            Pair.await(pair.handle.closed());
            events.expectNoMore();
        }
    }

    private static void send(Peer peer, String stream, int pieceBytes, boolean mayFail) throws IOException {
        try {
            for (int from = 0; from < stream.length(); from += pieceBytes) {
                peer.send(stream.substring(from, Math.min(stream.length(), from + pieceBytes)));
            }
            peer.end();
        } catch (IOException e) {
            if (!mayFail) {
                throw e;
            }
        }
    }

    /** Who destroys a handle with unread bytes makes a reset, which may take what was written with it. */
    private static String receive(Peer peer, boolean mayFail) throws IOException {
        try {
            return peer.receiveText();
        } catch (IOException e) {
            if (!mayFail) {
                throw e;
            }
            return "";
        }
    }

    /** A program on a handle. */
    private static final class Running {
        private final ArrayDeque<List<Step>> turns;
        private final Events events;

        Running(ReadProgram program, Events events) {
            turns = new ArrayDeque<>(program.turns());
            this.events = events;
        }

        ReadCallback<Object> value() {
            return (handle, value) -> {
                events.add(Events.text(value));
                turn(handle);
            };
        }

        void failed(Handle handle, HandleException error) {
            events.note(error);
            if (!error.fatal()) {
                handle.unshiftRead(ReadModel.SKIP, value());
            }
        }

        /** On the loop, like a callback; what is fatal, or cancelled by the program, is told elsewhere or not at all. */
        private void completed(Handle handle, @Nullable Object value, @Nullable Throwable error) {
            if (value != null) {
                events.add(Events.text(value));
                turn(handle);
            } else if (error instanceof HandleException own && !own.fatal() && own.code() != ErrorCode.DESTROYED) {
                failed(handle, own);
            }
        }

        void turn(Handle handle) {
            List<Step> steps = turns.poll();
            if (steps == null) {
                return;
            }
            steps.forEach(step -> take(handle, step));
        }

        private void take(Handle handle, Step step) {
            if (step instanceof Await awaited) {
                CompletableFuture<?> unused = handle.read(ReadProgram.read(awaited.read()))
                        .whenComplete((value, error) -> completed(handle, value, error));
            } else if (step instanceof Clear) {
                handle.clearReads();
            } else if (step instanceof Write write) {
                handle.pushWrite(write.text());
            } else if (step instanceof Close) {
                handle.close();
            } else if (step instanceof Destroy) {
                handle.destroy();
            } else if (step instanceof Push push) {
                handle.pushRead(ReadProgram.read(push.read()), value());
            } else if (step instanceof Unshift unshift) {
                handle.unshiftRead(ReadProgram.read(unshift.read()), value());
            } else if (step instanceof Each each) {
                handle.onEach(ReadProgram.read(each.read()), value());
            } else if (step instanceof Take bytes) {
                handle.onRead(h -> byHand(h, bytes.bytes()));
            } else if (step instanceof Nothing) {
                handle.onRead(null);
            } else if (step instanceof Stop) {
                handle.stopRead();
                handle.loop().execute(handle::startRead);
            }
        }

        private void byHand(Handle handle, int count) {
            ByteBuffer bytes = handle.readBuffer();
            if (bytes.remaining() >= count) {
                byte[] taken = new byte[count];
                bytes.get(taken);
                events.add("took " + Events.text(taken));
                turn(handle);
            }
        }
    }
}
