package dev.haft.engine;

import static dev.haft.Reads.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EchoTest {
    @Test
    void linesComeBack() throws Exception {
        try (Haft haft = Haft.open();
                Listener listener = haft.listen(
                        Endpoint.tcp("127.0.0.1", 0),
                        handle -> handle.onEach(line(), (h, text) -> h.pushWrite(text + "\n"))
                                .onEof(Handle::close))) {
            Handle client = haft.connect(listener.endpoint());
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                client.pushWrite("line " + i + "\n");
                answers.add(client.read(line()));
            }
            for (int i = 0; i < 1000; i++) {
                assertEquals("line " + i, answers.get(i).get(10, TimeUnit.SECONDS));
            }
            client.close();
            client.closed().get(10, TimeUnit.SECONDS);
            assertTrue(client.isDestroyed());
        }
    }
}
