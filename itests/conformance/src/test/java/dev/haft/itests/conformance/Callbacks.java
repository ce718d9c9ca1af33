package dev.haft.itests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.haft.ConnectCallback;
import dev.haft.ErrorCallback;
import dev.haft.Handle;
import dev.haft.HandleCallback;
import dev.haft.PrepareCallback;
import dev.haft.tls.StartTlsCallback;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes callbacks that log their event and then perform actions. */
final class Callbacks {
    private final Play play;
    private final Actions actions;

    Callbacks(Play play, Actions actions) {
        this.play = play;
        this.actions = actions;
    }

    /**
     * One that is told nothing but the handle.
     *
     * @param name such as {@code on_eof}
     * @param then null or missing: no callback
     */
    @Nullable HandleCallback plain(String name, JsonNode then) {
        if (!then.isArray()) {
            return null;
        }
        if (name.equals("on_read")) {
            return handle -> read(handle, then);
        }
        String event = name.substring("on_".length());
        return handle -> {
            play.met(handle);
            play.log().add(event);
            actions.perform(then, Context.of(handle));
        };
    }

    private void read(Handle handle, JsonNode then) {
        play.met(handle);
        byte[] unread = Bytes.copy(handle.readBuffer());
        play.log().add("on_read", Bytes.logged(unread));
        actions.perform(then, new Context(handle, unread));
    }

    /**
     * For sockets that are about to connect.
     *
     * @param limit what it returns
     */
    PrepareCallback prepare(JsonNode then, Duration limit) {
        return (handle, channel) -> {
            play.met(handle);
            play.log().add("prepare");
            actions.perform(then, Context.of(handle));
            return limit;
        };
    }

    /** For connections. */
    ConnectCallback connect(JsonNode then) {
        return (handle, address, retry) -> {
            play.met(handle);
            play.retry(retry);
            play.log().add("connect", ((InetSocketAddress) address).getAddress().getHostAddress());
            actions.perform(then, Context.of(handle));
        };
    }

    /** For connections that there will not be. */
    ErrorCallback connectError(JsonNode then) {
        return (handle, error) -> {
            play.met(handle);
            play.log()
                    .add(
                            "connect_error",
                            JsonText.NODES.textNode(Errno.of(error.code())),
                            JsonText.NODES.booleanNode(!error.getMessage().isEmpty()));
            actions.perform(then, Context.of(handle));
        };
    }

    /** For ends of handshakes; after a failed one the original goes on. */
    @Nullable StartTlsCallback startTls(JsonNode then) {
        if (!then.isArray()) {
            return null;
        }
        return (handle, outcome) -> {
            play.met(handle);
            play.log().add("starttls", JsonText.NODES.booleanNode(outcome.succeeded()));
            outcome.keepHandle();
            actions.perform(then, Context.of(handle));
        };
    }

    /** For errors. */
    @Nullable ErrorCallback error(JsonNode then) {
        if (!then.isArray()) {
            return null;
        }
        return (handle, error) -> {
            play.met(handle);
            play.log()
                    .add(
                            "error",
                            JsonText.NODES.textNode(Errno.of(error.code())),
                            JsonText.NODES.booleanNode(error.fatal()),
                            JsonText.NODES.booleanNode(!error.getMessage().isEmpty()));
            actions.perform(then, Context.of(handle));
        };
    }
}
