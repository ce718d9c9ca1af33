package dev.haft.itests.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.Listener;
import dev.haft.Reads;
import dev.haft.Types.Origin;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.BundleListener;

/** A bundle that goes takes all of its own with it, and nothing else. */
public class BundleGoesIT extends InFelix {
    private Haft haft;
    private Bundle guest;

    @Before
    public void getHaft() throws InterruptedException {
        haft = haft();
    }

    @After
    public void uninstall() throws BundleException {
        if (guest != null && guest.getState() != Bundle.UNINSTALLED) {
            guest.uninstall();
        }
    }

    @Test
    public void itsListenerAndTheConnectionsOfThatEnd() throws Exception {
        guest = ThirdParty.guest("guest").start(context);
        int port = Guest.port(guest);
        try (LineClient client = new LineClient(port)) {
            assertEquals("guest one", client.write("one\n").read());
            CompletableFuture<Void> stopped = aside(guest::stop);
            assertNull(client.read());
            client.end();
            soon(stopped);
            Guest.assertRefused(port);
        }
    }

    @Test
    public void theConnectionsThatItMadeEndAndOthersDoNot() throws Exception {
        CompletableFuture<Handle> accepted = new CompletableFuture<>();
        CompletableFuture<Handle> ended = new CompletableFuture<>();
        try (Link other = Link.open(haft);
                Listener peer = haft.listen(Endpoint.tcp("127.0.0.1", 0), handle -> {
                    handle.onEof(h -> {
                        ended.complete(h);
                        h.close();
                    });
                    accepted.complete(handle);
                })) {
            guest = ThirdParty.guest("guest")
                    .header("Guest-Peer", peer.endpoint().toString())
                    .start(context);
            Handle fromGuest = soon(accepted);
            assertEquals("hello", soon(fromGuest.read(Reads.line())));
            // Without a wish to read nobody looks whether the stream has ended.
            fromGuest.onRead(h -> {});
            guest.stop();
            assertEquals(fromGuest, soon(ended));

            assertFalse(haft.isClosed());
            other.near().pushWrite("still here\n");
            assertEquals("still here", soon(other.far().read(Reads.line())));
        }
    }

    @Test
    public void itsTypesEnd() throws Exception {
        guest = ThirdParty.guest("guest").start(context);
        List<Origin> its = List.of(new Origin("guest.by.service", "guest"), new Origin("guest.by.types", "guest"));
        assertTrue(haft.types().readOrigins().containsAll(its));
        guest.stop();
        assertFalse(haft.types().readOrigins().stream().anyMatch(its::contains));
    }

    /** A port that is given back late would be in use when the bundle starts again. */
    @Test
    public void itMayStartAgainOnTheSamePortAtOnce() throws Exception {
        int port;
        try (Listener free = haft.listen(Endpoint.tcp("127.0.0.1", 0), Handle::close)) {
            port = free.port();
        }
        guest = ThirdParty.guest("guest")
                .header("Guest-Port", String.valueOf(port))
                .start(context);
        for (int i = 0; i < 200; i++) {
            guest.stop();
            guest.start();
        }
        try (LineClient client = new LineClient(port)) {
            assertEquals("guest x", client.write("x\n").read());
        }
    }

    /** The peer neither reads nor closes: the end is not orderly, but it comes. */
    @Test
    public void aPeerCannotHoldItUp() throws Exception {
        guest = ThirdParty.guest("guest").start(context);
        int port = Guest.port(guest);
        try (LineClient client = new LineClient(port)) {
            assertEquals("guest one", client.write("one\n").read());
            long start = System.nanoTime();
            guest.stop();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertTrue(took.toString(), took.compareTo(Duration.ofSeconds(8)) < 0);
            assertNull(client.read());
        }
    }

