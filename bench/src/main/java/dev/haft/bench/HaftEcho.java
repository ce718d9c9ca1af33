package dev.haft.bench;

import static dev.haft.Reads.line;

import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleException;
import dev.haft.HandleOptions;
import dev.haft.ListenOptions;
import dev.haft.Listener;
import dev.haft.Protocol;

/** Echoes lines with Haft on one loop. */
public final class HaftEcho {
    /** The echo that is measured. */
    static final Protocol ECHO = handle -> handle.onEach(line(), (h, line) -> h.pushWrite(line + "\n"));

    /** The same with a queue: each reply pushes the next read. */
    static final Protocol PUSHED_ECHO = HaftEcho::pushRead;

    private HaftEcho() {}

    /** Listens, prints the port, and serves until it is killed. */
    public static void main(String[] args) throws HandleException, InterruptedException {
        try (Haft haft = Haft.builder().loops(1).open()) {
            System.out.println("PORT " + start(haft, ECHO));
            haft.join();
        }
    }

    static int start(Haft haft, Protocol protocol) throws HandleException {
        return start(haft, protocol, options().build());
    }

    static int start(Haft haft, Protocol protocol, HandleOptions options) throws HandleException {
        Listener listener = haft.listen(Endpoint.tcp("127.0.0.1", 0), ListenOptions.of(options), protocol);
        return listener.port();
    }

    /** What each of its handles has. */
    static HandleOptions.Builder options() {
        return HandleOptions.builder().noDelay(true).onEof(Handle::close);
    }

    private static void pushRead(Handle handle) {
        handle.pushRead(line(), (h, line) -> {
            h.pushWrite(line + "\n");
            pushRead(h);
        });
    }
}
