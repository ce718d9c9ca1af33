package dev.haft.itests.tls;

import java.util.List;

/**
 * Clear text, TLS, clear text, TLS and so on, on one line. Its last clear text ends it.
 *
 * @param steps one for each time that TLS is on
 * @param most the longest piece in which bytes pass the line
 * @param seed of cuts
 */
record Program(List<Step> steps, int most, long seed) {
    /**
     * Both sides while TLS starts and stops once.
     *
     * @param aIsClient which side asks for the handshake
     */
    record Step(Epoch a, Epoch b, boolean aIsClient) {
        Step {
            if (a.stop() == Epoch.Stop.NEVER && b.stop() == Epoch.Stop.NEVER) {
                a = a.with(Epoch.Stop.LATE);
            }
        }

        /** The JDK's engine of TLS 1.2 sends nothing after the peer's close_notify, so that has to come when all is there. */
        Step withoutHalfClose() {
            return new Step(late(a), late(b), aIsClient);
        }

        private static Epoch late(Epoch epoch) {
            return epoch.stop() == Epoch.Stop.EARLY ? epoch.with(Epoch.Stop.LATE) : epoch;
        }
    }

    Program withoutHalfClose() {
        return new Program(steps.stream().map(Step::withoutHalfClose).toList(), most, seed);
    }
}
