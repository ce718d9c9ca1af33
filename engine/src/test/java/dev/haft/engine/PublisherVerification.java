package dev.haft.engine;

import dev.haft.Haft;
import dev.haft.HandleOptions;
import dev.haft.Reads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.AfterMethod;

/** What the kit tests: publishers of bytes that a peer has sent. */
public final class PublisherVerification extends FlowPublisherVerification<byte[]> {
    private static final long MOST = 10_000;

    private final Haft haft = Pair.haft();
    private final List<Pair> pairs = new ArrayList<>();

    /** By the kit. */
    public PublisherVerification() {
        super(new TestEnvironment(500, 100));
    }

    @Override
    public long maxElementsFromPublisher() {
        return MOST;
    }

    @Override
    public Flow.Publisher<byte[]> createFlowPublisher(long elements) {
        Pair pair = pair();
        try {
            pair.peer.send(new byte[(int) elements]);
            pair.peer.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pair.handle.publisher(Reads.chunk(1));
    }

    @Override
    public Flow.Publisher<byte[]> createFailedFlowPublisher() {
        Pair pair = pair();
        pair.handle.destroy();
        return pair.handle.publisher(Reads.chunk(1));
    }

    private Pair pair() {
        try {
            Pair pair = Link.UNIX.connect(haft, HandleOptions.standard());
            pairs.add(pair);
            return pair;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets handles go. */
    @AfterMethod
    public void closePairs() throws IOException {
        for (Pair pair : pairs) {
            pair.close();
        }
        pairs.clear();
    }

    /** Lets the loop go. */
    @AfterClass
    public void closeHaft() {
        haft.close();
    }
}
