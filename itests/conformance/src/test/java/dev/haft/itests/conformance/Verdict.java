package dev.haft.itests.conformance;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How a scenario went.
 *
 * @param kind of the outcome
 * @param detail the missing ability, the reason for a difference, or the difference
 */
record Verdict(Kind kind, String detail) {
    enum Kind {
        EQUAL,
        LISTED,
        SKIPPED,
        UNEXPECTED
    }

    /** One line for all. */
    static String summary(Collection<Verdict> all) {
        Map<String, Long> skipped = all.stream()
                .filter(is(Kind.SKIPPED))
                .collect(Collectors.groupingBy(Verdict::detail, TreeMap::new, Collectors.counting()));
        long equal = all.stream().filter(is(Kind.EQUAL)).count();
        long listed = all.stream().filter(is(Kind.LISTED)).count();
        long unexpected = all.stream().filter(is(Kind.UNEXPECTED)).count();
        return "conformance: played " + (equal + listed + unexpected) + " of " + all.size() + ": equal " + equal
                + ", differ as listed " + listed + ", unexpected " + unexpected + "; skipped "
                + skipped.values().stream().mapToLong(Long::longValue).sum() + ": " + skipped;
    }

    private static Predicate<Verdict> is(Kind kind) {
        return verdict -> verdict.kind == kind;
    }
}