    /** On a loop nobody can wait for what that loop has to do. */
    @Test
    public void itMayStopItselfInACallback() throws Exception {
        guest = ThirdParty.guest("guest").start(context);
        CompletableFuture<Bundle> stopped = new CompletableFuture<>();
        Bundle stopping = guest;
        BundleListener listener = event -> {
            if (event.getBundle().equals(stopping) && event.getType() == BundleEvent.STOPPED) {
                stopped.complete(stopping);
            }
        };
        context.addBundleListener(listener);
        int port = Guest.port(guest);
        try (LineClient client = new LineClient(port)) {
            client.write("stop\n");
            assertNull(client.read());
            assertEquals(Bundle.RESOLVED, soon(stopped).getState());
            Guest.assertRefused(port);
        } finally {
            context.removeBundleListener(listener);
        }
    }

    @Test
    public void closingAHaftClosesWhatItsBundleHasAndLeavesItUsable() throws Exception {
        guest = ThirdParty.guest("guest").start(context);
        try (LineClient client = new LineClient(Guest.port(guest));
                Link link = Link.open(haft)) {
            assertEquals("guest one", client.write("one\n").read());
            haft.close();
            assertTrue(link.near().isDestroyed());
            assertTrue(link.far().isDestroyed());
            assertTrue(link.listener().isClosed());
            Guest.assertRefused(link.listener().port());
            assertEquals(0, haft.handles().size());
            assertEquals(0, haft.listeners().size());

            assertFalse(haft.isClosed());
            try (Link again = Link.open(haft)) {
                again.near().pushWrite("again\n");
                assertEquals("again", soon(again.far().read(Reads.line())));
            }
            // The guest's are its own.
            assertEquals("guest two", client.write("two\n").read());

            CompletableFuture<Void> closed = aside(() -> Guest.closeItsHaft(guest));
            assertNull(client.read());
            client.end();
            soon(closed);
            try (Link third = Link.open(haft)) {
                third.near().pushWrite("mine\n");
                assertEquals("mine", soon(third.far().read(Reads.line())));
            }
        }
    }

    @Test
    public void itsClassLoaderIsNotKept() throws Exception {
        assertTrue(isCollectedAfterUse(ThirdParty.guest("guest")));
    }

    @Test
    public void itsTimersGoToo() throws Exception {
        assertTrue(isCollectedAfterUse(ThirdParty.guest("guest").header("Guest-Timer", "1")));
    }

    private boolean isCollectedAfterUse(ThirdParty packed) throws Exception {
        CompletableFuture<Handle> accepted = new CompletableFuture<>();
        try (Listener peer = haft.listen(Endpoint.tcp("127.0.0.1", 0), accepted::complete)) {
            WeakReference<ClassLoader> loader =
                    use(packed.header("Guest-Peer", peer.endpoint().toString()).start(context), accepted);
            return Guest.isCollected(loader);
        }
    }

    /** In a method of its own: none of its variables keeps anything. */
    private WeakReference<ClassLoader> use(Bundle bundle, CompletableFuture<Handle> accepted) throws Exception {
        WeakReference<ClassLoader> loader = Guest.loader(bundle);
        Handle fromGuest = soon(accepted);
        assertEquals("hello", soon(fromGuest.read(Reads.line())));
        fromGuest.pushWrite("x\n");
        try (Link link = Link.open(haft);
                LineClient client = new LineClient(Guest.port(bundle))) {
            assertEquals("guest one", client.write("one\n").read());
            // The read has a decoder of the guest's when that goes: what it has begun with comes with the line before.
            CompletableFuture<Object> line = link.far().read(haft.types().read("guest.by.service"));
            CompletableFuture<Object> begun = link.far().read(haft.types().read("guest.by.service"));
            link.near().pushWrite("a line\nno line yet");
            soon(line);
            soon(CompletableFuture.runAsync(() -> {}, link.far().loop()));
            CompletableFuture<Void> uninstalled = aside(bundle::uninstall);
            assertNull(client.read());
            client.end();
            fromGuest.destroy();
            soon(uninstalled);
            assertFalse(begun.isDone());
        }
        return loader;
    }
}
