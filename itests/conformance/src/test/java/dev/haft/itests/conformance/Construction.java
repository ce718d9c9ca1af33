package dev.haft.itests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.haft.Endpoint;
import dev.haft.Handle;
import dev.haft.HandleOptions;
import java.nio.channels.SocketChannel;

/** Makes the handle that a scenario describes, with the defaults of the original. */
final class Construction {
    private final Play play;
    private final Callbacks callbacks;
    private final HandleOptions.Builder options = HandleOptions.builder();

    Construction(Play play, Callbacks callbacks) {
        this.play = play;
        this.callbacks = callbacks;
    }

    /** Of a connection that is there. */
    Handle of(SocketChannel channel) {
        return play.haft().open(channel, options());
    }

    /** Connects. */
    Handle to(int port) {
        String host = play.scenario().config().path("connect").asText();
        return play.haft().connect(Endpoint.tcp(host, port), options());
    }

    private HandleOptions options() {
        // What the original does not have, or has no default for.
        options.maxReadBufferBytes(HandleOptions.unlimited());
        options.maxWriteBufferBytes(HandleOptions.unlimited());
        options.highWaterBytes(HandleOptions.unlimited());
        play.scenario().config().forEachEntry(this::set);
        return options.build();
    }

    private void set(String name, JsonNode value) {
        switch (name) {
            case "on_error" -> options.onError(callbacks.error(value));
            case "on_prepare" ->
                options.onPrepare(callbacks.prepare(
                        value,
                        play.seconds(
                                play.scenario().config().path("prepare_timeout").asDouble())));
            case "on_connect" -> options.onConnect(callbacks.connect(value));
            case "on_connect_error" -> options.onConnectError(callbacks.connectError(value));
            case "on_starttls" -> options.onStartTls(callbacks.startTls(value));
            case "on_stoptls" -> options.onStopTls(callbacks.plain(name, value));
            case "on_read" -> options.onRead(callbacks.plain(name, value));
            case "on_eof" -> options.onEof(callbacks.plain(name, value));
            case "on_drain" -> options.onDrain(callbacks.plain(name, value));
            case "on_timeout" -> options.onTimeout(callbacks.plain(name, value));
            case "on_rtimeout" -> options.onReadTimeout(callbacks.plain(name, value));
            case "on_wtimeout" -> options.onWriteTimeout(callbacks.plain(name, value));
            case "timeout" -> options.timeout(play.seconds(value.asDouble()));
            case "rtimeout" -> options.readTimeout(play.seconds(value.asDouble()));
            case "wtimeout" -> options.writeTimeout(play.seconds(value.asDouble()));
            case "rbuf_max" -> options.maxReadBufferBytes(Actions.limit(value));
            case "wbuf_max" -> options.maxWriteBufferBytes(Actions.limit(value));
            case "low_water_mark" -> options.lowWaterBytes(value.asInt());
            case "linger" -> options.linger(play.seconds(value.asDouble()));
            case "autocork" -> options.autocork(JsonText.isTrue(value));
            case "no_delay" -> options.noDelay(JsonText.isTrue(value));
            case "keepalive" -> options.keepAlive(JsonText.isTrue(value));
            case "oobinline" -> options.oobInline(JsonText.isTrue(value));
            case "max_read_size" -> options.maxReadBytes(value.asInt());
            case "peername" -> options.peerName(value.asText());
            case "tls" -> {
                JsonNode context = play.scenario().config().path("tls_ctx");
                options.tls(HandleTls.role(value), HandleTls.context(play.scenario(), context));
            }
            // The size of the first read: reads do not grow here.
            case "read_size" -> {}
            // Not the handle's business: the reads have their coder.
            case "connect",
                    "listen",
                    "hosts",
                    "prepare_timeout",
                    "backlog",
                    "backlog_fill",
                    "json",
                    "cbor",
                    "tls_ctx" -> {}
            default -> throw new IllegalArgumentException("unknown option " + name);
        }
    }
}
