package dev.haft.engine;

import static dev.haft.Reads.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Handle;
import dev.haft.HandleCallback;
import dev.haft.HandleOptions;
import dev.haft.HandleStats;
import dev.haft.Writes;
import dev.haft.testkit.ManualClock;
import java.lang.ref.WeakReference;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What can be set on a handle, and what it says of itself. Parity sections "limits, timing, socket" and "write queue". */
class SettingsTest {
    private final Events events = new Events();

    private static SocketChannel socket(Handle handle) {
        return (SocketChannel) Objects.requireNonNull(handle.channel());
    }

    private static Object oobInline(SocketChannel channel) throws Exception {
        for (SocketOption<?> option : channel.supportedOptions()) {
            if (option.name().equals("SO_OOBINLINE")) {
                return channel.getOption(option);
            }
        }
        throw new AssertionError("there is no such option");
    }

    @Test
    void socketOptionsAreSetAtTheStart() throws Exception {
        HandleOptions.Builder options = events.options()
                .noDelay(true)
                .keepAlive(true)
                .oobInline(false)
                .option(StandardSocketOptions.IP_TOS, 8)
                .option(StandardSocketOptions.SO_BROADCAST, true);
        try (Pair pair = Pair.open(Link.TCP, options)) {
            SocketChannel channel = socket(pair.handle);
            assertEquals(true, channel.getOption(StandardSocketOptions.TCP_NODELAY));
            assertEquals(true, channel.getOption(StandardSocketOptions.SO_KEEPALIVE));
            assertEquals(8, channel.getOption(StandardSocketOptions.IP_TOS));
            assertEquals(false, oobInline(channel));
        }
    }

