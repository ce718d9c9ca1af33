package dev.haft.bench.codec;

import com.upokecenter.cbor.CBORObject;
import dev.haft.Read;
import dev.haft.cbor.Cbor;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Messages a second: a read of Haft, beside the library on the exact slice of each message. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(Messages.COUNT)
public class CborReads {
    /** Of a message, about. */
    @Param({"200", "20000"})
    public int bytes;

    private final Read<?> value = Cbor.value();
    private final Read<?> exact = Cbor.bytes();
    private byte[] stream = {};
    private byte[][] slices = {};

    /** Makes the messages. */
    @Setup
    public void messages() throws IOException {
        Messages messages = Messages.cbor(bytes, "ascii");
        stream = messages.all();
        slices = new byte[Messages.COUNT][];
        Arrays.setAll(slices, i -> messages.one().clone());
    }

    /** The yardstick. */
    @Benchmark
    public void libraryOnSlices(Blackhole sink) {
        for (byte[] slice : slices) {
            sink.consume(CBORObject.DecodeFromBytes(slice));
        }
    }

    @Benchmark
    public void haftValue(Blackhole sink) throws Exception {
        JsonReads.readAll(value, stream, sink);
    }

    /** What finding the end costs alone. */
    @Benchmark
    public void haftBytes(Blackhole sink) throws Exception {
        JsonReads.readAll(exact, stream, sink);
    }
}
