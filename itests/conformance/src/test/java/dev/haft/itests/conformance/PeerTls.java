package dev.haft.itests.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.haft.HandleException;
import dev.haft.itests.conformance.Connection.End;
import dev.haft.itests.conformance.Connection.Received;
import dev.haft.tls.TlsEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.StandardConstants;
import org.jspecify.annotations.Nullable;

/**
 * TLS of the peer on its connection, by the JDK's engine, which has all its bytes in memory: what is sent with what, and what is
 * left over where TLS ends, is exact. For the director's thread.
 */
final class PeerTls {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int SPLIT_GAP_MILLIS = 8;
    private static final int ANSWER_MILLIS = 10;

    private final Connection connection;
    private final TlsEngine engine;
    private final long limit;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteBuffer room = ByteBuffer.allocate(TlsEngine.MAX_RECORD_BYTES);
    private ByteBuffer in = NOTHING;
    private byte[] got = new byte[0];
    private @Nullable String serverName;
    private boolean failed;
    private boolean closeSent;

    /**
     * Before the handshake.
     *
     * @param step says how
     * @param limit milliseconds to wait for the handle
     */
    PeerTls(Scenario scenario, JsonNode step, boolean client, Connection connection, long limit) throws IOException {
        this.connection = connection;
        this.limit = limit;
        SSLEngine jdk = PeerCredentials.engine(scenario, step, client);
        jdk.setSSLParameters(parameters(jdk, step));
        engine = TlsEngine.of(jdk);
        out.writeBytes(text(step, "prefix"));
    }

    private SSLParameters parameters(SSLEngine jdk, JsonNode step) {
        SSLParameters parameters = jdk.getSSLParameters();
        parameters.setProtocols(
                step.has("version")
                        ? new String[] {"TLSv" + step.path("version").asText()}
                        : new String[] {"TLSv1.3", "TLSv1.2"});
        if (jdk.getUseClientMode()) {
            if (step.has("sni")) {
                parameters.setServerNames(
                        List.of(new SNIHostName(step.path("sni").asText())));
            }
        } else {
            parameters.setSNIMatchers(List.of(new Heard()));
            if (JsonText.isTrue(step.path("require_cert"))) {
                parameters.setNeedClientAuth(true);
            } else if (step.has("ca_file")) {
                parameters.setWantClientAuth(true);
            }
        }
        return parameters;
    }

    /** Takes any name, and remembers it. */
    private final class Heard extends SNIMatcher {
        Heard() {
            super(StandardConstants.SNI_HOST_NAME);
        }

        @Override
        public boolean matches(SNIServerName name) {
            serverName = new String(name.getEncoded(), ISO_8859_1);
            return true;
        }
    }

    private static byte[] text(JsonNode step, String key) {
        return step.path(key).asText().getBytes(ISO_8859_1);
    }

    /** What the handle has asked for; null: nobody. */
    @Nullable String serverName() {
        return serverName;
    }

    /** Whether there is a session, or was. */
    boolean isEstablished() {
        return !failed;
    }

    /** Shakes hands; null, or why not. */
    @Nullable End handshake(JsonNode step) throws IOException, InterruptedException {
        End end = null;
        try {
            engine.start();
            while (engine.session() == null && end == null) {
                switch (engine.receive(in, room.clear())) {
                    case MORE -> {
                        flush(step);
                        end = fill(limit);
                    }
                    case TASK -> run(engine.task());
                    case RECORD -> {}
                    case ROOM, CLOSED -> end = End.ERROR;
                }
            }
        } catch (HandleException e) {
            end = String.valueOf(e.getMessage()).contains("Received fatal alert") ? End.ALERT : End.ERROR;
        }
        failed = end != null;
        collect();
        if (failed || !step.has("hold")) {
            flush(step);
        }
        return end;
    }

    /** Reads what may follow the handshake (session tickets), so that it does not stay unread in the socket. */
    void readTickets(long millis) throws IOException, InterruptedException {
        got = receive(Integer.MAX_VALUE, millis).data();
    }

