package dev.haft.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;

/**
 * TLS 1.3 in memory, both ends in one thread: how fast one peer does one thing, and how many bytes of garbage that makes.
 * Times are those of the thread's processor: what the JIT compiler and the collector take is not in them.
 */
public final class TlsBench {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** To ask for the processor's time takes as long as a short message. */
    private static final int BATCH = 100;

    private final TlsPeers peers;
    private final String peer;
    private final double warmSeconds;
    private final double seconds;

    private TlsBench(TlsPeers peers, String peer, double warmSeconds, double seconds) {
        this.peers = peers;
        this.peer = peer;
        this.warmSeconds = warmSeconds;
        this.seconds = seconds;
    }

    /** One step that is repeated. */
    private interface Step {
        void run() throws Exception;
    }

    private record Result(double nanosEach, double bytesEach) {
        /** A speed by its name, and the garbage that belongs to it. */
        String line(String unit, double speed) {
            return String.format(Locale.ROOT, "%s %.1f bytes %.1f", unit, speed, bytesEach);
        }
    }

    /** Takes the key file, a peer, a row of the table, and seconds of warm-up and that count; prints names and values. */
    public static void main(String[] args) throws Exception {
        if (args.length != 5) {
            throw new IllegalArgumentException(
                    "usage: TlsBench KEYS.p12 haft|jdk|boringssl bulk|small|full|hybrid|resumed WARM SECONDS");
        }
        TlsBench bench = new TlsBench(
                new TlsPeers(Path.of(args[0])), args[1], Double.parseDouble(args[3]), Double.parseDouble(args[4]));
        System.out.println(bench.row(args[2]));
    }

    private String row(String row) throws Exception {
        return switch (row) {
            case "bulk" -> {
                Result result = transfer(16_384);
                yield result.line("MB/s", 16_384 * 1000.0 / result.nanosEach);
            }
            case "small" -> {
                Result result = transfer(100);
                yield result.line("ns", result.nanosEach);
            }
            case "full" -> handshakes(TlsPeers.X25519, false);
            case "hybrid" -> handshakes("X25519MLKEM768", false);
            case "resumed" -> handshakes(TlsPeers.X25519, true);
            default -> throw new IllegalArgumentException("no such row: " + row);
        };
    }

    private Result transfer(int size) throws Exception {
        TlsPipe pipe = peers.maker(peer, TlsPeers.X25519, false).make();
        pipe.shake();
        byte[] clear = new byte[size];
        boolean[] fromClient = {false};
        return measure(() -> {
            fromClient[0] = !fromClient[0];
            pipe.pass(fromClient[0], clear, size);
        });
    }

    private String handshakes(String group, boolean resumed) throws Exception {
        if (!TlsPeers.knows(peer, group)) {
            return "-";
        }
        TlsPeers.Maker maker = peers.maker(peer, group, resumed);
        maker.shaken();
        Result result = measure(() -> {
            if (maker.shaken().isResumed() != resumed) {
                throw new IllegalStateException(resumed ? "does not resume" : "resumes");
            }
        });
        return result.line("handshakes/s", 1e9 / result.nanosEach);
    }

    private Result measure(Step step) throws Exception {
        run(step, warmSeconds);
        return run(step, seconds);
    }

    private static Result run(Step step, double seconds) throws Exception {
        long thread = Thread.currentThread().getId();
        long bytes = THREADS.getThreadAllocatedBytes(thread);
        long start = THREADS.getCurrentThreadCpuTime();
        long now = start;
        long count = 0;
        while (now - start < seconds * 1e9) {
            for (int i = 0; i < BATCH; i++) {
                step.run();
            }
            count += BATCH;
            now = THREADS.getCurrentThreadCpuTime();
        }
        long garbage = THREADS.getThreadAllocatedBytes(thread) - bytes;
        return new Result((double) (now - start) / count, (double) garbage / count);
    }
}
