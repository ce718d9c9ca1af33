package dev.haft.itests.conformance;

import java.util.Collection;
import java.util.function.Predicate;

/**
 * How a scenario went.
 *
 * @param kind of the outcome
 * @param detail the reason for a difference, or the difference
 */
record Verdict(Kind kind, String detail) {
    enum Kind {
        EQUAL,
        LISTED,
        UNEXPECTED
    }

    /** One line for all. */
    static String summary(Collection<Verdict> all) {
        long equal = all.stream().filter(is(Kind.EQUAL)).count();
        long listed = all.stream().filter(is(Kind.LISTED)).count();
        long unexpected = all.stream().filter(is(Kind.UNEXPECTED)).count();
        return "conformance: played " + all.size() + ": equal " + equal + ", differ as listed " + listed
                + ", unexpected " + unexpected;
    }

    private static Predicate<Verdict> is(Kind kind) {
        return verdict -> verdict.kind == kind;
    }
}
