package dev.haft.bench.codec;

import dev.haft.Decoder;
import dev.haft.Read;
import dev.haft.cbor.Cbor;
import dev.haft.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A message of 10 MB that comes at once, or in pieces of 1 kB. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LargeMessage {
    private static final int BYTES = 10_000_000;

    /** How many more bytes the decoder sees each time it is asked. */
    @Param({"10000000", "1000"})
    public int piece;

    private final Read<?> jsonTree = Json.value().unlimited();
    private final Read<?> jsonMapped = Json.as(Order.class).unlimited();
    private final Read<?> cborValue = Cbor.value().unlimited();
    private byte[] json = {};
    private byte[] cbor = {};

    /** Makes the messages. */
    @Setup
    public void messages() throws IOException {
        json = Messages.json(BYTES, "ascii").one();
        cbor = Messages.cbor(BYTES, "ascii").one();
    }

    private Object inPieces(Read<?> read, byte[] message) throws Exception {
        Decoder<?> decoder = read.begin(NoHandle.CONTEXT);
        ByteBuffer in = ByteBuffer.wrap(message);
        Object value = null;
        for (int shown = piece; value == null; shown += piece) {
            in.position(0).limit(Math.min(shown, message.length));
            value = decoder.decode(in);
        }
        return value;
    }

    @Benchmark
    public Object jsonTree() throws Exception {
        return inPieces(jsonTree, json);
    }

    @Benchmark
    public Object jsonMapped() throws Exception {
        return inPieces(jsonMapped, json);
    }

    @Benchmark
    public Object cborValue() throws Exception {
        return inPieces(cborValue, cbor);
    }
}
