package dev.haft.itests.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleOptions;
import dev.haft.ListenOptions;
import dev.haft.Listener;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A program with AnyEvent::Handle and one with Haft write the same items to each other, of every wire type, and each compares
 * what it reads with the plan. Parity r.chunk to r.json, w.push to w.json.
 */
class LiveComparisonTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    @BeforeAll
    static void theOriginalIsThere() throws Exception {
        boolean there;
        try {
            there = new ProcessBuilder("perl", "-MAnyEvent::Handle", "-MJSON::XS", "-e", "1")
                            .redirectErrorStream(true)
                            .redirectOutput(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            there = false;
        }
        Assumptions.assumeTrue(there, "needs perl with AnyEvent::Handle: libanyevent-perl and libjson-xs-perl");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void bothReadWhatTheOtherWrites(long seed) throws Exception {
        List<Item> plan = Plan.of(seed);
        CompletableFuture<List<Object>> read = new CompletableFuture<>();
        HandleOptions options = HandleOptions.builder()
                .onError((h, error) -> read.completeExceptionally(error))
                .build();
        try (Haft haft = Haft.builder().loops(1).open();
                Listener listener = haft.listen(
                        Endpoint.tcp("127.0.0.1", 0), ListenOptions.of(options), h -> serve(h, plan, read))) {
            int port = ((InetSocketAddress) listener.address()).getPort();
            Path said = folder.resolve("said.txt");
            Process original = new ProcessBuilder("perl", script(), String.valueOf(port), write(plan))
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            try {
                assertTrue(
                        original.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS),
                        () -> "the original does not end; " + haft.handles() + read);
                assertEquals("all " + plan.size() + " items\n", Files.readString(said), "what the original says");
                assertEquals(plan.stream().map(Item::planned).toList(), read.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            } finally {
                original.destroyForcibly();
            }
        }
    }

    private static void serve(Handle handle, List<Item> plan, CompletableFuture<List<Object>> done) {
        List<Object> read = new ArrayList<>();
        for (Item item : plan) {
            item.write(handle);
            handle.pushRead(item.read(), (h, value) -> {
                read.add(value);
                if (read.size() == plan.size()) {
                    // Who wants nothing does not notice the end.
                    h.pushShutdown().onRead(more -> fail("more than was planned"));
                }
            });
        }
        handle.onEof(h -> done.complete(read));
    }

    private static String script() throws Exception {
        return Path.of(Objects.requireNonNull(LiveComparisonTest.class.getResource("/live/peer.pl"))
                        .toURI())
                .toString();
    }

    private String write(List<Item> plan) throws IOException {
        ArrayNode all = MAPPER.createArrayNode();
        plan.forEach(item -> all.addArray().add(item.type()).add(item.args()).add(item.data()));
        return Files.write(folder.resolve("plan.json"), MAPPER.writeValueAsBytes(all))
                .toString();
    }
}
