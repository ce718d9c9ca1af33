package dev.haft.testkit;

import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleOptions;

/**
 * Two handles that are each other's peer, connected in memory: a client and a server without a port. Each direction holds
 * 64 KiB, so that writes wait as on a socket. Thread-safe.
 *
 * <pre>{@code
 * HandlePair pair = HandlePair.open(haft);
 * new EchoProtocol().accept(pair.second());
 * pair.first().pushWrite("hello\n");
 * assertEquals("hello", pair.first().read(line()).get(5, SECONDS));
 * }</pre>
 *
 * @param first one end
 * @param second the other end
 */
public record HandlePair(Handle first, Handle second) implements AutoCloseable {
    private static final int CAPACITY_BYTES = 64 << 10;

    /**
     * Connects two handles with standard options.
     *
     * @param haft to whom they belong
     * @return open
     */
    public static HandlePair open(Haft haft) {
        return open(haft, HandleOptions.standard(), HandleOptions.standard());
    }

    /**
     * Connects two handles.
     *
     * @param haft to whom they belong
     * @param first the options of one
     * @param second the options of the other
     * @return open
     */
    public static HandlePair open(Haft haft, HandleOptions first, HandleOptions second) {
        MemoryStream there = new MemoryStream(CAPACITY_BYTES);
        MemoryStream back = new MemoryStream(CAPACITY_BYTES);
        return new HandlePair(
                haft.open(new MemoryTransport(back, there), first),
                haft.open(new MemoryTransport(there, back), second));
    }

    /** Destroys both. */
    @Override
    public void close() {
        first.destroy();
        second.destroy();
    }
}
