package dev.haft.engine.net;

import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix-domain socket that listens. One that a process has left behind, which nobody listens on, is replaced;
 * nothing else is.
 *
 * @param path of the file
 * @param key what tells it from another file at the same path
 */
record SocketFile(Path path, @Nullable Object key) {
    private static final System.Logger LOG = System.getLogger(SocketFile.class.getName());

    /** Binds, which makes the file. */
    static SocketFile bind(ServerSocketChannel channel, UnixDomainSocketAddress address, int backlog)
            throws IOException {
        try {
            channel.bind(address, backlog);
        } catch (BindException e) {
            if (!isStale(address)) {
                throw e;
            }
            Files.deleteIfExists(address.getPath());
            channel.bind(address, backlog);
        }
        return new SocketFile(address.getPath(), key(address.getPath()));
    }

    private static boolean isStale(UnixDomainSocketAddress address) throws IOException {
        if (!attributes(address.getPath()).isOther()) {
            return false;
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            // A full backlog must not make it wait.
            probe.configureBlocking(false);
            probe.connect(address);
            return false;
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).contains("refused");
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static @Nullable Object key(Path path) throws IOException {
        return attributes(path).fileKey();
    }

    /** Deletes it, unless it is another one by now. */
    void delete() {
        try {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && Objects.equals(key, key(path))) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "deleting " + path, e);
        }
    }
}
