package dev.haft.engine;

import static dev.haft.Reads.line;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.haft.Endpoint;
import dev.haft.ErrorCode;
import dev.haft.Haft;
import dev.haft.HandleOptions;
import dev.haft.ListenOptions;
import dev.haft.Listener;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Law 4: a gibibyte without a line end needs no more memory than the limits say, in a JVM that has little. */
class FlatMemoryTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final int SENT = 1024;

    @Test
    void aGibibyteWithoutALineEndPassesThroughASmallHeap() throws Exception {
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-XX:MaxDirectMemorySize=2m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        Stream.of(Haft.class, EngineProvider.class, FlatMemoryTest.class)
                                .map(FlatMemoryTest::place)
                                .collect(Collectors.joining(File.pathSeparator)),
                        FlatMemoryTest.class.getName()))
                .redirectErrorStream(true)
                .start();
        try {
            String output = Pair.await(CompletableFuture.supplyAsync(() -> all(child.getInputStream())));
            // Each time the limit of 64 KiB, a marker of two bytes, and one more.
            assertEquals("passed " + SENT + " MiB, always TOO_LONG\n", output);
            assertEquals(0, child.waitFor());
        } finally {
            child.destroyForcibly();
        }
    }

    private static String place(Class<?> of) {
        try {
            return Path.of(of.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String all(InputStream in) {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The child: drops what is too long and goes on, until the peer ends. */
    public static void main(String[] args)
            throws IOException, ExecutionException, InterruptedException, TimeoutException, dev.haft.HandleException {
        AtomicInteger others = new AtomicInteger();
        long[] dropped = {0};
        CompletableFuture<Void> ended = new CompletableFuture<>();
        HandleOptions options = HandleOptions.builder()
                .onError((h, error) -> {
                    if (error.code() != ErrorCode.TOO_LONG && !error.fatal()) {
                        others.incrementAndGet();
                    }
                    dropped[0] += h.readBuffer().remaining();
                    h.readBuffer().position(h.readBuffer().limit());
                    h.startRead();
                    if (error.fatal()) {
                        ended.complete(null);
                    }
                })
                .build();
        try (Haft haft = Haft.builder().loops(1).open();
                Listener listener = haft.listen(
                        Endpoint.tcp("127.0.0.1", 0),
                        ListenOptions.of(options),
                        h -> h.onEach(line(), (x, text) -> others.incrementAndGet()));
                Socket peer = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            byte[] piece = new byte[MEBIBYTE];
            OutputStream out = peer.getOutputStream();
            for (int i = 0; i < SENT; i++) {
                out.write(piece);
            }
            peer.shutdownOutput();
            ended.get(60, TimeUnit.SECONDS);
            System.out.print("passed " + dropped[0] / MEBIBYTE + " MiB, "
                    + (others.get() == 0 ? "always TOO_LONG" : others + " other events") + "\n");
        }
    }
}
