package dev.haft.engine.handle;

import dev.haft.engine.buffer.FilePart;
import dev.haft.engine.buffer.LoopBuffers;
import dev.haft.engine.buffer.Outbox;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Moves what waits from an outbox into a transport: the one place where bytes leave. For the loop. */
final class Sending {
    private Sending() {}

    /**
     * One system call.
     *
     * @return whether the transport takes no more for now
     */
    static boolean once(Outbox waiting, Transport transport, LoopBuffers buffers) throws IOException {
        FilePart file = waiting.file();
        ByteBuffer outgoing = buffers.outgoing();
        if (file != null) {
            long asked = Math.min(file.count(), outgoing.capacity());
            long count = transfer(file, asked, transport, outgoing);
            waiting.removeFromFile(count);
            return count < asked;
        }
        waiting.copyTo(outgoing);
        outgoing.flip();
        waiting.remove(transport.write(outgoing), buffers);
        return outgoing.hasRemaining();
    }

    private static long transfer(FilePart part, long asked, Transport transport, ByteBuffer through)
            throws IOException {
        try {
            if (part.from() >= part.file().size()) {
                throw new IOException("the file has ended " + part.count() + " bytes too early");
            }
            return transport.transfer(part.file(), part.from(), asked, through);
        } catch (RuntimeException e) {
            throw new IOException("the file cannot be read: " + e, e);
        } catch (IOException e) {
            if (!part.file().isOpen()) {
                throw new IOException("the file was closed with " + part.count() + " bytes of it not yet written", e);
            }
            throw e;
        }
    }
}
