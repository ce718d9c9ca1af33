package dev.haft.itests.tls;

import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleOptions;
import dev.haft.spi.StreamTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;

/** Two handles with a line between that cuts what passes into pieces of random sizes, at both its ends. */
record CutLine(Handle a, Handle b) {
    private static final int CAPACITY_BYTES = 40_000;

    /**
     * Opens both.
     *
     * @param most the longest piece
     */
    static CutLine open(Haft haft, HandleOptions a, HandleOptions b, int most, Random random) {
        Way there = new Way(most, random.nextLong());
        Way back = new Way(most, random.nextLong());
        return new CutLine(haft.open(new End(back, there), a), haft.open(new End(there, back), b));
    }

    private record End(Way in, Way out) implements StreamTransport {
        @Override
        public void begin(Runnable changed) {
            in.reader(changed);
            out.writer(changed);
        }

        @Override
        public int read(ByteBuffer into) {
            return in.read(into);
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            return out.write(from);
        }

        @Override
        public void endOutput() {
            out.end();
        }

        @Override
        public void close() {
            in.leave();
            out.end();
        }
    }

    /** One direction. Thread-safe. */
    private static final class Way {
        private final byte[] ring = new byte[CAPACITY_BYTES];
        private final int most;
        private final Random random;
        private long written;
        private long read;
        private boolean ended;
        private boolean left;
        private Runnable reader = () -> {};
        private Runnable writer = () -> {};

        Way(int most, long seed) {
            this.most = most;
            random = new Random(seed);
        }

        synchronized void reader(Runnable changed) {
            reader = changed;
        }

        synchronized void writer(Runnable changed) {
            writer = changed;
        }

        private int piece(int possible) {
            return Math.min(possible, 1 + random.nextInt(most));
        }

        synchronized int read(ByteBuffer into) {
            int there = (int) (written - read);
            if (there == 0) {
                return ended ? -1 : 0;
            }
            int count = piece(Math.min(there, into.remaining()));
            for (int i = 0; i < count; i++) {
                into.put(ring[(int) (read++ % ring.length)]);
            }
            writer.run();
            return count;
        }

        synchronized int write(ByteBuffer from) throws IOException {
            if (ended || left) {
                throw new IOException("broken pipe in a test");
            }
            int count = piece(Math.min(from.remaining(), ring.length - (int) (written - read)));
            for (int i = 0; i < count; i++) {
                ring[(int) (written++ % ring.length)] = from.get();
            }
            reader.run();
            if (written - read < ring.length) {
                // It was cut, not full: the rest can follow.
                writer.run();
            }
            return count;
        }

        synchronized void end() {
            ended = true;
            reader.run();
        }

        synchronized void leave() {
            left = true;
            read = written;
            writer.run();
        }
    }
}