    private static void run(@Nullable Runnable task) {
        if (task != null) {
            task.run();
        }
    }

    /** Null, or why nothing came. */
    private @Nullable End fill(long millis) throws IOException {
        Received received = connection.receiveSome(millis);
        End end = received.end();
        if (end != null) {
            return end;
        }
        ByteBuffer more = ByteBuffer.allocate(in.remaining() + received.data().length);
        in = more.put(in).put(received.data()).flip();
        return null;
    }

    /** Sends bytes, and what the step says else. */
    void send(byte[] bytes, JsonNode step) throws IOException, InterruptedException {
        ByteBuffer clear = ByteBuffer.wrap(bytes);
        try {
            for (int before = -1; clear.hasRemaining() && clear.remaining() != before; ) {
                before = clear.remaining();
                engine.send(clear, room.clear());
                out.write(room.array(), 0, room.position());
            }
            if (JsonText.isTrue(step.path("close"))) {
                closeSent = true;
                engine.closeOutput();
            }
        } catch (HandleException e) {
            throw new IllegalStateException("the peer cannot send in TLS", e);
        }
        collect();
        out.writeBytes(text(step, "then"));
        if (!step.has("hold")) {
            flush(step);
        }
    }

    /** Sends close notify. */
    void close(JsonNode step) throws IOException, InterruptedException {
        try {
            closeSent = true;
            engine.closeOutput();
        } catch (HandleException e) {
            throw new IllegalStateException("the peer cannot end TLS", e);
        }
        collect();
        out.writeBytes(text(step, "then"));
        flush(step);
    }

    /** Reads so many bytes, or what comes in that time. */
    Received receive(int count, long millis) throws IOException, InterruptedException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(got);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        End end = null;
        while (end == null && data.size() < count) {
            end = receiveInto(data, deadline);
        }
        byte[] all = data.toByteArray();
        int taken = Math.min(count, all.length);
        got = Arrays.copyOfRange(all, taken, all.length);
        return new Received(Arrays.copyOf(all, taken), end);
    }

    private @Nullable End receiveInto(ByteArrayOutputStream data, long deadline)
            throws IOException, InterruptedException {
        try {
            switch (engine.receive(in, room.clear())) {
                case RECORD -> data.write(room.array(), 0, room.position());
                case TASK -> run(engine.task());
                case CLOSED -> {
                    return End.TLS_CLOSED;
                }
                case ROOM -> {
                    return End.TLS_ERROR;
                }
                case MORE -> {
                    collect();
                    flush(JsonText.NODES.objectNode());
                    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                    return left <= 0 ? End.SHORT : fill(left);
                }
            }
            return null;
        } catch (HandleException e) {
            return End.TLS_ERROR;
        }
    }

    /** Takes the answer to the peer's close notify, if it is there; whether it is. */
    boolean takeAnswer() throws IOException, InterruptedException {
        return closeSent
                && engine.state() != TlsEngine.State.CLOSED
                && receive(Integer.MAX_VALUE, ANSWER_MILLIS).end() == End.TLS_CLOSED;
    }

    /** Forgets TLS: what has come and was not taken is clear text. */
    void end() {
        connection.unread(in);
        engine.discard();
    }

    /** The JDK answers a close notify by itself; that waits here until the peer is to send something. */
    private void collect() {
        try {
            while (engine.hasOutput()) {
                engine.send(NOTHING, room.clear());
                out.write(room.array(), 0, room.position());
            }
        } catch (HandleException e) {
            throw new IllegalStateException("the peer cannot speak TLS", e);
        }
    }

    private void flush(JsonNode step) throws IOException, InterruptedException {
        collect();
        byte[] bytes = out.toByteArray();
        out.reset();
        int piece = step.path("split").asInt(Math.max(1, bytes.length));
        for (int from = 0; from < bytes.length; from += piece) {
            connection.send(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece)), limit);
            if (step.has("split")) {
                Thread.sleep(step.path("split_gap").asInt(SPLIT_GAP_MILLIS));
            }
        }
    }
}
