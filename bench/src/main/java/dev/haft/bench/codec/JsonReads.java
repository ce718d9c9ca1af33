package dev.haft.bench.codec;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.haft.Decoder;
import dev.haft.Read;
import dev.haft.json.Json;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.json.JsonObjectDecoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.parsetools.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
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

/**
 * Messages a second: a read of Haft on a stream that has come, as its handle asks it, beside Jackson on the exact slice of
 * each message (what no stream gives), and beside others who find the messages themselves.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(Messages.COUNT)
public class JsonReads {
    /** Of a message, about. */
    @Param({"200", "20000"})
    public int bytes;

    /** {@code ascii}, or {@code wide}: Cyrillic, Chinese and German names. */
    @Param({"ascii", "wide"})
    public String text = "ascii";

    private final ObjectMapper mapper = new ObjectMapper();
    private final ObjectReader orders = mapper.readerFor(Order.class);
    private final Read<?> tree = Json.value();
    private final Read<?> mapped = Json.as(Order.class);
    private byte[] stream = {};
    private int length;

    /** Makes the messages. */
    @Setup
    public void messages() throws IOException {
        Messages messages = Messages.json(bytes, text);
        stream = messages.all();
        length = messages.one().length;
    }

    /** The yardstick. */
    @Benchmark
    public void jacksonTreeOfSlices(Blackhole sink) throws IOException {
        for (int at = 0; at < stream.length; at += length) {
            sink.consume(mapper.readTree(stream, at, length));
        }
    }

    /** What mapping costs. */
    @Benchmark
    public void jacksonMappedSlices(Blackhole sink) throws IOException {
        for (int at = 0; at < stream.length; at += length) {
            sink.consume(orders.<Order>readValue(stream, at, length));
        }
    }

    @Benchmark
    public void haftTree(Blackhole sink) throws Exception {
        readAll(tree, stream, sink);
    }

    @Benchmark
    public void haftMapped(Blackhole sink) throws Exception {
        readAll(mapped, stream, sink);
    }

    static void readAll(Read<?> read, byte[] stream, Blackhole sink) throws Exception {
        ByteBuffer in = ByteBuffer.wrap(stream);
        while (in.hasRemaining()) {
            Decoder<?> decoder = read.begin(NoHandle.CONTEXT);
            sink.consume(decoder.decode(in));
        }
    }

    @Benchmark
    public void vertxParser(Blackhole sink) {
        JsonParser parser = JsonParser.newParser().objectValueMode();
        parser.handler(event -> sink.consume(event.value()));
        parser.handle(Buffer.buffer(stream));
        parser.end();
    }

    @Benchmark
    public void nettyDecoderAndJacksonTree(Blackhole sink) throws IOException {
        EmbeddedChannel channel = new EmbeddedChannel(new JsonObjectDecoder());
        channel.writeInbound(Unpooled.wrappedBuffer(stream));
        for (ByteBuf message = channel.readInbound(); message != null; message = channel.readInbound()) {
            sink.consume(mapper.readTree(ByteBufUtil.getBytes(message)));
            message.release();
        }
        channel.finishAndReleaseAll();
    }
}
