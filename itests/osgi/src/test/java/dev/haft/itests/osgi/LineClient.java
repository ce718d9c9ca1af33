package dev.haft.itests.osgi;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A client on the JDK's blocking socket, which knows nothing of Haft. */
final class LineClient implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader reader;

    LineClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(InFelix.SECONDS));
        reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    LineClient write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** The next line; null at the end. */
    String read() throws IOException {
        return reader.readLine();
    }

    /** Closes the connection. */
    void end() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        end();
    }
}
