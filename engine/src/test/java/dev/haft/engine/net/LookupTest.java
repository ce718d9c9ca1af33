package dev.haft.engine.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Endpoint;
import dev.haft.spi.Resolver.Srv;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of addresses. RFC 8305 section 4, RFC 2782. */
class LookupTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "",
            value = {
                "127.0.0.1 127.0.0.2 ::1, 127.0.0.1 ::1 127.0.0.2",
                "::1 ::2 ::3 127.0.0.1 127.0.0.2, ::1 127.0.0.1 ::2 127.0.0.2 ::3",
                "127.0.0.1 ::1 ::2 ::3, 127.0.0.1 ::1 ::2 ::3",
                "127.0.0.2 127.0.0.1, 127.0.0.2 127.0.0.1"
            })
    void theFamiliesTakeTurnsAndTheFirstOneIsTheResolversChoice(String found, String ordered) throws Exception {
        List<InetAddress> all = new ArrayList<>();
        for (String address : found.split(" ", -1)) {
            all.add(InetAddress.getByName(address));
        }
        String tried = new Lookup(host -> all)
                .find(Endpoint.tcp("h", 1)).stream()
                        .map(a -> a.getAddress().getHostAddress().replace("0:0:0:0:0:0:0:", "::"))
                        .collect(Collectors.joining(" "));
        assertEquals(ordered, tried);
    }

    private static String targets(List<Srv> records) {
        return records.stream().map(Srv::target).collect(Collectors.joining(" "));
    }

    @Test
    void lowerPrioritiesComeFirstWhateverTheirWeight() {
        List<Srv> records = List.of(new Srv(3, 9, 1, "c"), new Srv(1, 0, 1, "a"), new Srv(2, 500, 1, "b"));
        for (int seed = 0; seed < 20; seed++) {
            assertEquals("a b c", targets(SrvOrder.of(records, new Random(seed)::nextInt)));
        }
    }

    @Test
    void withinAPriorityTheWeightDecides() {
        List<Srv> records = List.of(new Srv(1, 1, 1, "a"), new Srv(1, 3, 1, "b"), new Srv(1, 0, 1, "zero"));
        // The sums are: zero 0, a 1, b 4.
        assertEquals("zero a b", targets(SrvOrder.of(records, bound -> 0)));
        assertEquals("a zero b", targets(SrvOrder.of(records, first(1))));
        assertEquals("b zero a", targets(SrvOrder.of(records, first(2))));
        assertEquals("b zero a", targets(SrvOrder.of(records, first(4))));
        Random random = new Random(1);
        long first = Stream.generate(
                        () -> SrvOrder.of(records, random::nextInt).get(0).target())
                .limit(10_000)
                .filter("b"::equals)
                .count();
        // 3 of 5 numbers from 0 to 4.
        assertTrue(first > 5_800 && first < 6_200, () -> "b is first in " + first + " of 10000");
    }

    /** This number first, then 0. */
    private static IntUnaryOperator first(int number) {
        int[] next = {number};
        return bound -> {
            int now = next[0];
            next[0] = 0;
            assertTrue(now < bound, () -> now + " of " + bound);
            return now;
        };
    }
}
