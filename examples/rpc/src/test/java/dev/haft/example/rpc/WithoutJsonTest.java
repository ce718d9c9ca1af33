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

class WithoutJsonTest {
    private static String answers(Listener listener, String calls) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(calls.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void saysThatThereIsNoTypeAndCloses() throws Exception {
        try (Haft haft = Haft.open()) {
            RpcProtocol rpc = new RpcProtocol(haft.types(), "nosuch");
            Listener listener = haft.listen(Endpoint.tcp("127.0.0.1", 0), rpc);
            assertEquals("[\"error\",\"no json type\"]\n", answers(listener, "[\"time\"] [\"time\"]"));
        }
    }
}
