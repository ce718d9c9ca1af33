package dev.haft.engine;

import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static dev.haft.Reads.netstring;

import dev.haft.Read;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * What a program does with the read side of a handle: each time a callback runs it takes the next steps. All it does depends on
 * the bytes only, not on how they come.
 */
record ReadProgram(List<List<Step>> turns) {
    /** What a callback may do. */
    sealed interface Step {}

    /** Queues a read behind the others. */
    record Push(int read) implements Step {}

    /** Queues a read before the others. */
    record Unshift(int read) implements Step {}

    /** Reads in a loop; the read must take something. */
    record Each(int read) implements Step {}

    /** Takes bytes by hand, so many as soon as they are there. */
    record Take(int bytes) implements Step {}

    /** Neither onEach nor onRead. */
    record Nothing() implements Step {}

    /** Queues a read whose value goes to a future. */
    record Await(int read) implements Step {}

    /** Drops all queued reads. */
    record Clear() implements Step {}

    /** Writes a number of bytes of a letter. */
    record Write(char letter, int count) implements Step {
        String text() {
            return String.valueOf(letter).repeat(count);
        }
    }

    /** Ends in order. */
    record Close() implements Step {}

    /** Ends now. */
    record Destroy() implements Step {}

    /** Stops reading; somebody starts it again a little later. */
    record Stop() implements Step {}

    private static final List<Read<?>> TAKING = List.of(
            line(),
            line().limit(4),
            line("\r\n").limit(6),
            chunk(1),
            chunk(3),
            chunk(17),
            netstring(8),
            chunk(1).flatMap(head -> chunk(head[0] & 3)),
            line().limit(3).map(String::length),
            netstring().limit(5));

    private static final Read<byte[]> NONE = chunk(0);

    /** The last takes no byte. */
    static final int READS = TAKING.size() + 1;

    static Read<?> read(int index) {
        return index == TAKING.size() ? NONE : TAKING.get(index);
    }

    static Arbitrary<ReadProgram> programs() {
        Arbitrary<Integer> any = Arbitraries.integers().between(0, READS - 1);
        Arbitrary<Integer> taking = Arbitraries.integers().between(0, TAKING.size() - 1);
        Arbitrary<Step> step = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(8, any.map(Push::new)),
                net.jqwik.api.Tuple.of(4, any.map(Unshift::new)),
                net.jqwik.api.Tuple.of(3, taking.map(Each::new)),
                net.jqwik.api.Tuple.of(2, Arbitraries.integers().between(1, 4).map(Take::new)),
                net.jqwik.api.Tuple.of(4, any.map(Await::new)),
                net.jqwik.api.Tuple.of(
                        4,
                        Combinators.combine(Arbitraries.chars().range('a', 'z'), Arbitraries.of(0, 1, 2, 100, 5000))
                                .as(Write::new)),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(new Clear())),
                net.jqwik.api.Tuple.of(1, endings()),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(new Stop())),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(new Nothing())));
        Arbitrary<List<Step>> first = step.list().ofMinSize(1).ofMaxSize(5);
        Arbitrary<List<List<Step>>> others = step.list().ofMaxSize(3).list().ofMaxSize(12);
        return Combinators.combine(first, others).as((beginning, rest) -> {
            List<List<Step>> all = new java.util.ArrayList<>(rest);
            all.add(0, beginning);
            return new ReadProgram(all);
        });
    }

    /** Rare: most programs are to live long. */
    private static Arbitrary<Step> endings() {
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(4, Arbitraries.just(new Nothing())),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(new Close())),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(new Destroy())));
    }

    static Arbitrary<String> streams() {
        Arbitrary<String> piece = Arbitraries.of(
                "a\n",
                "bc\r\n",
                "long line\n",
                "\n",
                "3:abc,",
                "0:,",
                "9:012345678,",
                "1:xy",
                "\u0001",
                "\u0002z",
                "\r",
                "q");
        return piece.list().ofMaxSize(25).map(pieces -> String.join("", pieces));
    }
}
