package dev.haft.engine.net;

import dev.haft.spi.Resolver.Srv;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** The order in which the targets of SRV records are tried: RFC 2782, "Usage rules". */
final class SrvOrder {
    private SrvOrder() {}

    /**
     * By priority, and by chance within one: the larger its weight, the more likely a target comes first.
     *
     * @param random gives a number from 0 to below its argument
     */
    static List<Srv> of(List<Srv> records, IntUnaryOperator random) {
        List<Srv> left = new ArrayList<>(records);
        // Those of weight 0 come first in the sums, so that they have a small chance.
        left.sort(Comparator.comparingInt(Srv::priority).thenComparingInt(Srv::weight));
        List<Srv> ordered = new ArrayList<>(left.size());
        while (!left.isEmpty()) {
            ordered.add(left.remove(choose(left, random)));
        }
        return ordered;
    }

    private static int choose(List<Srv> left, IntUnaryOperator random) {
        int priority = left.get(0).priority();
        int equals = 0;
        int sum = 0;
        while (equals < left.size() && left.get(equals).priority() == priority) {
            sum += left.get(equals++).weight();
        }
        int chosen = random.applyAsInt(sum + 1);
        int running = 0;
        for (int i = 0; i < equals; i++) {
            running += left.get(i).weight();
            if (running >= chosen) {
                return i;
            }
        }
        return equals - 1;
    }
}
