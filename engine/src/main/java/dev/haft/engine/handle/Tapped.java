package dev.haft.engine.handle;

import dev.haft.Tap;
import dev.haft.Tap.Direction;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Shows a {@link Tap} what passes between a handle and its transport; there is none of it while there is no tap. Files go
 * through this process, so that their bytes can be seen.
 */
final class Tapped implements TransportLayer {
    private static final System.Logger LOG = System.getLogger(Tap.class.getName());

    private final HandleCore handle;
    private final Transport under;
    private @Nullable Tap tap;
    private boolean lastWords;

    /** What passed last, until it is shown. */
    private @Nullable ByteBuffer last;

    private Direction direction = Direction.IN;

    private Tapped(HandleCore handle, Transport under, Tap tap) {
        this.handle = handle;
        this.under = under;
        this.tap = tap;
    }

    /** With this tap and no other; null: with none. */
    static Transport by(@Nullable Tap tap, HandleCore handle, Transport transport) {
        Transport bare = bare(transport);
        return tap == null ? bare : new Tapped(handle, bare, tap);
    }

    /** What it shows the bytes of. */
    static Transport bare(Transport transport) {
        return transport instanceof Tapped tapped ? tapped.under : transport;
    }

    /** The handle ends: its tap is let go, or may see what leaves before that has been done. */
    static void end(Transport transport, boolean lastWords) {
        if (transport instanceof Tapped tapped) {
            tapped.lastWords = lastWords;
            if (!lastWords) {
                tapped.tap = null;
            }
        }
    }

    @Override
    public Transport under() {
        return under;
    }

    private void note(Direction way, ByteBuffer bytes, int from, int count) {
        direction = way;
        last = count <= 0
                ? null
                : bytes.duplicate().limit(from + count).position(from).slice().asReadOnlyBuffer();
    }

    @Override
    public void passed() {
        Tap shown = tap;
        ByteBuffer bytes = last;
        last = null;
        if (shown == null || bytes == null || !(lastWords || handle.isServing())) {
            return;
        }
        try {
            shown.passed(handle, direction, bytes);
        } catch (Throwable t) {
            if (lastWords) {
                LOG.log(System.Logger.Level.ERROR, () -> "the tap of " + handle + " threw at its end", t);
            } else {
                handle.callbackFailed(t);
            }
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int from = into.position();
        int count = under.read(into);
        note(Direction.IN, into, from, count);
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int start = from.position();
        int count = under.write(from);
        note(Direction.OUT, from, start, count);
        return count;
    }
}
