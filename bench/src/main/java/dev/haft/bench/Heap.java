package dev.haft.bench;

/** What a JVM holds. */
final class Heap {
    private Heap() {}

    /** The least of several collections: what a cleaner or a weak reference keeps goes with a later one. */
    static long usedBytes() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(100);
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
