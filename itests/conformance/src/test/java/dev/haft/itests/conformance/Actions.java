package dev.haft.itests.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.haft.Handle;
import dev.haft.HandleOptions;
import dev.haft.Writes;
import dev.haft.cbor.Cbor;
import dev.haft.json.Json;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.NetworkChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.IdentityHashMap;

/** Performs the actions of a scenario. For the handle's thread. */
final class Actions {
    private static final System.Logger LOG = System.getLogger(Actions.class.getName());

    private final Play play;
    private final Requests requests;
    private final Callbacks callbacks;
    private final IdentityHashMap<JsonNode, Integer> reached = new IdentityHashMap<>();

    Actions(Play play) {
        this.play = play;
        requests = new Requests(play, this);
        callbacks = new Callbacks(play, this);
    }

    Callbacks callbacks() {
        return callbacks;
    }

    /** What the action {@code throw} throws. */
    private static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Thrown() {
            super("thrown by the scenario");
        }
    }

    /** Performs one action after the other; an exception of one does not keep the next from being performed. */
    void perform(JsonNode actions, Context context) {
        for (JsonNode action : actions) {
            if (!isDue(action)) {
                continue;
            }
            if (action.path("do").asText().equals("throw")) {
                throw new Thrown();
            }
            try {
                act(action, context);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.DEBUG, "an action threw", e);
                play.log().add("exception");
            }
            play.noticeDestroyed();
        }
    }

    private boolean isDue(JsonNode action) {
        if (!action.has("at") && !action.has("max")) {
            return true;
        }
        int times = reached.merge(action, 1, Integer::sum);
        return action.path("at").asInt(times) == times && action.path("max").asInt(times) >= times;
    }

    private void act(JsonNode action, Context context) {
        Handle own = context.handle();
        switch (action.path("do").asText()) {
            case "retry" -> play.retry();
            case "log" -> play.log().add("log", action.path("text"));
            case "if" -> choose(action, context);
            case "call" -> perform(play.scenario().procedure(action.path("proc").asText()), context);
            case "repeat" -> {
                for (int i = 0; i < action.path("n").asInt(); i++) {
                    perform(action.path("actions"), context);
                }
            }
            case "after" ->
                play.loop()
                        .schedule(
                                Duration.ofMillis(play.millis(action.path("ms").asInt())),
                                () -> perform(action.path("actions"), Context.none()));
            default -> act(action, own == null ? play.handle() : own, context);
        }
    }

    private void choose(JsonNode action, Context context) {
        byte[] wanted = Bytes.of(JsonText.NODES.objectNode().set("data", action.path("eq")));
        perform(action.path(Arrays.equals(context.data(), wanted) ? "then" : "else"), context);
    }

    private void act(JsonNode action, Handle handle, Context context) {
        String what = action.path("do").asText();
        switch (what) {
            case "take" -> take(action, handle, context);
            case "state" -> state(handle);
            case "push_read", "unshift_read" -> requests.push(handle, action, context);
            case "push_write" -> write(action, handle, context);
            case "push_shutdown" -> handle.pushShutdown();
            case "stop_read" -> handle.stopRead();
            case "start_read" -> handle.startRead();
            case "destroy" -> handle.destroy();
            case "starttls" ->
                handle.startTls(
                        HandleTls.role(action.path("mode")), HandleTls.context(play.scenario(), action.path("ctx")));
            case "stoptls" -> handle.stopTls();
            case "resettls" -> handle.resetTls();
            case "timeout_reset" -> handle.timeoutReset();
            case "rtimeout_reset" -> handle.readTimeoutReset();
            case "wtimeout_reset" -> handle.writeTimeoutReset();
            case "timeout" -> handle.timeout(seconds(action));
            case "rtimeout" -> handle.readTimeout(seconds(action));
            case "wtimeout" -> handle.writeTimeout(seconds(action));
            default -> {
                if (what.startsWith("on_")) {
                    setCallback(what, action.path("cb"), handle);
                } else {
                    setOption(what, action.path("value"), handle);
                }
            }
        }
    }

    private Duration seconds(JsonNode action) {
        return play.seconds(action.path("s").asDouble());
    }

    private void take(JsonNode action, Handle handle, Context context) {
        byte[][] taken = {new byte[0]};
        handle.execute(h -> {
            ByteBuffer unread = h.readBuffer();
            JsonNode n = action.path("n");
            int wanted = n.asText().equals("all") ? unread.remaining() : n.asInt();
            taken[0] = new byte[Math.min(wanted, unread.remaining())];
            unread.get(taken[0]);
        });
        context.data(taken[0]);
        play.log().add("take", Bytes.logged(taken[0]));
    }

    private void state(Handle handle) {
        play.log()
                .add(
                        "state",
                        JsonText.NODES
                                .objectNode()
                                .put("destroyed", handle.isDestroyed())
                                .put("tls", handle.tlsSession() != null)
                                .set("rbuf", Bytes.logged(play.readBuffer(handle))));
    }

    private static void write(JsonNode action, Handle handle, Context context) {
        if (JsonText.has(action, "type")) {
            writeTyped(action.path("type").asText(), action.path("args"), handle);
        } else if (JsonText.has(action, "wide")) {
            handle.pushWrite(octets(action.path("wide").asText()));
        } else {
            handle.pushWrite(JsonText.has(action, "echo") ? context.data() : Bytes.of(action));
        }
    }

    private static void writeTyped(String type, JsonNode args, Handle handle) {
        switch (type) {
            case "netstring" ->
                handle.pushWrite(Writes.netstring(), octets(args.path(0).asText()));
            case "packstring" ->
                handle.pushWrite(
                        Writes.packed(args.path(0).asText()),
                        octets(args.path(1).asText()));
            case "json" -> handle.pushWrite(Json.write(), args.path(0));
            case "cbor" -> handle.pushWrite(Cbor.write(), JsonText.plain(args.path(0)));
            default -> throw new IllegalArgumentException("cannot write " + type);
        }
    }

    /** Bytes are bytes: there are no wider ones to be pushed. */
    private static byte[] octets(String text) {
        if (text.chars().anyMatch(c -> c > 0xff)) {
            throw new IllegalArgumentException("no bytes: " + text);
        }
        return text.getBytes(ISO_8859_1);
    }

    private void setCallback(String name, JsonNode then, Handle handle) {
        switch (name) {
            case "on_error" -> handle.onError(callbacks.error(then));
            case "on_read" -> handle.onRead(callbacks.plain(name, then));
            case "on_eof" -> handle.onEof(callbacks.plain(name, then));
            case "on_starttls" -> handle.onStartTls(callbacks.startTls(then));
            case "on_stoptls" -> handle.onStopTls(callbacks.plain(name, then));
            case "on_drain" -> handle.onDrain(callbacks.plain(name, then));
            case "on_timeout" -> handle.onTimeout(callbacks.plain(name, then));
            case "on_rtimeout" -> handle.onReadTimeout(callbacks.plain(name, then));
            case "on_wtimeout" -> handle.onWriteTimeout(callbacks.plain(name, then));
            default -> throw new IllegalArgumentException("unknown callback " + name);
        }
    }

    private void setOption(String name, JsonNode value, Handle handle) {
        switch (name) {
            case "rbuf_max" -> handle.maxReadBufferBytes(limit(value));
            case "wbuf_max" -> handle.maxWriteBufferBytes(limit(value));
            case "low_water_mark" -> handle.lowWaterBytes(value.asInt());
            case "linger" -> handle.linger(play.seconds(value.asDouble()));
            case "autocork" -> handle.autocork(JsonText.isTrue(value));
            case "no_delay" -> handle.option(StandardSocketOptions.TCP_NODELAY, JsonText.isTrue(value));
            case "keepalive" -> handle.option(StandardSocketOptions.SO_KEEPALIVE, JsonText.isTrue(value));
            case "oobinline" -> oobInline(handle, JsonText.isTrue(value));
            default -> throw new IllegalArgumentException("unknown action " + name);
        }
    }

    /** Absent is unlimited. */
    static int limit(JsonNode value) {
        return value.isNumber() ? value.intValue() : HandleOptions.unlimited();
    }

    private static void oobInline(Handle handle, boolean on) {
        if (handle.channel() instanceof NetworkChannel channel) {
            for (SocketOption<?> option : channel.supportedOptions()) {
                if (option.name().equals("SO_OOBINLINE")) {
                    set(handle, option, on);
                }
            }
        }
    }

    private static <T> void set(Handle handle, SocketOption<T> option, Object value) {
        handle.option(option, option.type().cast(value));
    }
}
