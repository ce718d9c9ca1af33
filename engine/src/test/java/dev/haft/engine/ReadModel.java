package dev.haft.engine;

import dev.haft.BadMessageException;
import dev.haft.Handle;
import dev.haft.Read;
import dev.haft.ReadContext;
import dev.haft.engine.ReadProgram.Await;
import dev.haft.engine.ReadProgram.Clear;
import dev.haft.engine.ReadProgram.Close;
import dev.haft.engine.ReadProgram.Destroy;
import dev.haft.engine.ReadProgram.Each;
import dev.haft.engine.ReadProgram.Nothing;
import dev.haft.engine.ReadProgram.Push;
import dev.haft.engine.ReadProgram.Step;
import dev.haft.engine.ReadProgram.Take;
import dev.haft.engine.ReadProgram.Unshift;
import dev.haft.engine.ReadProgram.Write;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must be heard of a program, by looking at the whole stream at once. */
final class ReadModel {
    private static final ReadContext CONTEXT = new ReadContext() {
        @Override
        public Handle handle() {
            throw new UnsupportedOperationException("there is no handle here");
        }

        @Override
        public int limitBytes() {
            return 1 << 20;
        }
    };

    /** Skips the first byte of what was bad. */
    static final Read<byte[]> SKIP = dev.haft.Reads.chunk(1);

    private final ByteBuffer stream;
    private final ArrayDeque<List<Step>> turns;
    private final ArrayDeque<Read<?>> queue = new ArrayDeque<>();
    private final List<String> log = new ArrayList<>();
    private final StringBuilder written = new StringBuilder();
    private @Nullable Read<?> each;
    private int take;
    private @Nullable Step ending;

    private ReadModel(ReadProgram program, String stream) {
        this.stream = ByteBuffer.wrap(stream.getBytes(StandardCharsets.ISO_8859_1));
        turns = new ArrayDeque<>(program.turns());
    }

    /**
     * What must be heard and seen.
     *
     * @param heard values, errors and the end
     * @param written what the peer gets
     * @param destroyed whether the program has destroyed the handle: what was written may then be lost
     */
    record Expected(List<String> heard, String written, boolean destroyed) {}

    static Expected run(ReadProgram program, String stream) {
        ReadModel model = new ReadModel(program, stream);
        model.turn();
        String end = model.serve();
        model.log.add(end);
        return new Expected(model.log, model.written.toString(), model.ending instanceof Destroy);
    }

    private void turn() {
        List<Step> steps = turns.poll();
        if (steps == null) {
            return;
        }
        for (Step step : steps) {
            if (ending != null) {
                return;
            }
            if (step instanceof Await awaited) {
                queue.addLast(ReadProgram.read(awaited.read()));
            } else if (step instanceof Clear) {
                queue.clear();
            } else if (step instanceof Write write) {
                written.append(write.text());
            } else if (step instanceof Close || step instanceof Destroy) {
                ending = step;
            } else if (step instanceof Push push) {
                queue.addLast(ReadProgram.read(push.read()));
            } else if (step instanceof Unshift unshift) {
                queue.addFirst(ReadProgram.read(unshift.read()));
            } else if (step instanceof Each loop) {
                each = ReadProgram.read(loop.read());
                take = 0;
            } else if (step instanceof Take bytes) {
                each = null;
                take = bytes.bytes();
            } else if (step instanceof Nothing) {
                each = null;
                take = 0;
            }
        }
    }

    private String serve() {
        while (ending == null) {
            Read<?> first = queue.poll();
            if (first != null) {
                if (!decode(first)) {
                    return "UNEXPECTED_END!";
                }
            } else if (stream.hasRemaining() && each != null) {
                if (!decode(each)) {
                    return "UNEXPECTED_END!";
                }
            } else if (stream.hasRemaining() && take > 0) {
                if (stream.remaining() < take) {
                    return "UNEXPECTED_END!";
                }
                byte[] taken = new byte[take];
                stream.get(taken);
                log.add("took " + Events.text(taken));
                turn();
            } else {
                // Who wants nothing does not hear of the end.
                return each != null || take > 0 ? "eof" : "idle";
            }
        }
        return "idle";
    }

    private boolean decode(Read<?> read) {
        ByteBuffer shown = stream.duplicate();
        try {
            Object value = read.begin(CONTEXT).decode(shown);
            if (value == null) {
                return false;
            }
            stream.position(shown.position());
            log.add(Events.text(value));
            turn();
        } catch (BadMessageException e) {
            log.add(e.code().toString());
            queue.addFirst(SKIP);
        }
        return true;
    }
}
