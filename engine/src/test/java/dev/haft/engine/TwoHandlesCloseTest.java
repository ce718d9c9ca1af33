package dev.haft.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleOptions;
import dev.haft.ListenOptions;
import dev.haft.Listener;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who closes first x what waits x how the other reads: all bytes arrive, and nobody sees a reset. Parity life.close. */
class TwoHandlesCloseTest {
    private final Events events = new Events();

    static Stream<Arguments> matrix() {
        List<Arguments> all = new ArrayList<>();
        for (boolean clientCloses : new boolean[] {true, false}) {
            for (int bytes : new int[] {0, 1, 100_000, 8 << 20}) {
                for (boolean slow : new boolean[] {false, true}) {
                    for (int unread : new int[] {0, 100_000}) {
                        all.add(Arguments.of(clientCloses, bytes, slow, unread));
                    }
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void whatWasWrittenArrivesAndThenTheEnd(boolean clientCloses, int bytes, boolean slow, int unread)
            throws Exception {
        CompletableFuture<Handle> accepted = new CompletableFuture<>();
        HandleOptions options = HandleOptions.builder().onError(events.error()).build();
        try (Haft haft = Haft.builder().loops(2).open();
                Listener listener =
                        haft.listen(Endpoint.tcp("127.0.0.1", 0), ListenOptions.of(options), accepted::complete)) {
            Handle client = haft.connect(listener.endpoint(), options);
            Handle server = Pair.await(accepted);
            Handle closer = clientCloses ? client : server;
            Handle other = clientCloses ? server : client;
            // What the one who closes never reads must not make a reset.
            Pair.await(other.write(dev.haft.Writes.bytes(), new byte[unread]));
            long[] received = {0};
            CompletableFuture<Void> end = new CompletableFuture<>();
            other.onEof(h -> {
                end.complete(null);
                h.close();
            });
            other.onRead(h -> take(h, received, slow));
            closer.pushWrite(new byte[bytes]);
            closer.close();
            Pair.await(end);
            Pair.await(closer.closed());
            Pair.await(other.closed());
            assertEquals(bytes, received[0]);
            events.expectNoMore();
        }
    }

    private static void take(Handle handle, long[] received, boolean slow) {
        ByteBuffer bytes = handle.readBuffer();
        int count = slow ? Math.min(bytes.remaining(), 50_000) : bytes.remaining();
        bytes.position(bytes.position() + count);
        received[0] += count;
        if (slow) {
            handle.stopRead();
            handle.loop().execute(handle::startRead);
        }
    }
}
