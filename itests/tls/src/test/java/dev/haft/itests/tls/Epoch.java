package dev.haft.itests.tls;

/**
 * What one side sends, to the next start of TLS, and how it ends TLS.
 *
 * @param clear bytes in clear text before TLS starts
 * @param sealed bytes in TLS
 * @param stop when it calls stopTls
 */
record Epoch(int clear, int sealed, Stop stop) {
    enum Stop {
        /** At once, when it has written all. */
        EARLY,
        /** When it has read what the peer has sealed. */
        LATE,
        /** It is the peer that ends TLS. */
        NEVER
    }

    Epoch with(Stop other) {
        return new Epoch(clear, sealed, other);
    }
}
