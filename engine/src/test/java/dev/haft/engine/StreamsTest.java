package dev.haft.engine;

import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Haft;
import dev.haft.Handle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Handles of blocking streams. Parity open.stdin. */
class StreamsTest {
    private final Events events = new Events();

    @Test
    void pipedStreamsTalk() throws Exception {
        PipedOutputStream toHandle = new PipedOutputStream();
        try (Haft haft = Pair.haft();
                PipedInputStream fromHandle = new PipedInputStream(100)) {
            Handle handle = haft.open(
                    new PipedInputStream(toHandle),
                    new PipedOutputStream(fromHandle),
                    events.options().build());
            handle.onEach(line(), (h, text) -> h.pushWrite(text + "!\n"));
            toHandle.write("hello\n".getBytes(StandardCharsets.US_ASCII));
            toHandle.flush();
            assertEquals("hello!\n", new String(fromHandle.readNBytes(7), StandardCharsets.US_ASCII));
            toHandle.close();
            events.expect("eof");
            handle.pushWrite("x".repeat(1000));
            handle.close();
            assertEquals(1000, fromHandle.readAllBytes().length);
            Pair.await(handle.closed());
        }
    }

    @Test
    void aProcessAnswersAndEnds() throws Exception {
        Process cat = new ProcessBuilder("cat").start();
        try (Haft haft = Pair.haft()) {
            Handle handle = haft.open(
                    cat.getInputStream(),
                    cat.getOutputStream(),
                    events.options().build());
            handle.pushWrite("hello\n").pushRead(line(), events.value());
            events.expect("hello");
            int much = 4 << 20;
            handle.pushWrite(new byte[much]).pushRead(chunk(much), (h, bytes) -> events.add(bytes.length + " bytes"));
            events.expect(much + " bytes");
            handle.onEach(line(), events.value());
            handle.pushShutdown();
            events.expect("eof");
            handle.close();
            Pair.await(handle.closed());
            assertTrue(cat.waitFor(20, TimeUnit.SECONDS));
        } finally {
            cat.destroyForcibly();
        }
    }

    @Test
    void aShellIsTalkedToAndItsExitIsTheEndOfTheStream() throws Exception {
        Process shell = new ProcessBuilder("sh").start();
        try (Haft haft = Pair.haft()) {
            Handle handle = haft.open(
                    shell.getInputStream(),
                    shell.getOutputStream(),
                    events.options().build());
            handle.onEach(line(), events.value());
            handle.pushWrite("echo $((6 * 7))\n");
            events.expect("42");
            handle.pushWrite("echo bye; exit 3\n");
            events.expect("bye", "eof");
            assertTrue(shell.waitFor(20, TimeUnit.SECONDS));
            assertEquals(3, shell.exitValue());
            handle.destroy();
            Pair.await(handle.closed());
            events.expectNoMore();
        } finally {
            shell.destroyForcibly();
        }
    }

    @Test
    void aProcessThatDiesWithinALineIsAnUnexpectedEnd() throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "read x; printf half; kill -9 $$").start();
        try (Haft haft = Pair.haft()) {
            Handle handle = haft.open(
                    shell.getInputStream(),
                    shell.getOutputStream(),
                    events.options().build());
            handle.pushRead(line(), events.value()).pushWrite("go\n");
            events.expect("UNEXPECTED_END!");
            Pair.await(handle.closed());
        } finally {
            shell.destroyForcibly();
        }
    }

    @Test
    void closingTheHandleEndsAProcessThatReadsToItsEnd() throws Exception {
        Process cat = new ProcessBuilder("sh", "-c", "cat >/dev/null").start();
        try (Haft haft = Pair.haft()) {
            Handle handle = haft.open(
                    cat.getInputStream(),
                    cat.getOutputStream(),
                    events.options().build());
            handle.pushWrite(new byte[1 << 20]);
            handle.close();
            assertTrue(cat.waitFor(20, TimeUnit.SECONDS));
            assertEquals(0, cat.exitValue());
            Pair.await(handle.closed());
        } finally {
            cat.destroyForcibly();
        }
    }

    @Test
    void nothingIsReadBeforeSomebodyAsks() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        InputStream counted = new ByteArrayInputStream("abc\n".getBytes(StandardCharsets.US_ASCII)) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                reads.incrementAndGet();
                return super.read(into, offset, length);
            }
        };
        try (Haft haft = Pair.haft()) {
            Handle handle = haft.open(
                    counted, OutputStream.nullOutputStream(), events.options().build());
            Pair.settle(handle.loop());
            assertEquals(0, reads.get());
            handle.pushRead(line(), events.value());
            events.expect("abc");
            handle.destroy();
        }
    }

    @Test
    void bothStreamsAreClosedWithTheHandleAndTheOutputIsFlushed() throws Exception {
        CompletableFuture<String> inClosed = new CompletableFuture<>();
        CompletableFuture<String> outClosed = new CompletableFuture<>();
        InputStream in = new ByteArrayInputStream(new byte[0]) {
            @Override
            public void close() {
                inClosed.complete("closed");
            }
        };
        OutputStream out = new ByteArrayOutputStream() {
            @Override
            public void close() {
                outClosed.complete(toString(StandardCharsets.US_ASCII));
            }
        };
        try (Haft haft = Pair.haft()) {
            Handle handle = haft.open(in, out, events.options().build());
            handle.pushWrite("bye");
            handle.close();
            assertEquals("bye", Pair.await(outClosed));
            assertEquals("closed", Pair.await(inClosed));
            Pair.await(handle.closed());
        }
    }

    @Test
    void anOutputThatFailsIsAnError() throws Exception {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("no paper");
            }
        };
        try (Haft haft = Pair.haft()) {
            Handle handle = haft.open(
                    InputStream.nullInputStream(), broken, events.options().build());
            for (int i = 0; i < 1000 && !handle.isDestroyed(); i++) {
                handle.pushWrite(new byte[1 << 16]);
                Pair.settle(handle.loop());
            }
            events.expect("IO!");
            assertTrue(events.lastError().getMessage().contains("no paper"));
        }
    }

    @Test
    void aWriteThatFailsLaterIsToldWithoutAnotherWrite() throws Exception {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("no paper");
            }
        };
        try (Haft haft = Pair.haft();
                PipedOutputStream silent = new PipedOutputStream()) {
            Handle handle = haft.open(
                    new PipedInputStream(silent), broken, events.options().build());
            handle.pushWrite("x");
            events.expect("IO!");
        }
    }

    @Test
    void anInputThatFailsIsAnError() throws Exception {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("no light");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return read();
            }
        };
        try (Haft haft = Pair.haft()) {
            Handle handle = haft.open(
                    broken, OutputStream.nullOutputStream(), events.options().build());
            handle.pushRead(line(), events.value());
            events.expect("IO!");
            assertTrue(events.lastError().getMessage().contains("no light"));
        }
    }

    @Test
    void aStreamThatThrowsIsAnErrorToo() throws Exception {
        InputStream broken = new InputStream() {
            @Override
            public int read() {
                throw new IllegalStateException("boom");
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                return read();
            }
        };
        try (Haft haft = Pair.haft()) {
            Handle handle = haft.open(
                    broken, OutputStream.nullOutputStream(), events.options().build());
            handle.pushRead(line(), events.value());
            events.expect("IO!");
            assertFalse(events.lastError().getMessage().isEmpty());
        }
    }
}
