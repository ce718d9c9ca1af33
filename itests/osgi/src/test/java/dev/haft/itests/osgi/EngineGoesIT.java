package dev.haft.itests.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import dev.haft.Endpoint;
import dev.haft.ErrorCode;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleException;
import dev.haft.Protocol;
import dev.haft.Reads;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

/** The bundle of the engine is stopped, and started again. */
public class EngineGoesIT extends InFelix {
    private Bundle engine;

    @Before
    public void find() {
        engine = installed("dev.haft.engine");
    }

    @After
    public void start() throws BundleException {
        if (engine.getState() != Bundle.UNINSTALLED) {
            engine.start();
        }
    }

    @Test
    public void nothingOfItStays() throws Exception {
        Haft haft = haft();
        Path socket = Files.createTempDirectory("haft").resolve("socket");
        Blocking input = new Blocking();
        Set<Thread> threads;
        CompletableFuture<String> unread;
        int port;
        try (Link link = Link.open(haft)) {
            port = link.listener().port();
            haft.listen(Endpoint.unix(socket), Handle::close);
            unread = haft.open(input, OutputStream.nullOutputStream()).read(Reads.line());
            soon(input.blocked);
            threads = haftThreads();
            assertTrue(Files.exists(socket));
            engine.stop();
        }
        threads.addAll(haftThreads());
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(SECONDS));
            assertFalse(thread.getName(), thread.isAlive());
        }
        assertFalse(Files.exists(socket));
        Files.delete(socket.getParent());
        assertNull(context.getServiceReference(Haft.class));
        Guest.assertRefused(port);
        ExecutionException failed = assertThrows(ExecutionException.class, () -> soon(unread));
        assertEquals(ErrorCode.DESTROYED, ((HandleException) failed.getCause()).code());

        assertTrue(haft.isClosed());
        assertThrows(IllegalStateException.class, () -> haft.connect(Endpoint.tcp("127.0.0.1", port)));
        assertThrows(IllegalStateException.class, () -> haft.listen(Endpoint.tcp("127.0.0.1", 0), Handle::close));
        haft.close();
        haft.join(Duration.ofSeconds(SECONDS));
    }

    /** A stream that has nothing until it is closed. */
    private static final class Blocking extends InputStream {
        private final CompletableFuture<Void> blocked = new CompletableFuture<>();
        private final CompletableFuture<Void> closed = new CompletableFuture<>();

        @Override
        public int read() {
            blocked.complete(null);
            closed.join();
            return -1;
        }

        @Override
        public void close() {
            closed.complete(null);
        }
    }

    @Test
    public void itStartsAgainAndKnowsAllTypes() throws Exception {
        Haft before = haft();
        var types = before.types().readOrigins();
        for (int i = 0; i < 3; i++) {
            engine.stop();
            engine.start();
        }
        Haft haft = haft();
        assertEquals(types, haft.types().readOrigins());
        try (Link link = Link.open(haft)) {
            link.near().pushWrite(haft.types().write("json"), List.of(1));
            assertEquals("[1]", soon(link.far().read(haft.types().read("json"))).toString());
        }
    }

    /** The example takes a Haft: its protocol is there as long as there is one. */
    @Test
    public void protocolsThatNeedItComeAndGoWithIt() throws Exception {
        String rpc = "(" + Protocol.NAME + "=rpc)";
        String echo = "(" + Protocol.NAME + "=echo)";
        engine.stop();
        assertEquals(0, context.getServiceReferences(Protocol.class, rpc).size());
        assertEquals(1, context.getServiceReferences(Protocol.class, echo).size());
        engine.start();
        assertEquals(1, context.getServiceReferences(Protocol.class, rpc).size());
    }

    /** Ten bundles whose peers neither read nor close do not make it ten times as long. */
    @Test
    public void manyGuestsDoNotHoldItUp() throws Exception {
        LineClient[] clients = new LineClient[10];
        Bundle[] guests = new Bundle[clients.length];
        for (int i = 0; i < clients.length; i++) {
            guests[i] = ThirdParty.guest("guest" + i)
                    .header(Constants.BUNDLE_VERSION, "1.0." + i)
                    .start(context);
            clients[i] = new LineClient(Guest.port(guests[i]));
            assertEquals("guest x", clients[i].write("x\n").read());
        }
        long start = System.nanoTime();
        engine.stop();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        for (int i = 0; i < clients.length; i++) {
            assertNull(clients[i].read());
            clients[i].close();
            guests[i].uninstall();
        }
        assertTrue(took.toString(), took.compareTo(Duration.ofSeconds(10)) < 0);
    }

    @Test
    public void aGuestOutlivesItWithoutALeak() throws Exception {
        Bundle guest = ThirdParty.guest("guest").start(context);
        int port = Guest.port(guest);
        engine.stop();
        Guest.assertRefused(port);
        assertEquals(Bundle.ACTIVE, guest.getState());
        WeakReference<ClassLoader> loader = Guest.loader(guest);
        guest.uninstall();
        guest = null;
        assertTrue("kept while there are " + haftThreads(), Guest.isCollected(loader));
    }

    /** Neither a thread nor a thing of the JDK (a reference, a thread local, a shutdown hook) keeps its classes. */
    @Test
    public void itsClassLoaderIsNotKept() throws Exception {
        WeakReference<ClassLoader> loader = useAndUninstall();
        engine = null;
        boolean collected = Guest.isCollected(loader);
        engine = bundleAgain();
        assertTrue("kept while there are " + haftThreads(), collected);
    }

    private Bundle bundleAgain() throws BundleException {
        Bundle again =
                context.installBundle(BundleJars.named("haft-engine").toUri().toString());
        again.start();
        return again;
    }

    private WeakReference<ClassLoader> useAndUninstall() throws Exception {
        Bundle guest = ThirdParty.guest("guest").start(context);
        try (LineClient client = new LineClient(Guest.port(guest));
                Link link = Link.open(haft())) {
            assertEquals("guest x", client.write("x\n").read());
            link.near().pushWrite("line\n");
            assertEquals("line", soon(link.far().read(Reads.line())));
            link.near().pushWrite(haft().types().write("json"), List.of(1));
            assertEquals(
                    "[1]", soon(link.far().read(haft().types().read("json"))).toString());
        }
        guest.uninstall();
        WeakReference<ClassLoader> loader = Guest.loader(engine);
        engine.uninstall();
        return loader;
    }
}
