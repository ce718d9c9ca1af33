package dev.haft.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The ways to cut a stream. */
final class Cuts {
    /** Streams up to this length are cut at every place, longer ones at so many places near either end and between. */
    private static final int EVERY_PLACE = 512;

    private static final int NEAR_THE_ENDS = 64;
    private static final int BETWEEN = 64;
    private static final int RANDOM_WAYS = 50;

    /** Longer streams do not come byte by byte: what has come is copied for each look. */
    private static final int MOST_PIECES = 4096;

    private Cuts() {}

    static List<byte[]> everywhere(byte[] stream) {
        return at(stream, IntStream.range(1, Math.max(1, stream.length)).toArray());
    }

    static List<byte[]> at(byte[] stream, int... places) {
        int[] sorted = places.clone();
        Arrays.sort(sorted);
        List<byte[]> pieces = new ArrayList<>();
        int from = 0;
        for (int to : sorted) {
            pieces.add(Arrays.copyOfRange(stream, from, to));
            from = to;
        }
        pieces.add(Arrays.copyOfRange(stream, from, stream.length));
        return pieces;
    }

    /** All in one, in two at every place, byte by byte, and at random. */
    static List<List<byte[]>> all(byte[] stream) {
        List<List<byte[]>> ways = new ArrayList<>();
        ways.add(List.of(stream));
        for (int place : places(stream.length)) {
            ways.add(at(stream, place));
        }
        ways.add(stream.length <= MOST_PIECES ? everywhere(stream) : at(stream, places(stream.length)));
        // The same ones each time: what fails, fails again.
        Random random = new Random(stream.length);
        for (int i = 0; i < RANDOM_WAYS && stream.length > 2; i++) {
            ways.add(at(
                    stream,
                    random.ints(2 + random.nextInt(4), 0, stream.length + 1).toArray()));
        }
        return ways;
    }

    /** Where to cut a stream of that length. */
    static int[] places(int length) {
        if (length <= EVERY_PLACE) {
            return IntStream.rangeClosed(0, length).toArray();
        }
        int step = length / BETWEEN;
        return IntStream.rangeClosed(0, length)
                .filter(place -> place <= NEAR_THE_ENDS || place >= length - NEAR_THE_ENDS || place % step == 0)
                .toArray();
    }
}