    @Test
    void socketOptionsAreSetLater() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            SocketChannel channel = socket(pair.handle);
            assertEquals(true, oobInline(channel), "urgent data comes in the stream unless said otherwise");
            pair.handle
                    .noDelay(true)
                    .keepAlive(true)
                    .oobInline(false)
                    .option(StandardSocketOptions.IP_TOS, 8)
                    .option(StandardSocketOptions.SO_LINGER, 5);
            pair.settle();
            assertEquals(true, channel.getOption(StandardSocketOptions.TCP_NODELAY));
            assertEquals(true, channel.getOption(StandardSocketOptions.SO_KEEPALIVE));
            assertEquals(8, channel.getOption(StandardSocketOptions.IP_TOS));
            assertEquals(5, channel.getOption(StandardSocketOptions.SO_LINGER));
            assertEquals(false, oobInline(channel));
            pair.handle.noDelay(false).keepAlive(false).oobInline(true);
            pair.settle();
            assertEquals(false, channel.getOption(StandardSocketOptions.TCP_NODELAY));
            assertEquals(false, channel.getOption(StandardSocketOptions.SO_KEEPALIVE));
            assertEquals(true, oobInline(channel));
            channel.setOption(StandardSocketOptions.SO_LINGER, -1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void socketOptionsAreIgnoredWhereThereAreNone(Link link) throws Exception {
        HandleOptions.Builder options =
                events.options().noDelay(true).keepAlive(true).option(StandardSocketOptions.IP_TOS, 8);
        try (Pair pair = Pair.open(link, options)) {
            pair.handle.noDelay(false).keepAlive(false).oobInline(false).option(StandardSocketOptions.IP_TOS, 16);
            pair.handle.pushWrite("still there");
            assertEquals("still there", pair.peer.receive(11));
            events.expectNoMore();
        }
    }

    @Test
    void socketOptionsMayBeSetWhileConnecting() throws Exception {
        try (java.net.ServerSocket server = new java.net.ServerSocket(0);
                dev.haft.Haft haft = Pair.haft()) {
            Handle handle = haft.connect(
                    dev.haft.Endpoint.tcp("127.0.0.1", server.getLocalPort()),
                    events.options().build());
            handle.noDelay(true).keepAlive(true).oobInline(false).pushWrite("x");
            try (java.net.Socket peer = server.accept()) {
                assertEquals('x', peer.getInputStream().read());
                SocketChannel channel = socket(handle);
                assertEquals(true, channel.getOption(StandardSocketOptions.TCP_NODELAY));
                assertEquals(true, channel.getOption(StandardSocketOptions.SO_KEEPALIVE));
                assertEquals(false, oobInline(channel));
            }
        }
    }

    /** What is written outside of callbacks leaves before the call returns, or else at the end of the turn. */
    @Test
    void autocorkActsFromTheNextWriteOn() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options())) {
            pair.handle.loop().execute(() -> {
                Handle h = pair.handle;
                h.pushWrite("a");
                events.add("waits " + h.pendingWriteBytes());
                h.autocork(true).pushWrite("b").pushWrite("c");
                events.add("waits " + h.pendingWriteBytes());
                h.autocork(false);
                events.add("waits " + h.pendingWriteBytes());
                h.autocork(true).pushWrite("d");
                events.add("waits " + h.pendingWriteBytes());
            });
            events.expect("waits 0", "waits 2", "waits 2", "waits 3");
            assertEquals("abcd", pair.peer.receive(4));
            pair.settle();
            assertEquals(0, pair.handle.pendingWriteBytes());
        }
    }

    @Test
    void theHighWaterMarkCanBeTurnedOffAndTheMarksMoveEachOther() throws Exception {
        HandleOptions.Builder options = events.options().highWaterBytes(10).onHighWater(events.on("high"));
        try (Pair pair = Pair.open(Link.TCP, options)) {
            pair.onLoop(h -> h.highWaterBytes(0).pushWrite(new byte[100_000]));
            events.expectNoMore();
            assertTrue(pair.handle.isWritable());
            pair.peer.receive(100_000);
            pair.settle();
            pair.onLoop(h -> h.highWaterBytes(10).lowWaterBytes(100).pushWrite(new byte[100]));
            events.expectNoMore();
            pair.onLoop(h -> h.pushWrite(new byte[101]));
            events.expect("high");
        }
    }

    @ParameterizedTest
    @EnumSource
    void severalBuffersAreOneWrite(Link link) throws Exception {
        try (Pair pair = Pair.open(link, events.options().maxWriteBufferBytes(10))) {
            ByteBuffer one = ByteBuffer.wrap(new byte[] {'a', 'b'}).position(1);
            ByteBuffer two =
                    ByteBuffer.allocateDirect(3).put(new byte[] {'c', 'd', 'e'}).flip();
            pair.handle.pushWrite(one, two, ByteBuffer.allocate(0)).pushWrite(new ByteBuffer[0]);
            assertEquals("bcde", pair.peer.receive(4));
            assertEquals(0, one.remaining() + two.remaining());
            pair.handle.pushWrite(ByteBuffer.allocate(6), ByteBuffer.allocate(5));
            events.expect("BUFFER_FULL!");
            assertEquals(0, pair.peer.receiveAll().length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anArrayHandedOverLeavesInItsTurn(Link link) throws Exception {
        byte[] large = "x".repeat(300_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        try (Pair pair = Pair.open(link, events.options())) {
            pair.onLoop(h -> h.pushWrite("<").pushWrite(Writes.owned(large)).pushWrite(">"));
            pair.handle.pushWrite(Writes.owned(new byte[] {'!'})).pushShutdown();
            assertEquals("<" + "x".repeat(300_000) + ">!", pair.peer.receiveText());
        }
    }

    @Test
    void statsCountBytesReadsAndTimes() throws Exception {
        ManualClock clock = new ManualClock();
        try (Pair pair = Pair.open(Link.TCP, events.options(), clock)) {
            advance(pair, clock, 1);
            pair.handle.pushRead(line(), events.value()).pushRead(line(), events.value());
            pair.peer.send("abc\nde");
            events.expect("abc");
            advance(pair, clock, 2);
            pair.handle.pushWrite("1234567");
            pair.peer.receive(7);
            pair.settle();
            advance(pair, clock, 3);
            HandleStats stats = pair.handle.stats();
            assertEquals(6, stats.bytesRead());
            assertEquals(7, stats.bytesWritten());
            assertEquals(2, stats.pendingReadBytes());
            assertEquals(0, stats.pendingWriteBytes());
            assertEquals(1, stats.queuedReads());
            assertEquals(Duration.ofSeconds(5), stats.sinceRead());
            assertEquals(Duration.ofSeconds(3), stats.sinceWrite());
        }
    }

    /** What happens in a turn counts as done at its beginning: it must be a new one. */
    private static void advance(Pair pair, ManualClock clock, int seconds) {
        clock.advance(Duration.ofSeconds(seconds));
        pair.settle();
    }

    @Test
    void itsStateShowsInItsText() throws Exception {
        try (Pair pair = Pair.open(Link.TCP, events.options().highWaterBytes(10).peerName("mpd"))) {
            pair.onLoop(
                    h -> h.pushRead(line().named("greeting"), events.value()).pushWrite(new byte[8 << 20]));
            pair.settle();
            String text = pair.handle.toString();
            for (String part :
                    new String[] {"OPEN", "mpd", "127.0.0.1", "queued=1", "rests", "write-blocked", "greeting"}) {
                assertTrue(text.contains(part), text);
            }
            pair.handle.stopRead().pushShutdown();
            pair.settle();
            assertTrue(pair.handle.toString().contains("read-stopped"), pair.handle::toString);
            assertTrue(pair.handle.toString().contains("write-ENDING"), pair.handle::toString);
            pair.handle.linger(Duration.ZERO).destroy();
            Pair.await(pair.handle.closed());
            assertTrue(pair.handle.toString().contains("ENDED"), pair.handle::toString);
        }
    }

    @Test
    void callbacksAndAttachmentAreLetGoAtTheEnd() throws Exception {
        Object[] attached = {new Object()};
        HandleCallback[] callback = {
            new HandleCallback() {
                @Override
                public void accept(Handle handle) {
                    events.add("called");
                }
            }
        };
        HandleOptions.Builder builder =
                HandleOptions.builder().attachment(attached[0]).timeout(Duration.ofHours(1));
        HandleOptions[] options = {
            builder.onTimeout(callback[0])
                    .onEof(callback[0])
                    .onDrain(callback[0])
                    .build()
        };
        Pair pair = Pair.open(Link.TCP, options[0]);
        WeakReference<Object> attachment = new WeakReference<>(attached[0]);
        WeakReference<Object> heard = new WeakReference<>(callback[0]);
        pair.handle.linger(Duration.ZERO).destroy();
        Pair.await(pair.handle.closed());
        pair.settle();
        assertNull(pair.handle.attachment());
        attached[0] = null;
        callback[0] = null;
        options[0] = null;
        builder.attachment(null).onTimeout(null).onEof(null).onDrain(null);
        assertTrue(isCollected(attachment), "the attachment is let go");
        assertTrue(isCollected(heard), "the callbacks are let go");
        pair.close();
    }

    private static boolean isCollected(WeakReference<?> reference) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (reference.get() != null && System.nanoTime() < end) {
            System.gc();
        }
        return reference.get() == null;
    }
}
