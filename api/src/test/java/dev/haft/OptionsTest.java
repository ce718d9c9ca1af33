package dev.haft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Options are immutable and say what is wrong with them; parity opt.*. */
class OptionsTest {
    private static final Duration NEGATIVE = Duration.ofSeconds(-1);

    @Test
    void allLimitsAreOnByDefault() {
        HandleOptions standard = HandleOptions.standard();
        assertEquals(1 << 20, standard.maxReadBufferBytes());
        assertEquals(64 << 20, standard.maxWriteBufferBytes());
        assertEquals(1 << 20, standard.highWaterBytes());
        assertEquals(0, standard.lowWaterBytes());
        assertEquals(128 << 10, standard.maxReadBytes());
        assertEquals(Duration.ofSeconds(30), standard.connectTimeout());
        assertEquals(Duration.ofSeconds(10), standard.closeTimeout());
        assertEquals(Duration.ofHours(1), standard.linger());
        assertEquals(Duration.ZERO, standard.timeout());
        assertTrue(standard.oobInline());
        assertNull(standard.onError());
    }

    @TestFactory
    Stream<DynamicTest> aNegativeTimeIsRefused() {
        Map<String, BiConsumer<HandleOptions.Builder, Duration>> times = Map.of(
                "timeout", HandleOptions.Builder::timeout,
                "readTimeout", HandleOptions.Builder::readTimeout,
                "writeTimeout", HandleOptions.Builder::writeTimeout,
                "connectTimeout", HandleOptions.Builder::connectTimeout,
                "closeTimeout", HandleOptions.Builder::closeTimeout,
                "linger", HandleOptions.Builder::linger);
        return times.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
                    HandleOptions.Builder builder = HandleOptions.builder();
                    assertEquals(
                            e.getKey() + ": PT-1S, must not be negative",
                            assertThrows(
                                            IllegalArgumentException.class,
                                            () -> e.getValue().accept(builder, NEGATIVE))
                                    .getMessage());
                }));
    }

    @TestFactory
    Stream<DynamicTest> aSizeBelowItsBoundIsRefused() {
        Map<String, BiConsumer<HandleOptions.Builder, Integer>> sizes = Map.of(
                "maxReadBufferBytes", HandleOptions.Builder::maxReadBufferBytes,
                "maxWriteBufferBytes", HandleOptions.Builder::maxWriteBufferBytes,
                "maxReadBytes", HandleOptions.Builder::maxReadBytes,
                "lowWaterBytes", HandleOptions.Builder::lowWaterBytes);
        return sizes.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
                    int bound = e.getKey().equals("lowWaterBytes") ? 0 : 1;
                    HandleOptions.Builder builder = HandleOptions.builder();
                    e.getValue().accept(builder, bound);
                    assertEquals(
                            e.getKey() + ": " + (bound - 1) + " bytes, must be at least " + bound,
                            assertThrows(
                                            IllegalArgumentException.class,
                                            () -> e.getValue().accept(builder, bound - 1))
                                    .getMessage());
                }));
    }

    @Test
    void noHighWaterMarkIsSaidByNameOrByZero() {
        HandleOptions.Builder builder = HandleOptions.builder();
        assertEquals(
                HandleOptions.unlimited(), builder.highWaterBytes(0).build().highWaterBytes());
        assertEquals(
                HandleOptions.unlimited(),
                builder.highWaterBytes(HandleOptions.unlimited()).build().highWaterBytes());
        assertThrows(IllegalArgumentException.class, () -> builder.highWaterBytes(-1));
    }

    @Test
    void aLowWaterMarkAboveTheHighOneIsRefused() {
        HandleOptions.Builder builder =
                HandleOptions.builder().lowWaterBytes(11).highWaterBytes(10);
        assertEquals(
                "lowWaterBytes: 11, must be at most highWaterBytes, 10",
                assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }

    @Test
    void builtOptionsDoNotFollowTheirBuilder() {
        HandleOptions.Builder builder = HandleOptions.builder().peerName("a");
        HandleOptions first = builder.build();
        HandleOptions second = builder.peerName("b")
                .option(StandardSocketOptions.SO_RCVBUF, 4096)
                .build();
        assertEquals("a", first.peerName());
        assertTrue(first.options().isEmpty());
        assertEquals("b", second.peerName());
        assertEquals(Map.of(StandardSocketOptions.SO_RCVBUF, 4096), second.options());
        assertThrows(UnsupportedOperationException.class, () -> second.options().clear());
    }

    @Test
    void withKeepsWhatIsNotChanged() {
        HandleOptions changed = HandleOptions.builder()
                .timeout(Duration.ofSeconds(1))
                .autocork(true)
                .noDelay(true)
                .option(StandardSocketOptions.SO_RCVBUF, 4096)
                .build()
                .with()
                .lowWaterBytes(5)
                .build();
        assertEquals(Duration.ofSeconds(1), changed.timeout());
        assertTrue(changed.autocork());
        assertEquals(true, changed.noDelay());
        assertEquals(5, changed.lowWaterBytes());
        assertEquals(1, changed.options().size());
    }

    @Test
    void listenOptionsSayWhatIsWrong() {
        ListenOptions standard = ListenOptions.standard();
        assertEquals(1024, standard.backlog());
        assertEquals(65_536, standard.maxConnections());
        assertEquals(
                "backlog: 0, must be at least 1",
                assertThrows(IllegalArgumentException.class, () -> standard.withBacklog(0))
                        .getMessage());
        assertEquals(
                "maxConnections: 0, must be at least 1",
                assertThrows(IllegalArgumentException.class, () -> standard.withMaxConnections(0))
                        .getMessage());
        assertThrows(NullPointerException.class, () -> standard.withHandleOptions(null));
        assertEquals(
                new ListenOptions(HandleOptions.standard(), 5, 6, null),
                standard.withBacklog(5).withMaxConnections(6));
    }
}
