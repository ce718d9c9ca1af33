package dev.haft.itests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.haft.itests.conformance.Connection.End;
import dev.haft.itests.conformance.Connection.Received;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The other side of the connection. For the director's thread. */
final class Peer implements AutoCloseable {
    private static final String MAIN = "a";

    /** Operations on clear text, before which the handle's own close notify is taken, which the original does not send. */
    private static final Set<String> ANSWERED =
            Set.of("expect", "expect_eof", "count_eof", "expect_silence", "discard", "tls_end");

    private static final int LAST_LOOK_MILLIS = 60;

    /** How long the peer looks for session tickets. */
    private static final int CLIENT_LOOK_MILLIS = 100;

    private static final int SERVER_LOOK_MILLIS = 30;

    private final Play play;
    private final Map<String, Connection> connections = new HashMap<>();
    private final Map<Connection, PeerTls> sessions = new HashMap<>();
    private @Nullable Listening listening;
    private @Nullable SocketChannel handleSide;

    Peer(Play play) throws IOException {
        this.play = play;
        if (play.scenario().connects()) {
            listening = new Listening(play.scenario().config());
        } else {
            connect(play.scenario().root());
        }
    }

    private void connect(JsonNode scenario) throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel own = SocketChannel.open();
            if (scenario.has("peer_rcvbuf")) {
                own.setOption(
                        StandardSocketOptions.SO_RCVBUF,
                        scenario.path("peer_rcvbuf").asInt());
            }
            own.connect(listener.getLocalAddress());
            connections.put(MAIN, new Connection(own));
            SocketChannel other = listener.accept();
            if (scenario.has("sndbuf")) {
                other.setOption(
                        StandardSocketOptions.SO_SNDBUF, scenario.path("sndbuf").asInt());
            }
            other.setOption(StandardSocketOptions.TCP_NODELAY, true);
            handleSide = other;
        }
    }

    /** The end that the handle gets; null if it connects itself. */
    @Nullable SocketChannel handleSide() {
        return handleSide;
    }

    /** Where a handle connects to. */
    int port() {
        return listening == null ? 0 : listening.port();
    }

    /** An event of the peer, to be logged when the handle has settled. */
    record Event(String name, List<JsonNode> values) {}

    /** Does something. */
    List<Event> perform(JsonNode step) throws IOException, InterruptedException {
        String name = step.path("conn").asText(MAIN);
        List<Event> events = new ArrayList<>();
        if (step.path("peer").asText().equals("accept")) {
            events.add(event(accept(name, step), name));
            return events;
        }
        Connection connection = connections.get(name);
        if (connection == null) {
            events.add(event("peer_not_connected", name));
            return events;
        }
        perform(step, connection, (event, values) -> events.add(event(event, name, values)));
        return events;
    }

    private static Event event(String event, String connection, JsonNode... values) {
        return new Event(connection.equals(MAIN) ? event : event + ":" + connection, List.of(values));
    }

    private interface Sink {
        void add(String event, JsonNode... values);
    }

    private void perform(JsonNode step, Connection connection, Sink events) throws IOException, InterruptedException {
        String what = step.path("peer").asText();
        PeerTls session = sessions.get(connection);
        if (ANSWERED.contains(what) && session != null && session.takeAnswer()) {
            events.add("peer_tls_closed");
        }
        switch (what) {
            case "tls_connect", "tls_accept" -> handshake(step, connection, what.equals("tls_connect"), events);
            case "tls_send" -> tls(connection).send(Bytes.of(step), step);
            case "tls_close" -> tls(connection).close(step);
            case "tls_expect" -> logClear(tls(connection).receive(step.path("n").asInt(), limit(step)), events);
            case "tls_expect_close" -> logClear(tls(connection).receive(Integer.MAX_VALUE, limit(step)), events);
            case "tls_end" -> {
                tls(connection).end();
                sessions.remove(connection);
            }
            case "send" -> {
                if (!connection.send(Bytes.of(step), limit(step))) {
                    events.add("peer_send_failed");
                }
            }
            case "urgent" -> connection.sendUrgent(Bytes.of(step));
            case "shutdown" -> connection.shutdown();
            case "close" -> connection.close();
            case "reset" -> connection.reset();
            case "discard" -> connection.receive(Integer.MAX_VALUE, millis(step, 50));
            case "expect" -> {
                int count = step.path("n").asInt();
                Received received = connection.receive(count, limit(step));
                if (received.data().length > 0 || count == 0) {
                    events.add("peer_received", Bytes.logged(received.data()));
                }
                logEnd(received, events);
            }
            case "expect_eof" -> {
                Received received = connection.receive(Integer.MAX_VALUE, limit(step));
                logData(received, events);
                logEnd(received, events);
            }
            case "count_eof" -> {
                Received received = connection.receive(Integer.MAX_VALUE, limit(step));
                int more =
                        Integer.compare(received.data().length, step.path("n").asInt());
                events.add("peer_count", JsonText.NODES.textNode(more == 0 ? "all" : more < 0 ? "less" : "more"));
                logEnd(received, events);
            }
            case "expect_silence" -> {
                Received received = connection.receive(Integer.MAX_VALUE, millis(step, 100));
                logData(received, events);
                if (received.end() != End.SHORT) {
                    logEnd(received, events);
                } else if (received.data().length == 0) {
                    events.add("peer_silence");
                }
            }
            default -> throw new IllegalArgumentException("unknown operation of the peer: " + what);
        }
    }

    private PeerTls tls(Connection connection) {
        return Objects.requireNonNull(sessions.get(connection), "the peer does not speak TLS");
    }

    private void handshake(JsonNode step, Connection connection, boolean client, Sink events)
            throws IOException, InterruptedException {
        PeerTls tls = new PeerTls(play.scenario(), step, client, connection, limit(step));
        sessions.put(connection, tls);
        End why = tls.handshake(step);
        if (step.has("log_sni")) {
            events.add("peer_sni", textOrNull(tls.serverName()));
        }
        JsonNode done = JsonText.NODES.booleanNode(why == null);
        if (step.has("log_why")) {
            events.add("peer_tls", done, textOrNull(why == null ? null : why.logged()));
        } else {
            events.add("peer_tls", done);
        }
        if (why == null && !step.has("hold")) {
            tls.readTickets(play.millis(client ? CLIENT_LOOK_MILLIS : SERVER_LOOK_MILLIS));
        }
    }

    private static JsonNode textOrNull(@Nullable String text) {
        return text == null ? JsonText.NODES.nullNode() : JsonText.NODES.textNode(text);
    }

    private static void logClear(Received received, Sink events) {
        if (received.data().length > 0) {
            events.add("peer_tls_received", Bytes.logged(received.data()));
        }
        logEnd(received, events);
    }

    private static void logData(Received received, Sink events) {
        if (received.data().length > 0) {
            events.add("peer_received", Bytes.logged(received.data()));
        }
    }

    private static void logEnd(Received received, Sink events) {
        End end = received.end();
        if (end != null) {
            events.add("peer_" + end.logged());
        }
    }

    private long limit(JsonNode step) {
        return play.millis(step.path("limit").asInt(play.scenario().limit()));
    }

    private static long millis(JsonNode step, int otherwise) {
        return step.path("ms").asInt(otherwise);
    }

    private String accept(String name, JsonNode step) throws IOException {
        SocketChannel accepted =
                listening == null ? null : listening.accept(step.path("on").asText(), limit(step));
        if (accepted == null) {
            return "peer_accept_failed";
        }
        connections.put(name, new Connection(accepted));
        return "peer_accepted";
    }

    /** What is left to read at the end, and how the connection is. */
    Rest rest() throws IOException, InterruptedException {
        Connection main = connections.get(MAIN);
        if (main == null) {
            return new Rest(Bytes.logged(new byte[0]), "none");
        }
        PeerTls tls = sessions.get(main);
        byte[] clear = new byte[0];
        if (tls != null && tls.isEstablished() && !main.isClosed()) {
            Received last = tls.receive(Integer.MAX_VALUE, play.millis(LAST_LOOK_MILLIS));
            clear = last.data();
            if (last.end().isOfConnection()) {
                return Rest.of(clear, last.end());
            }
        }
        // How TLS ended is not of interest here.
        Received last = main.receive(Integer.MAX_VALUE, play.millis(LAST_LOOK_MILLIS));
        return Rest.of(tls == null ? last.data() : clear, last.end());
    }

    /**
     * What is left at the end.
     *
     * @param unread as it is logged
     * @param state the word for how the connection is
     */
    record Rest(JsonNode unread, String state) {
        private static Rest of(byte[] unread, @Nullable End end) {
            return new Rest(Bytes.logged(unread), end == null || end == End.SHORT ? "open" : end.logged());
        }
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections.values()) {
            connection.close();
        }
        if (listening != null) {
            listening.close();
        }
        if (handleSide != null) {
            handleSide.close();
        }
    }
}
