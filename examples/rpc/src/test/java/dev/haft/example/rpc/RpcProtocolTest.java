package dev.haft.example.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.Listener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RpcProtocolTest {
    private Haft haft;
    private Socket socket;
    private BufferedReader lines;

    @BeforeEach
    void connect() throws Exception {
        haft = Haft.open();
        Listener listener = haft.listen(Endpoint.tcp("127.0.0.1", 0), RpcProtocol.json(haft.types()));
        socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        socket.setSoTimeout(30_000);
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        haft.close();
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private String call(String call) throws IOException {
        send(call);
        return lines.readLine();
    }

    private void assertError(String message, String answer) {
        assertTrue(answer.startsWith("[\"error\",\"") && answer.contains(message), answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"add\",2,3]|[\"ok\",5]",
                "[\"add\"]|[\"ok\",0]",
                "[\"add\",-1]|[\"ok\",-1]",
                "[\"add\",0.1,0.2]|[\"ok\",0.3]",
                "[\"add\",0.5,1]|[\"ok\",1.5]",
                "[\"add\",9223372036854775807,1]|[\"ok\",9223372036854775808]",
                "[\"add\",123456789012345678901234567890,1]|[\"ok\",123456789012345678901234567891]",
                "[\"upper\",\"grün\"]|[\"ok\",\"GRÜN\"]",
                "[\"echo\"]|[\"ok\",[]]",
                "[\"echo\",1,\"a\",{\"b\":[null,true]}]|[\"ok\",[1,\"a\",{\"b\":[null,true]}]]",
                "[\"methods\"]|[\"ok\",[\"add\",\"echo\",\"methods\",\"time\",\"types\",\"upper\"]]",
            })
    void answers(String call, String answer) throws IOException {
        assertEquals(answer, call(call));
    }

    @Test
    void tellsTheTimeAndTheTypes() throws IOException {
        String time = call("[\"time\"]");
        assertTrue(time.startsWith("[\"ok\",\""), time);
        Instant.parse(time.substring(7, time.length() - 2));
        assertTrue(call("[\"types\"]").contains("\"json\",\"line\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"nosuch\"]|no method 'nosuch'",
                "[\"add\",\"2\"]|add takes numbers",
                "[\"add\",1e999999999,1]|add takes",
                "[\"upper\"]|upper takes one string",
                "[\"upper\",\"a\",\"b\"]|upper takes one string",
                "[\"upper\",1]|upper takes one string",
                "[\"time\",1]|time takes no arguments",
                "[]|a call is an array",
                "[1]|a call is an array",
                "{\"method\":\"add\"}|a call is an array",
            })
    void saysWhyItCannotAnswerAndGoesOn(String call, String message) throws IOException {
        assertError(message, call(call));
        assertEquals("[\"ok\",5]", call("[\"add\",2,3]"));
    }

    @Test
    void answersInOrderHoweverCallsArePacked() throws IOException {
        send("[\"add\",1][\"add\",2] \n\r\n\t[\"add\",\n3");
        assertEquals("[\"ok\",1]", lines.readLine());
        assertEquals("[\"ok\",2]", lines.readLine());
        assertEquals("[\"ok\",3]", call("]"));
    }

    @Test
    void answersAllToAPeerThatHasEnded() throws IOException {
        send("[\"add\",1]\n[\"add\",2]\n");
        socket.shutdownOutput();
        assertEquals("[\"ok\",1]", lines.readLine());
        assertEquals("[\"ok\",2]", lines.readLine());
        assertNull(lines.readLine());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense\n", "[1,}", "]", "null ", "\"add\""})
    void closesAfterWhatIsNoJson(String text) throws IOException {
        assertEquals("[\"ok\",1]", call("[\"add\",1]"));
        assertError("", call(text));
        assertNull(lines.readLine());
    }

    @Test
    void answersATextThatTheStreamEndsIn() throws IOException {
        send("[\"add\",");
        socket.shutdownOutput();
        assertError("", lines.readLine());
        assertNull(lines.readLine());
    }
}
