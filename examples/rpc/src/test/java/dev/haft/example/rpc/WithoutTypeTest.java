package dev.haft.example.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.Listener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WithoutTypeTest {
    private static String answers(Listener listener, String calls) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(calls.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void saysThatThereIsNoTypeAndCloses() throws Exception {
        try (Haft haft = Haft.open()) {
            RpcProtocol rpc = new RpcProtocol(haft.types(), Wire.json(haft.types(), "nosuch"));
            Listener listener = haft.listen(Endpoint.tcp("127.0.0.1", 0), rpc);
            assertEquals("[\"error\",\"no json type\"]\n", answers(listener, "[\"time\"] [\"time\"]"));
            listener = haft.listen(
                    Endpoint.tcp("127.0.0.1", 0), new RpcProtocol(haft.types(), Wire.cbor(haft.types(), "nosuch")));
            assertEquals("\u0082eerrorlno cbor type", answers(listener, "\u0081dtime"));
        }
    }
}
