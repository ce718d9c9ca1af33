package dev.haft.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleOptions;
import dev.haft.testkit.ManualClock;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** The race of addresses, by a clock that the test moves. Parity open.multihomed, open.connect_timeout; RFC 8305 section 5. */
class ConnectRaceTest {
    private static final String ONE = "127.0.0.2";
    private static final String TWO = "127.0.0.3";
    private static final String THREE = "127.0.0.4";

    private final Events events = new Events();
    private final ManualClock clock = new ManualClock();
    private final List<SocketChannel> sockets = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<Runnable> retries = new LinkedBlockingQueue<>();

    private Haft haft(Site site) {
        return Haft.builder()
                .loops(1)
                .clock(clock)
                .resolver(site)
                .closeTimeout(Duration.ZERO)
                .open();
    }

    private HandleOptions.Builder options() {
        return events.options()
                .onPrepare((handle, channel) -> {
                    sockets.add(channel);
                    events.add("prepare");
                    return null;
                })
                .onConnect((handle, address, retry) -> {
                    events.add("connected "
                            + ((InetSocketAddress) address).getAddress().getHostAddress());
                    retries.add(retry);
                });
    }

    private void advance(Handle handle, long millis) {
        clock.advance(Duration.ofMillis(millis));
        Pair.settle(handle.loop());
    }

    @Test
    void theNextAddressHasItsTurnAfter250MillisecondsAndTheLosersAreClosed() throws Exception {
        try (Site site = new Site(ONE, TWO, THREE).hangs(ONE, TWO).answers(THREE);
                Haft haft = haft(site)) {
            Handle handle = haft.connect(site.endpoint(), options().build());
            events.expect("prepare");
            Pair.settle(handle.loop());
            advance(handle, 249);
            events.expectNoMore();
            advance(handle, 1);
            events.expect("prepare");
            advance(handle, 249);
            events.expectNoMore();
            assertTrue(sockets.get(0).isOpen());
            assertTrue(sockets.get(1).isOpen());
            advance(handle, 1);
            events.expect("prepare", "connected " + THREE);
            assertFalse(sockets.get(0).isOpen());
            assertFalse(sockets.get(1).isOpen());
            assertTrue(sockets.get(2).isConnected());
        }
    }

    @Test
    void theNextAddressHasItsTurnAtOnceWhenOneFails() throws Exception {
        try (Site site = new Site(ONE, TWO, THREE).answers(THREE);
                Haft haft = haft(site)) {
            haft.connect(site.endpoint(), options().build());
            events.expect("prepare", "prepare", "prepare", "connected " + THREE);
        }
    }

    @Test
    void theTimeoutIsForAllAddressesTogether() throws Exception {
        try (Site site = new Site(ONE, TWO).hangs(ONE, TWO);
                Haft haft = haft(site)) {
            Handle handle = haft.connect(
                    site.endpoint(),
                    options().connectTimeout(Duration.ofSeconds(3)).build());
            events.expect("prepare");
            Pair.settle(handle.loop());
            advance(handle, 250);
            events.expect("prepare");
            advance(handle, 2749);
            events.expectNoMore();
            advance(handle, 1);
            events.expect("TIMED_OUT!");
            assertFalse(sockets.get(0).isOpen());
            assertFalse(sockets.get(1).isOpen());
            Pair.await(handle.closed());
        }
    }

    @Test
    void destroyClosesAllThatTry() throws Exception {
        try (Site site = new Site(ONE, TWO).hangs(ONE, TWO);
                Haft haft = haft(site)) {
            Handle handle = haft.connect(site.endpoint(), options().build());
            events.expect("prepare");
            Pair.settle(handle.loop());
            advance(handle, 250);
            events.expect("prepare");
            handle.destroy();
            Pair.await(handle.closed());
            assertFalse(sockets.get(0).isOpen());
            assertFalse(sockets.get(1).isOpen());
        }
    }

    @Test
    void retryGoesOnWithTheLosersOfTheRaceAndThenWithTheRest() throws Exception {
        try (Site site = new Site(ONE, TWO, THREE).hangs(ONE).answers(TWO, THREE);
                Haft haft = haft(site)) {
            Handle handle = haft.connect(site.endpoint(), options().build());
            events.expect("prepare");
            Pair.settle(handle.loop());
            advance(handle, 250);
            events.expect("prepare", "connected " + TWO);
            retries.remove().run();
            // The one that was closed when the other won has not failed.
            events.expect("prepare");
            Pair.settle(handle.loop());
            advance(handle, 250);
            events.expect("prepare", "connected " + THREE);
            retries.remove().run();
            events.expect("prepare");
            Pair.settle(handle.loop());
            advance(handle, 30_000);
            events.expect("TIMED_OUT!");
        }
    }

    @Test
    void theTimeWithAConnectionThatIsDeclinedDoesNotCount() throws Exception {
        try (Site site = new Site(ONE, TWO).hangs(ONE).answers(TWO);
                Haft haft = haft(site)) {
            Handle handle = haft.connect(
                    site.endpoint(),
                    options().connectTimeout(Duration.ofSeconds(1)).build());
            events.expect("prepare");
            Pair.settle(handle.loop());
            advance(handle, 250);
            events.expect("prepare", "connected " + TWO);
            advance(handle, 60_000);
            retries.remove().run();
            events.expect("prepare");
            Pair.settle(handle.loop());
            advance(handle, 749);
            events.expectNoMore();
            advance(handle, 1);
            events.expect("TIMED_OUT!");
        }
    }

    @Test
    void withAPortOfItsOwnThereIsNoRace() throws Exception {
        try (Site site = new Site(ONE, TWO).hangs(ONE).answers(TWO);
                Site own = new Site();
                Haft haft = haft(site)) {
            HandleOptions options = options()
                    .localAddress(Site.address("127.0.0.1", own.port()))
                    .onPrepare((handle, channel) -> {
                        events.add("prepare");
                        assertEquals(channel.getLocalAddress(), handle.localAddress());
                        return Duration.ofSeconds(1);
                    })
                    .build();
            Handle handle = haft.connect(site.endpoint(), options);
            events.expect("prepare");
            Pair.settle(handle.loop());
            advance(handle, 999);
            events.expectNoMore();
            advance(handle, 1);
            events.expect("prepare", "connected " + TWO);
            assertEquals(Site.address("127.0.0.1", own.port()), handle.localAddress());
        }
    }

    @Test
    void fromALocalAddressOnlyItsFamilyIsReached() throws Exception {
        try (Site site = new Site("::1", ONE).answers(ONE);
                Haft haft = haft(site)) {
            Handle handle = haft.connect(
                    site.endpoint(),
                    options().localAddress(Site.address("127.0.0.1", 0)).build());
            events.expect("prepare", "connected " + ONE);
            assertEquals(
                    "127.0.0.1",
                    ((InetSocketAddress) handle.localAddress()).getAddress().getHostAddress());
        }
    }

    @Test
    void manyAddressesThatFailAreTriedOneAfterTheOther() throws Exception {
        String[] many = new String[3000];
        Arrays.fill(many, ONE);
        try (Site site = new Site(many);
                Haft haft = haft(site)) {
            haft.connect(
                    site.endpoint(),
                    events.options()
                            .onPrepare((handle, channel) -> {
                                sockets.add(channel);
                                return null;
                            })
                            .build());
            events.expect("CONNECTION_REFUSED!");
            assertEquals(many.length, sockets.size());
        }
    }
}
