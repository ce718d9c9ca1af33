package dev.haft.itests.tls;

import static org.junit.jupiter.api.Assertions.fail;

import dev.haft.Haft;
import dev.haft.HandleOptions;
import dev.haft.itests.tls.Epoch.Stop;
import dev.haft.itests.tls.Program.Step;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsRole;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Law 1 over TLS: whatever the program of clear text, start, data, stop and clear text on both sides, and wherever the line cuts,
 * each byte arrives once and in its place.
 */
class LawOneTest {
    private static final int SECONDS = 30;
    private static final Keys KEYS = Keys.make();

    private static Haft haft;

    @BeforeContainer
    static void open() {
        haft = Haft.builder().loops(2).closeTimeout(Duration.ofSeconds(2)).open();
    }

    @AfterContainer
    static void close() {
        haft.close();
    }

    @Property(tries = 150, shrinking = ShrinkingMode.BOUNDED)
    void ourEngineAndOurs13(@ForAll("programs") Program program) throws Exception {
        run(program, ours("TLSv1.3"), ours("TLSv1.3"));
    }

    @Property(tries = 150, shrinking = ShrinkingMode.BOUNDED)
    void ourEngineAndOurs12(@ForAll("programs") Program program) throws Exception {
        run(program, ours("TLSv1.2"), ours("TLSv1.2"));
    }

    @Property(tries = 80, shrinking = ShrinkingMode.BOUNDED)
    void ourEngineAndTheJdks13(@ForAll("programs") Program program) throws Exception {
        run(program, ours("TLSv1.3"), jdks("TLSv1.3"));
    }

    @Property(tries = 80, shrinking = ShrinkingMode.BOUNDED)
    void ourEngineAndTheJdks12(@ForAll("programs") Program program) throws Exception {
        run(program.withoutHalfClose(), ours("TLSv1.2"), jdks("TLSv1.2"));
    }

    /** One begins again while the other end's last bytes of TLS have not left, for want of room on the line. */
    @Example
    void tlsMayBeginAgainBeforeTheEndOfTheFirstHasLeft() throws Exception {
        Epoch nothing = new Epoch(0, 0, Stop.EARLY);
        List<Step> steps = List.of(
                new Step(nothing, nothing, true),
                new Step(new Epoch(1, 4, Stop.EARLY), nothing, true),
                new Step(new Epoch(2, 0, Stop.EARLY), new Epoch(3, 56, Stop.LATE), false),
                new Step(new Epoch(22, 1, Stop.EARLY), nothing, true));
        for (int i = 0; i < 150; i++) {
            run(new Program(steps, 50, 2584), ours("TLSv1.3"), jdks("TLSv1.3"));
        }
    }

    private static Side.Starter ours(String protocol) {
        TlsContext context = KEYS.options().protocols(protocol).build().context();
        return (handle, role) -> handle.startTls(role, context);
    }

    private static Side.Starter jdks(String protocol) {
        return (handle, role) -> handle.startTls(KEYS.jdk(role, protocol));
    }

    private static void run(Program program, Side.Starter startA, Side.Starter startB) throws Exception {
        Random random = new Random(program.seed());
        CompletableFuture<Void> wrong = new CompletableFuture<>();
        List<Epoch> ofA = program.steps().stream().map(Step::a).toList();
        List<Epoch> ofB = program.steps().stream().map(Step::b).toList();
        Side a = new Side(ofA, ofB, roles(program, true), startA, new Random(random.nextLong()), wrong);
        Side b = new Side(ofB, ofA, roles(program, false), startB, new Random(random.nextLong()), wrong);
        HandleOptions options = HandleOptions.builder().peerName("localhost").build();
        CutLine line = CutLine.open(haft, options, options, program.most(), random);
        try {
            CompletableFuture.anyOf(CompletableFuture.allOf(a.play(line.a()), b.play(line.b())), wrong)
                    .get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            fail(e.getCause() + "\na: " + a + "\nb: " + b, e.getCause());
        } catch (TimeoutException e) {
            fail("nothing goes on\na: " + a + "\n" + line.a() + "\nb: " + b + "\n" + line.b(), e);
        } finally {
            line.a().linger(Duration.ZERO).destroy();
            line.b().linger(Duration.ZERO).destroy();
        }
    }

    private static List<TlsRole> roles(Program program, boolean ofA) {
        return program.steps().stream()
                .map(step -> step.aIsClient() == ofA ? TlsRole.CLIENT : TlsRole.SERVER)
                .toList();
    }

    @Provide
    Arbitrary<Program> programs() {
        Arbitrary<Integer> longest = Arbitraries.of(1, 3, 50, 1_400, 20_000, 100_000);
        return longest.flatMap(most -> Combinators.combine(
                        steps(most == 1 ? 300 : most < 100 ? 3_000 : 60_000)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(4),
                        Arbitraries.longs())
                .as((steps, seed) -> new Program(steps, most, seed)));
    }

    private static Arbitrary<Step> steps(int most) {
        return Combinators.combine(epochs(most), epochs(most), Arbitraries.of(true, false))
                .as(Step::new);
    }

    private static Arbitrary<Epoch> epochs(int most) {
        Arbitrary<Integer> size = Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(0)),
                Tuple.of(3, Arbitraries.integers().between(1, 200)),
                Tuple.of(2, Arbitraries.integers().between(1, most)));
        return Combinators.combine(size, size, Arbitraries.of(Stop.values())).as(Epoch::new);
    }
}
