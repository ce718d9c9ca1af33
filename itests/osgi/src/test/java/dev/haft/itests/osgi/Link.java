package dev.haft.itests.osgi;

import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleException;
import dev.haft.Listener;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Two handles on the ends of one loopback connection.
 *
 * @param near the end that connected
 * @param far the end that was accepted
 * @param errors of the far end
 */
record Link(Listener listener, Handle near, Handle far, BlockingQueue<HandleException> errors)
        implements AutoCloseable {
    static Link open(Haft haft) throws Exception {
        CompletableFuture<Handle> accepted = new CompletableFuture<>();
        BlockingQueue<HandleException> errors = new LinkedBlockingQueue<>();
        Listener listener = haft.listen(Endpoint.tcp("127.0.0.1", 0), handle -> {
            handle.onError((h, error) -> errors.add(error));
            accepted.complete(handle);
        });
        Handle near = haft.connect(listener.endpoint());
        return new Link(listener, near, InFelix.soon(accepted), errors);
    }

    /** The next error of the far end. */
    HandleException error() throws InterruptedException {
        HandleException error = errors.poll(InFelix.SECONDS, TimeUnit.SECONDS);
        if (error == null) {
            throw new AssertionError("no error on " + far);
        }
        return error;
    }

    @Override
    public void close() {
        listener.close();
        near.destroy();
        far.destroy();
    }
}
