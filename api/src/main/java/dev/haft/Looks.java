package dev.haft;

/** How often the patterns of one read may look at a byte, all together: what bounds those that backtrack without end. */
final class Looks {
    /** How often at each byte of the limit, on average. */
    static final int A_BYTE = 256;

    private final long most;
    private long taken;

    /**
     * For a message.
     *
     * @param limitBytes of the read, or of the handle if the read has none
     */
    Looks(int limitBytes) {
        most = (1024L + limitBytes) * A_BYTE;
    }

    void count() {
        if (++taken > most) {
            throw new TooMany();
        }
    }

    long taken() {
        return taken;
    }

    /** Ends a search. Made for each that is ended, so it has no stack trace. */
    static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMany() {
            super("too many looks", null, false, false);
        }
    }
}
