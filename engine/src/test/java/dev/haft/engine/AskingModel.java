package dev.haft.engine;

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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** What a handle asks for and hears, from the whole of what was sent. */
final class AskingModel {
    private final ArrayDeque<Integer> queue = new ArrayDeque<>();
    private final List<String> heard = new ArrayList<>();
    private int each;
    private boolean stopped;
    private int written;
    private int sent;
    private int consumed;

    /** A part of the endless stream that the peer sends. */
    String text(int from, int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = from; i < from + count; i++) {
            text.append((char) ('!' + i % 90));
        }
        return text.toString();
    }

    /**
     * A step and all that follows from it.
     *
     * @return whether anything was asked for behind it, if only for a moment
     */
    boolean take(Step step) {
        if (step instanceof Send send) {
            sent += send.count();
        } else if (step instanceof Push push) {
            queue.addLast(push.count());
            stopped = false;
        } else if (step instanceof Unshift unshift) {
            queue.addFirst(unshift.count());
            stopped = false;
        } else if (step instanceof Each loop) {
            each = loop.count();
            stopped &= each == 0;
        } else if (step instanceof Clear) {
            queue.clear();
        } else if (step instanceof Stop) {
            stopped = true;
        } else if (step instanceof Start) {
            stopped = false;
        } else if (step instanceof Write) {
            written += AskingProgram.WRITE_BYTES;
        } else if (step instanceof Drain) {
            written = 0;
        }
        boolean asked = isAsking();
        serve();
        return asked;
    }

    private void serve() {
        while (isAsking() && sent - consumed >= wantedBytes()) {
            heard.add(text(consumed, wantedBytes()));
            consumed += wantedBytes();
            queue.pollFirst();
        }
    }

    /** Whether the handle waits for bytes. */
    boolean isAsking() {
        return !stopped && (!queue.isEmpty() || (each > 0 && written == 0));
    }

    /** How many bytes the next read takes; 0: there is none. */
    int wantedBytes() {
        Integer first = queue.peekFirst();
        return first == null ? each : first;
    }

    int sentBytes() {
        return sent;
    }

    int consumedBytes() {
        return consumed;
    }

    int writtenBytes() {
        return written;
    }

    List<String> heard() {
        return heard;
    }
}
