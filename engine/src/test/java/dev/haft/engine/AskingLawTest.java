package dev.haft.engine;

import static dev.haft.Reads.chunk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Haft;
import dev.haft.HandleOptions;
import dev.haft.engine.AskingProgram.Clear;
import dev.haft.engine.AskingProgram.Drain;
import dev.haft.engine.AskingProgram.Each;
import dev.haft.engine.AskingProgram.Push;
import dev.haft.engine.AskingProgram.Send;
import dev.haft.engine.AskingProgram.Start;
import dev.haft.engine.AskingProgram.Step;
import dev.haft.engine.AskingProgram.Stop;
import dev.haft.engine.AskingProgram.Unshift;
import dev.haft.engine.AskingProgram.Write;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Law 6: whatever a program does, not a byte is taken from the transport while nothing is asked for, little more than what is asked
 * for waits, and what is asked for comes. Over the high-water mark only pushed reads ask.
 */
class AskingLawTest {
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
    Arbitrary<List<Step>> programs() {
        return AskingProgram.programs();
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void nothingIsReadThatNobodyAskedForAndWhatIsAskedForComes(
            @ForAll("programs") List<Step> program,
            @ForAll @IntRange(min = 0, max = 2) int link,
            @ForAll @IntRange(min = 1, max = 50) int maxReadBytes)
            throws Exception {
        HandleOptions options = HandleOptions.builder()
                .maxReadBytes(maxReadBytes)
                .highWaterBytes(1)
                .build();
        try (Pair pair = List.of(Link.TCP, Link.UNIX, Link.PIPES).get(link).connect(haft, options)) {
            Running running = new Running(pair, maxReadBytes);
            for (Step step : program) {
                running.take(step);
            }
            // The peer reads what was written, so that it can be let go.
            running.take(new Drain());
        }
    }

    /** A program, its model, and what is to hold after each step. */
    private static final class Running {
        private final Pair pair;
        private final int maxReadBytes;
        private final AskingModel model = new AskingModel();
        private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

        Running(Pair pair, int maxReadBytes) {
            this.pair = pair;
            this.maxReadBytes = maxReadBytes;
        }

        void take(Step step) throws IOException {
            long before = pair.handle.stats().bytesRead();
            perform(step);
            boolean asked = model.take(step);
            pair.settle();
            if (model.isAsking()) {
                awaitAllRead(step);
            } else if (asked) {
                awaitValues();
            } else {
                assertEquals(before, pair.handle.stats().bytesRead(), () -> "nobody has asked: " + step);
            }
            assertEquals(model.heard(), heard, () -> step + " on " + pair.handle);
            long waiting = pair.handle.stats().bytesRead() - model.consumedBytes();
            // What was begun to be read for a read that has been dropped since may wait, too.
            assertTrue(
                    waiting <= AskingProgram.MOST_WANTED + maxReadBytes, () -> waiting + " bytes wait after " + step);
        }

        private void awaitValues() {
            for (int turns = 0; turns < 1000 && heard.size() < model.heard().size(); turns++) {
                pair.settle();
            }
            pair.settle();
        }

        private void awaitAllRead(Step step) {
            // A turn for each byte is enough: as many as it needs, at most.
            for (int turns = 0; turns < 1000 && pair.handle.stats().bytesRead() < model.sentBytes(); turns++) {
                pair.settle();
            }
            assertEquals(model.sentBytes(), pair.handle.stats().bytesRead(), () -> "asked for and not read: " + step);
            pair.settle();
        }

        private void perform(Step step) throws IOException {
            if (step instanceof Send send) {
                pair.peer.send(model.text(model.sentBytes(), send.count()));
            } else if (step instanceof Drain) {
                pair.peer.receive(model.writtenBytes());
                // What is written may have to be offered to the system once more.
                for (int turns = 0; turns < 1000 && !pair.handle.isWritable(); turns++) {
                    pair.settle();
                }
                assertTrue(pair.handle.isWritable());
            } else {
                pair.onLoop(h -> {
                    if (step instanceof Push push) {
                        h.pushRead(chunk(push.count()), (x, value) -> heard.add(Events.text(value)));
                    } else if (step instanceof Unshift unshift) {
                        h.unshiftRead(chunk(unshift.count()), (x, value) -> heard.add(Events.text(value)));
                    } else if (step instanceof Each each && each.count() > 0) {
                        h.onEach(chunk(each.count()), (x, value) -> heard.add(Events.text(value)));
                    } else if (step instanceof Each) {
                        h.onRead(null);
                    } else if (step instanceof Clear) {
                        h.clearReads();
                    } else if (step instanceof Stop) {
                        h.stopRead();
                    } else if (step instanceof Start) {
                        h.startRead();
                    } else if (step instanceof Write) {
                        h.pushWrite(new byte[AskingProgram.WRITE_BYTES]);
                    }
                });
            }
        }
    }
}
