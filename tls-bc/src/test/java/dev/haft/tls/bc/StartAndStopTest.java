package dev.haft.tls.bc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.HandleException;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsProtocol;
import dev.haft.tls.TlsStart;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Law 1 over TLS: clear text, start, data, stop, clear text, start …, whoever does what, however it is cut. */
class StartAndStopTest {
    private static final BcTlsProvider PROVIDER = new BcTlsProvider();
    private static final TlsContext SERVER = Fixture.server().build().context();
    private static final TlsContext CLIENT_12 =
            Fixture.client().protocols(TlsProtocol.TLS_1_2).build().context();
    private static final TlsContext CLIENT_13 =
            Fixture.client().protocols(TlsProtocol.TLS_1_3).build().context();

    /**
     * One stretch of the stream.
     *
     * @param texts what the ends send in turn, the first by the one that {@code firstSends}
     */
    record Stretch(boolean tls, boolean tls13, boolean firstIsClient, boolean firstStops, List<byte[]> texts) {}

    @Provide
    Arbitrary<List<Stretch>> programs() {
        Arbitrary<byte[]> text = Arbitraries.integers().between(0, 40_000).map(size -> {
            byte[] bytes = new byte[size];
            new Random(size).nextBytes(bytes);
            return bytes;
        });
        Arbitrary<Boolean> flag = Arbitraries.of(true, false);
        return Combinators.combine(flag, flag, flag, flag, text.list().ofMaxSize(4))
                .as(Stretch::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Property(tries = 150)
    void noByteIsLostDoubledOrReordered(@ForAll("programs") List<Stretch> program, @ForAll long seed)
            throws HandleException {
        Random cuts = new Random(seed);
        Wire[] ends = Wire.pair(cuts);
        for (Stretch stretch : program) {
            if (stretch.tls) {
                start(stretch, ends);
            }
            talk(stretch, ends);
            if (stretch.tls) {
                Wire stops = ends[stretch.firstStops ? 0 : 1];
                Wire answers = ends[stretch.firstStops ? 1 : 0];
                // Clear text right behind the end of TLS, in one piece with it, and one that crosses it.
                byte[] behind = {1, 2, 3};
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                bytes.writeBytes(stops.stop());
                bytes.writeBytes(behind);
                stops.send(bytes.toByteArray());
                assertArrayEquals(behind, answers.got());
                assertFalse(stops.isTls());
                assertFalse(answers.isTls());
            }
        }
    }

    private static void start(Stretch stretch, Wire[] ends) throws HandleException {
        TlsContext client = stretch.tls13 ? CLIENT_13 : CLIENT_12;
        Wire clientEnd = ends[stretch.firstIsClient ? 0 : 1];
        Wire serverEnd = ends[stretch.firstIsClient ? 1 : 0];
        serverEnd.start(PROVIDER.engine(TlsStart.server(SERVER)));
        clientEnd.start(PROVIDER.engine(TlsStart.client(client, "server.test")));
        clientEnd.send(clientEnd.sealed(new byte[0]));
        assertTrue(clientEnd.isOpen());
        assertTrue(serverEnd.isOpen());
    }

    private static void talk(Stretch stretch, Wire[] ends) throws HandleException {
        int turn = 0;
        for (byte[] text : stretch.texts) {
            Wire from = ends[turn % 2];
            Wire to = ends[(turn + 1) % 2];
            from.send(from.sealed(text));
            assertArrayEquals(text, to.got());
            turn++;
        }
    }
}
