package dev.haft.engine.doc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.haft.BadMessageException;
import dev.haft.ErrorCode;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleOptions;
import dev.haft.testkit.BytesOutput;
import dev.haft.testkit.DecoderVerifier;
import dev.haft.testkit.ManualClock;
import dev.haft.testkit.ScriptedPeer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class RecordReadTest {
    @Test
    void keepsTheLawOfTheDecoder() throws Exception {
        DecoderVerifier.of(new RecordRead().named("record"))
                .example("\3key\5value", Map.entry("key", "value"))
                .example("\1k\0", Map.entry("k", ""))
                .written(new RecordWrite(), Map.entry("a", "b"), Map.entry("ä", "x".repeat(255)))
                .bad("\0\1v", ErrorCode.BAD_MESSAGE)
                .verify();
    }

    @Test
    void aLongKeyIsRefused() {
        var tooLong = Map.entry("k".repeat(256), "");
        assertThrows(BadMessageException.class, () -> BytesOutput.encoded(new RecordWrite(), tooLong));
    }

    @Test
    void aServerKeepsRecords() {
        try (Haft haft = Haft.open();
                ScriptedPeer peer = ScriptedPeer.open(haft, HandleOptions.standard())) {
            Map<String, String> kept = new ConcurrentHashMap<>();
            peer.handle().onEach(new RecordRead(), (h, entry) -> {
                kept.put(entry.getKey(), entry.getValue());
                h.pushWrite(new RecordWrite(), Map.entry(entry.getKey(), "kept"));
            });
            peer.send("\3ke", "y\5val", "ue").expect("\3key\4kept");
            peer.end();
            assertEquals(Map.of("key", "value"), kept);
        }
    }

    @Test
    void whoSaysNothingIsSentAway() {
        ManualClock clock = new ManualClock();
        try (Haft haft = Haft.builder().clock(clock).open();
                ScriptedPeer peer = ScriptedPeer.open(haft, HandleOptions.standard())) {
            CompletableFuture<Void> served = new CompletableFuture<>();
            peer.handle().execute(h -> {
                h.readTimeout(Duration.ofSeconds(30)).onReadTimeout(Handle::close);
                served.complete(null);
            });
            served.join();
            clock.advance(Duration.ofSeconds(30));
            peer.expectEnd();
        }
    }
}
