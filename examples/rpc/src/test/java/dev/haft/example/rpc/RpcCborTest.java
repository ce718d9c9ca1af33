package dev.haft.example.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleOptions;
import dev.haft.Read;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RpcCborTest {
    private static final int SECONDS = 30;

    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private Haft haft;
    private Handle client;
    private Read<Object> answer;

    @BeforeEach
    void connect() throws Exception {
        haft = Haft.open();
        Endpoint at = haft.listen(Endpoint.tcp("127.0.0.1", 0), RpcProtocol.cbor(haft.types()))
                .endpoint();
        client = haft.connect(
                at,
                HandleOptions.builder()
                        .onError((h, error) -> ends.add(error.code().toString()))
                        .build());
        answer = haft.types().read("cbor", Object.class);
    }

    @AfterEach
    void close() {
        haft.close();
    }

    private Object answer() throws Exception {
        return client.read(answer).get(SECONDS, TimeUnit.SECONDS);
    }

    private Object call(Object... call) throws Exception {
        client.pushWrite(haft.types().write("cbor"), List.of(call));
        return answer();
    }

    @Test
    void answersWithTheTypesOfCbor() throws Exception {
        assertEquals(List.of("ok", 5), call("add", 2, 3));
        assertEquals(List.of("ok", 1.75), call("add", 1.5, 0.25));
        assertEquals(
                List.of("ok", BigInteger.TWO.pow(64)),
                call("add", BigInteger.TWO.pow(64).subtract(BigInteger.ONE), 1));
        assertEquals(List.of("ok", "GRÜN"), call("upper", "grün"));
        assertEquals(List.of("ok", List.of(Map.of("a", List.of(true)))), call("echo", Map.of("a", List.of(true))));
    }

    @Test
    void saysWhyItCannotAnswerAndGoesOn() throws Exception {
        assertTrue(call("nosuch").toString().startsWith("[error, no method"));
        assertTrue(call("add", "2").toString().startsWith("[error, add takes numbers"));
        assertEquals(List.of("ok", List.of()), call("echo"));
    }

    @Test
    void closesAfterWhatIsNoCbor() throws Exception {
        client.pushWrite(new byte[] {0x1c});
        assertTrue(answer().toString().startsWith("[error, "));
        client.onEof(h -> ends.add("eof"));
        client.onEach(answer, (h, value) -> {});
        assertEquals("eof", ends.poll(SECONDS, TimeUnit.SECONDS));
    }
}
