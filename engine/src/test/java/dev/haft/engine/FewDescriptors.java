package dev.haft.engine;

import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.Listener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The program of {@link DescriptorsTest}, run where descriptors are few: uses them up, with one connection that waits for a
 * listener of its own, then does what it is told: {@code free} closes them, {@code again} uses all up once more, {@code talk} connects and
 * gets an answer, {@code end}.
 */
final class FewDescriptors {
    private final List<SocketChannel> ends = new ArrayList<>();

    /** When the connection has ended that was accepted last. */
    private volatile CompletableFuture<Void> accepted = new CompletableFuture<>();

    private FewDescriptors() {}

    public static void main(String... arguments) throws Exception {
        new FewDescriptors().run();
    }

    private void run() throws Exception {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (Haft haft = Haft.builder().loops(1).open();
                Listener listener = haft.listen(Endpoint.tcp("127.0.0.1", 0), h -> {
                    accepted = h.closed();
                    h.onEof(Handle::close).onRead(x -> {}).pushWrite("hello");
                })) {
            // What is loaded now needs no descriptor later.
            talk(listener);
            exhaust(listener);
            System.out.println("exhausted");
            for (String order = orders.readLine(); !order.equals("end"); order = orders.readLine()) {
                switch (order) {
                    case "free" -> {
                        for (SocketChannel end : ends) {
                            end.close();
                        }
                        ends.clear();
                        System.out.println("freed");
                    }
                    case "again" -> {
                        exhaust(listener);
                        System.out.println("exhausted");
                    }
                    default -> {
                        talk(listener);
                        System.out.println("talked");
                    }
                }
            }
        }
    }

    private void exhaust(Listener listener) throws IOException {
        try {
            while (true) {
                ends.add(SocketChannel.open());
            }
        } catch (IOException e) {
            // The last one is for this end of a connection, so that there is none for the other.
            ends.remove(ends.size() - 1).close();
        }
        ends.add(SocketChannel.open(listener.address()));
    }

    /** Until the other end of it has ended, too. */
    private void talk(Listener listener) throws Exception {
        try (SocketChannel channel = SocketChannel.open(listener.address())) {
            Peer peer = new Peer(channel, channel);
            if (!peer.receive(5).equals("hello")) {
                throw new IOException("something else came");
            }
        }
        accepted.get(20, TimeUnit.SECONDS);
    }
}
