package dev.haft.engine.handle;

import dev.haft.engine.buffer.FilePart;
import dev.haft.engine.buffer.LoopBuffers;
import dev.haft.engine.buffer.Outbox;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Moves what waits from an outbox into a transport: the one place where bytes leave. For the loop. */
final class Sending {
    private Sending() {}

    /**
     * One system call. A file that cannot give its bytes takes what is behind it along: the peer must not take that for them.
     *
     * @return whether the transport takes no more for now
     */
    static boolean once(Outbox waiting, Transport transport, LoopBuffers buffers) throws IOException {
        FilePart file = waiting.file();
        ByteBuffer outgoing = transport.outgoing(buffers);
        if (file == null) {
            waiting.copyTo(outgoing);
            outgoing.flip();
            waiting.remove(transport.write(outgoing), buffers);
            return outgoing.hasRemaining();
        }
        long asked = Math.min(file.count(), outgoing.capacity());
        String wrong = whatIsWrong(file);
        Exception cause = null;
        if (wrong == null) {
            try {
                long count = transport.transfer(file.file(), file.from(), asked, outgoing);
                waiting.removeFromFile(count);
                return count < asked;
            } catch (RuntimeException e) {
                wrong = "the file cannot be read: " + e;
                cause = e;
            }
        }
        waiting.clear(buffers);
        throw new IOException(wrong, cause);
    }

    /** Null: nothing that can be seen beforehand. */
    private static @Nullable String whatIsWrong(FilePart part) throws IOException {
        if (!part.file().isOpen()) {
            return "the file was closed with " + part.count() + " bytes of it not yet written";
        }
        return part.from() < part.file().size() ? null : "the file has ended " + part.count() + " bytes too early";
    }
}
