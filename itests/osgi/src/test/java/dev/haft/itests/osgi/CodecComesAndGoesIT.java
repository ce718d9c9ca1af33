package dev.haft.itests.osgi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import dev.haft.BadMessageException;
import dev.haft.Decoder;
import dev.haft.ErrorCode;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleException;
import dev.haft.Read;
import dev.haft.ReadCallback;
import dev.haft.ReadContext;
import dev.haft.Reads;
import dev.haft.UncheckedHandleException;
import dev.haft.Write;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** The bundle of a codec is stopped and started while connections are open. */
public class CodecComesAndGoesIT extends InFelix {
    @Inject
    private Haft haft;

    private Bundle codec;
    private Read<Object> read;
    private Write<Object> write;

    @Before
    public void find() {
        codec = installed("dev.haft.json");
        // Kept over all that follows.
        read = haft.types().read("json");
        write = haft.types().write("json");
    }

    @After
    public void start() throws BundleException {
        codec.start();
    }

    @Test
    public void itsTypesGoAndComeWithIt() throws Exception {
        AtomicInteger changes = new AtomicInteger();
        try (var told = haft.types().onChange(changes::incrementAndGet)) {
            codec.stop();
            assertFalse(haft.types().names().contains("json"));
            assertEquals(2, changes.get());
            codec.start();
            assertTrue(haft.types().readNames().contains("json"));
            assertTrue(haft.types().writeNames().contains("json"));
            assertEquals(told.toString(), 4, changes.get());
        }
    }

    @Test
    public void aReadFailsWithoutItAndItsBytesStay() throws Exception {
        try (Link link = Link.open(haft)) {
            link.near().pushWrite(write, List.of(1));
            assertEquals("[1]", soon(link.far().read(read)).toString());

            codec.stop();
            CompletableFuture<String> bytes = new CompletableFuture<>();
            BlockingQueue<String> values = new LinkedBlockingQueue<>();
            link.far().onError((h, error) -> {
                link.errors().add(error);
                ByteBuffer unread = h.readBuffer();
                bytes.complete(new String(unread.array(), unread.arrayOffset() + unread.position(), 1, UTF_8));
            });
            link.far().pushRead(read, (h, value) -> values.add("first " + value));
            link.far().pushRead(read, (h, value) -> values.add("second " + value));
            link.near().pushWrite("[2][3]");
            HandleException error = link.error();
            assertEquals(ErrorCode.TYPE_UNAVAILABLE, error.code());
            assertFalse(error.fatal());
            assertTrue(error.getMessage(), error.getMessage().contains("json"));
            assertEquals("[", soon(bytes));
            assertFalse(link.far().isDestroyed());

            codec.start();
            link.far().unshiftRead(read, (h, value) -> values.add("again " + value));
            assertEquals("again [2]", values.poll(SECONDS, TimeUnit.SECONDS));
            assertEquals("second [3]", values.poll(SECONDS, TimeUnit.SECONDS));
            assertTrue(link.errors().toString(), link.errors().isEmpty());
        }
    }

    @Test
    public void theReadsThatWaitGoOnWhenToldTo() throws Exception {
        try (Link link = Link.open(haft)) {
            codec.stop();
            CompletableFuture<Object> first = link.far().read(read);
            CompletableFuture<Object> second = link.far().read(read);
            link.near().pushWrite("[1][2]");
            ExecutionException failed = assertThrows(ExecutionException.class, () -> soon(first));
            assertEquals(ErrorCode.TYPE_UNAVAILABLE, ((HandleException) failed.getCause()).code());

            codec.start();
            link.far().startRead();
            // The one that failed has left, its bytes have not.
            assertEquals("[1]", soon(second).toString());
            assertEquals("[2]", soon(link.far().read(read)).toString());
            assertTrue(link.errors().toString(), link.errors().isEmpty());
        }
    }

