package dev.haft.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * TLS 1.3 in memory, both ends in one thread: how fast, how many bytes of garbage, and what an idle connection holds. Times
 * are those of the thread's processor; three rounds, in turns; the median of each.
 */
public final class TlsBench {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 3;

    /** To ask for the processor's time takes as long as a short message. */
    private static final int BATCH = 100;

    private final TlsPeers peers;
    private final long nanos;
    private final int idle;

    private TlsBench(TlsPeers peers, long millis, int idle) {
        this.peers = peers;
        nanos = millis * 1_000_000;
        this.idle = idle;
    }

    /** One step that is repeated. */
    private interface Step {
        void run() throws Exception;
    }

    private record Result(double nanosEach, double bytesEach) {}

    /** Takes the key file, milliseconds for each figure, how many idle connections, and the peers. */
    public static void main(String[] args) throws Exception {
        if (args.length < 4) {
            throw new IllegalArgumentException("usage: TlsBench KEYS.p12 MILLIS CONNECTIONS haft|jdk|boringssl...");
        }
        TlsBench bench =
                new TlsBench(new TlsPeers(Path.of(args[0])), Long.parseLong(args[1]), Integer.parseInt(args[2]));
        List<String> names = List.of(args).subList(3, args.length);
        System.out.println("| what | " + String.join(" | ", names) + " |");
        System.out.println("|---|" + "---|".repeat(names.size()));
        bench.row("bulk, 16-KB records, both ways, MB/s", names, bench::bulk);
        bench.row("garbage of a 16-KB record, sealed and opened, bytes", names, bench::bulkGarbage);
        bench.row("100-byte message, sealed and opened, ns", names, bench::small);
        bench.row("garbage of a 100-byte message, bytes", names, bench::smallGarbage);
        bench.row("full handshakes a CPU second, x25519", names, n -> bench.handshakes(n, "x25519", false));
        bench.row("garbage of a full handshake, bytes", names, n -> bench.handshakeGarbage(n, "x25519"));
        bench.row(
                "full handshakes a CPU second, X25519MLKEM768",
                names,
                n -> bench.handshakes(n, "X25519MLKEM768", false));
        bench.row("resumed handshakes a CPU second, x25519", names, n -> bench.handshakes(n, "x25519", true));
        bench.row("heap of an idle connection end, bytes", names, bench::heap);
    }

    private interface Figure {
        double of(String name) throws Exception;
    }

    private void row(String what, List<String> names, Figure figure) {
        List<List<Double>> figures = new ArrayList<>();
        names.forEach(n -> figures.add(new ArrayList<>()));
        StringBuilder line = new StringBuilder("| " + what + " |");
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < names.size(); i++) {
                figures.get(i).add(one(names.get(i), figure));
            }
        }
        for (List<Double> of : figures) {
            of.sort(null);
            double median = of.get(ROUNDS / 2);
            line.append(Double.isNaN(median) ? " - |" : String.format(" %.0f |", median));
        }
        System.out.println(line);
    }

    /** What a peer cannot do is no figure. */
    private static double one(String name, Figure figure) {
        try {
            return figure.of(name);
        } catch (Exception e) {
            System.err.println(name + ": " + e);
            return Double.NaN;
        }
    }

    private Result measure(Step step) throws Exception {
        run(step, nanos / 2);
        return run(step, nanos);
    }

    private static Result run(Step step, long nanos) throws Exception {
        long thread = Thread.currentThread().getId();
        long bytes = THREADS.getThreadAllocatedBytes(thread);
        long start = THREADS.getCurrentThreadCpuTime();
        long now = start;
        long count = 0;
        while (now - start < nanos) {
            for (int i = 0; i < BATCH; i++) {
                step.run();
            }
            count += BATCH;
            now = THREADS.getCurrentThreadCpuTime();
        }
        long garbage = THREADS.getThreadAllocatedBytes(thread) - bytes;
        return new Result((double) (now - start) / count, (double) garbage / count);
    }

    private Result transfer(String name, int size) throws Exception {
        TlsPipe pipe = peers.maker(name, "x25519", false).make();
        pipe.shake();
        byte[] clear = new byte[size];
        boolean[] fromClient = {false};
        return measure(() -> {
            fromClient[0] = !fromClient[0];
            pipe.pass(fromClient[0], clear, size);
        });
    }

    private double bulk(String name) throws Exception {
        return 16_384 * 1000.0 / transfer(name, 16_384).nanosEach;
    }

    private double bulkGarbage(String name) throws Exception {
        return transfer(name, 16_384).bytesEach;
    }

    private double small(String name) throws Exception {
        return transfer(name, 100).nanosEach;
    }

    private double smallGarbage(String name) throws Exception {
        return transfer(name, 100).bytesEach;
    }

    private Result shake(String name, String group, boolean resumed) throws Exception {
        TlsPeers.Maker maker = peers.maker(name, group, resumed);
        if (resumed) {
            maker.make().shake();
            TlsPipe second = maker.make();
            second.shake();
            if (!second.isResumed()) {
                throw new IllegalStateException("does not resume");
            }
        }
        return measure(() -> maker.make().shake());
    }

    private double handshakes(String name, String group, boolean resumed) throws Exception {
        if (name.equals("jdk") && !group.equals("x25519")) {
            throw new IllegalStateException("does not know " + group);
        }
        return 1e9 / shake(name, group, resumed).nanosEach;
    }

    private double handshakeGarbage(String name, String group) throws Exception {
        return shake(name, group, false).bytesEach;
    }

    /** After a handshake and 16 KB each way. */
    private double heap(String name) throws Exception {
        TlsPeers.Maker maker = peers.maker(name, "x25519", true);
        byte[] clear = new byte[16_384];
        List<TlsPipe> pipes = new ArrayList<>(idle);
        for (int i = 0; i < 50; i++) {
            maker.make().shake();
        }
        long before = used();
        for (int i = 0; i < idle; i++) {
            TlsPipe pipe = maker.make();
            pipe.shake();
            pipe.pass(true, clear, clear.length);
            pipe.pass(false, clear, clear.length);
            pipes.add(pipe);
        }
        long after = used();
        return (after - before) / (2.0 * pipes.size());
    }

    private static long used() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(50);
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
