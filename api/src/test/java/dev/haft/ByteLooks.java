package dev.haft;

/** How often bytes were looked at and copied, by the classes of one {@link CountingLoader}; each has one of its own. */
final class ByteLooks {
    private static long looks;
    private static long copies;

    private ByteLooks() {}

    static void count(int bytes) {
        looks += bytes;
    }

    static void copy(int bytes) {
        copies += bytes;
    }

    static void copy(int from, int to) {
        copies += to - from;
    }

    @SuppressWarnings("DoNotCallSuggester") // It is called, by what the loader writes.
    static void unknown(String call) {
        throw new IllegalStateException("cannot be counted: " + call);
    }

    static long looks() {
        return looks;
    }

    static long copies() {
        return copies;
    }
}
