package dev.haft.itests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haft.Haft;
import dev.haft.Handle;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Plays one scenario: performs its steps one by one, and lets the handle settle after each. */
final class Director {
    private static final int LONGEST_SECONDS = 30;

    private final Play play;
    private final Actions actions;

    Director(Scenario scenario, Haft haft, double slow) {
        play = new Play(scenario, haft, slow);
        actions = new Actions(play);
    }

    /** Plays it; the log. */
    JsonNode play() throws IOException, InterruptedException {
        try (Peer peer = new Peer(play)) {
            for (JsonNode step : play.scenario().before()) {
                peer.perform(step);
                settle(gap(step));
            }
            onLoop(() -> begin(peer));
            settle(play.scenario().gap());
            for (JsonNode step : play.scenario().script()) {
                onLoop(play::noticeDestroyed);
                perform(step, peer);
            }
            onLoop(play::noticeDestroyed);
            Peer.Rest rest = peer.rest();
            onLoop(() -> end(rest));
            return play.log().events();
        } finally {
            play.over();
        }
    }

    private void begin(Peer peer) {
        try {
            Construction construction = new Construction(play, actions.callbacks());
            SocketChannel channel = peer.handleSide();
            Handle handle = channel == null ? construction.to(peer.port()) : construction.of(channel);
            play.met(handle);
        } catch (RuntimeException e) {
            play.log().add("exception");
        }
        if (!play.hasHandle()) {
            play.log().add("no_handle");
            return;
        }
        play.noticeDestroyed();
        actions.perform(play.scenario().init(), Context.none());
        play.noticeDestroyed();
    }

    private void perform(JsonNode step, Peer peer) throws IOException, InterruptedException {
        if (step.has("peer")) {
            List<Peer.Event> events = peer.perform(step);
            settle(gap(step));
            onLoop(() -> {
                play.noticeDestroyed();
                events.forEach(
                        event -> play.log().add(event.name(), event.values().toArray(JsonNode[]::new)));
            });
        } else if (step.has("handle")) {
            onLoop(() -> actions.perform(step.path("handle"), Context.none()));
            settle(gap(step));
        } else if (step.has("mark")) {
            onLoop(() -> play.log().add("mark", step.path("mark")));
        } else if (step.has("wait")) {
            settle(step.path("wait").asInt());
        } else {
            throw new IllegalArgumentException("unknown step " + step);
        }
    }

    private int gap(JsonNode step) {
        return step.path("gap").asInt(play.scenario().gap());
    }

    /** The time, and then two turns of the loop: what has reached the socket by then has been handled. */
    private void settle(int millis) throws InterruptedException {
        Thread.sleep(play.millis(millis));
        onLoop(() -> {});
        onLoop(() -> {});
    }

    private void end(Peer.Rest rest) {
        byte[] unread = play.isDestroyed() ? new byte[0] : play.readBuffer(play.handle());
        JsonNode last = JsonText.NODES
                .objectNode()
                .put("destroyed", play.isDestroyed())
                .put("peer", rest.state())
                .<ObjectNode>set("rbuf", Bytes.logged(unread))
                .set("unread", rest.unread());
        play.log().add("end", last);
        play.over();
    }

    private void onLoop(Runnable task) throws InterruptedException {
        try {
            CompletableFuture.runAsync(task, play.loop()).get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a step failed", e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the loop hangs", e);
        }
    }
}
