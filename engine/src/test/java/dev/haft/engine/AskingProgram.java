package dev.haft.engine;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** What a program and its peer do that decides whether a handle asks for bytes. */
final class AskingProgram {
    /** The longest read. */
    static final int MOST_WANTED = 40;

    /** More than any link takes. */
    static final int WRITE_BYTES = 4 << 20;

    private AskingProgram() {}

    /** One thing; all that follows from it is awaited before the next. */
    sealed interface Step {}

    /** The peer sends. */
    record Send(int count) implements Step {}

    /** A read of so many bytes behind the others. */
    record Push(int count) implements Step {}

    /** The same before the others. */
    record Unshift(int count) implements Step {}

    /** Reads of so many bytes whenever no other waits; 0: no more. */
    record Each(int count) implements Step {}

    /** All queued reads are dropped. */
    record Clear() implements Step {}

    /** Nothing is asked for. */
    record Stop() implements Step {}

    /** As before it was stopped. */
    record Start() implements Step {}

    /** It goes over the high-water mark. */
    record Write() implements Step {}

    /** The peer reads all that was written. */
    record Drain() implements Step {}

    static Arbitrary<List<Step>> programs() {
        Arbitrary<Step> step = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.integers().between(1, 60).map(Send::new)),
                Tuple.of(4, Arbitraries.integers().between(1, MOST_WANTED).map(Push::new)),
                Tuple.of(2, Arbitraries.integers().between(1, MOST_WANTED).map(Unshift::new)),
                Tuple.of(2, Arbitraries.integers().between(0, 10).map(Each::new)),
                Tuple.of(1, Arbitraries.just(new Clear())),
                Tuple.of(2, Arbitraries.just(new Stop())),
                Tuple.of(3, Arbitraries.just(new Start())),
                Tuple.of(1, Arbitraries.just(new Write())),
                Tuple.of(1, Arbitraries.just(new Drain())));
        return step.list().ofMinSize(1).ofMaxSize(20);
    }
}