    @Test
    public void aLoopOfReadsGoesOnWhenToldTo() throws Exception {
        try (Link link = Link.open(haft)) {
            BlockingQueue<String> values = new LinkedBlockingQueue<>();
            link.far().onEach(read, (h, value) -> values.add(value.toString()));
            link.near().pushWrite("[1]");
            assertEquals("[1]", values.poll(SECONDS, TimeUnit.SECONDS));

            codec.stop();
            link.near().pushWrite("[2][3]");
            assertEquals(ErrorCode.TYPE_UNAVAILABLE, link.error().code());

            codec.start();
            link.far().startRead();
            link.near().pushWrite("[4]");
            for (int i = 2; i <= 4; i++) {
                assertEquals("[" + i + "]", values.poll(SECONDS, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    public void aWriteFailsWithoutItAndNothingIsWritten() throws Exception {
        try (Link link = Link.open(haft)) {
            codec.stop();
            UncheckedHandleException refused = assertThrows(
                    UncheckedHandleException.class, () -> link.near().pushWrite(write, List.of(1)));
            assertEquals(ErrorCode.TYPE_UNAVAILABLE, refused.code());
            refused = assertThrows(
                    UncheckedHandleException.class, () -> link.near().write(write, List.of(2)));
            assertEquals(ErrorCode.TYPE_UNAVAILABLE, refused.code());

            codec.start();
            link.near().pushWrite(write, List.of(3)).pushWrite("\n");
            assertEquals("[3]", soon(link.far().read(Reads.line())));
        }
    }

    @Test
    public void aReadThatHasBegunEndsWithTheDecoderThatItHas() throws Exception {
        try (Link link = Link.open(haft)) {
            String half = "{\"whole\":";
            Looking looking = new Looking(read, half.length());
            CompletableFuture<Object> value = link.far().read(looking);
            CompletableFuture<Object> next = link.far().read(read);
            link.near().pushWrite(half);
            soon(looking.seen);

            codec.stop();
            link.near().pushWrite("true}[2]");
            assertEquals("{\"whole\":true}", soon(value).toString());
            ExecutionException failed = assertThrows(ExecutionException.class, () -> soon(next));
            assertEquals(ErrorCode.TYPE_UNAVAILABLE, ((HandleException) failed.getCause()).code());

            codec.start();
            link.far().startRead();
            assertEquals("[2]", soon(link.far().read(read)).toString());
        }
    }

    /** Tells when the read has seen so many bytes and wants more. */
    private static final class Looking implements Read<Object> {
        private final Read<Object> read;
        private final int bytes;
        private final CompletableFuture<Void> seen = new CompletableFuture<>();

        Looking(Read<Object> read, int bytes) {
            this.read = read;
            this.bytes = bytes;
        }

        @Override
        public Decoder<Object> begin(ReadContext context) throws BadMessageException {
            Decoder<Object> decoder = read.begin(context);
            return in -> {
                int there = in.remaining();
                Object value = decoder.decode(in);
                if (value == null && there == bytes) {
                    seen.complete(null);
                }
                return value;
            };
        }
    }

    @Test
    public void itsClassLoaderIsNotKept() throws Exception {
        try (Link link = Link.open(haft)) {
            link.far().onEach(read, (h, value) -> h.pushWrite(write, value));
            WeakReference<ClassLoader> loader = useAndUninstall(link);
            codec = null;
            boolean collected = Guest.isCollected(loader);
            codec = context.installBundle(
                    BundleJars.named("haft-codec-json").toUri().toString());
            codec.start();
            assertTrue("kept while there are " + haftThreads(), collected);
            // The connection is still there, and knows nothing of all that.
            link.near().pushWrite(write, List.of(2));
            assertEquals("[2]", soon(link.near().read(read)).toString());
        }
    }

    private WeakReference<ClassLoader> useAndUninstall(Link link) throws Exception {
        link.near().pushWrite(write, List.of(1));
        assertEquals("[1]", soon(link.near().read(read)).toString());
        WeakReference<ClassLoader> loader = Guest.loader(codec);
        codec.uninstall();
        return loader;
    }

    /** Requests and answers go round while the codec is stopped and started: each is answered once, in order. */
    @Test
    public void nothingIsLostUnderLoad() throws Exception {
        int messages = 20_000;
        try (Link link = Link.open(haft)) {
            CompletableFuture<Integer> all = new CompletableFuture<>();
            AtomicInteger expected = new AtomicInteger();
            AtomicInteger missed = new AtomicInteger();
            link.far().onError((h, error) -> {
                if (error.code() == ErrorCode.TYPE_UNAVAILABLE) {
                    missed.incrementAndGet();
                    // Again, but not at once: it would fail at once.
                    h.loop()
                            .execute(() -> h.onEach(read, new Counting(expected, messages, all))
                                    .startRead());
                } else {
                    all.completeExceptionally(error);
                }
            });
            link.far().onEach(read, new Counting(expected, messages, all));
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < messages; i++) {
                text.append('[').append(i).append(']');
                if (i % 500 == 499) {
                    link.near().pushWrite(text);
                    text.setLength(0);
                    if (i % 2000 == 1999) {
                        codec.stop();
                        codec.start();
                    }
                }
            }
            assertEquals(messages, (int) soon(all));
        }
    }

    /** Expects [0], [1], [2] and so on. */
    private record Counting(AtomicInteger expected, int messages, CompletableFuture<Integer> all)
            implements ReadCallback<Object> {
        @Override
        public void accept(Handle handle, Object value) {
            int n = expected.getAndIncrement();
            if (!value.toString().equals("[" + n + "]")) {
                all.completeExceptionally(new AssertionError(value + " instead of " + n));
            }
            if (n + 1 == messages) {
                all.complete(messages);
            }
        }
    }
}
