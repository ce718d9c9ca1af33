package dev.haft;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Addresses as PROXY headers have them: none is looked up. */
final class ProxyAddresses {
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern FOUR = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final Pattern SIX = Pattern.compile("(?=[^:]*:)(?!.*[0-9A-Fa-f]{5})[0-9A-Fa-f:][0-9A-Fa-f:.]*");
    private static final Pattern PORT = Pattern.compile("0|[1-9][0-9]{0,4}");

    private ProxyAddresses() {}

    static SocketAddress ofText(boolean six, String host, String port) throws BadMessageException {
        if (!(six ? SIX : FOUR).matcher(host).matches()) {
            throw new BadMessageException("no address in a PROXY header: " + host);
        }
        if (!PORT.matcher(port).matches() || Integer.parseInt(port) > 0xffff) {
            throw new BadMessageException("no port in a PROXY header: " + port);
        }
        try {
            // A whole address of version 4, and what has a colon in it, is never looked up: that would block the loop.
            byte[] address = InetAddress.getByName(host).getAddress();
            return of(six && address.length == 4 ? mapped(address) : address, Integer.parseInt(port));
        } catch (UnknownHostException e) {
            throw new BadMessageException("no address in a PROXY header: " + host, e);
        }
    }

    /** The JDK takes ::ffff:1.2.3.4 for the IPv4 address in it. */
    private static byte[] mapped(byte[] four) {
        return ByteBuffer.allocate(16)
                .putShort(10, (short) 0xffff)
                .position(12)
                .put(four)
                .array();
    }

    /** Four or sixteen bytes. */
    static SocketAddress of(byte[] address, int port) throws BadMessageException {
        try {
            InetAddress host = address.length == 16
                    ? Inet6Address.getByAddress(null, address, -1)
                    : InetAddress.getByAddress(address);
            return new InetSocketAddress(host, port);
        } catch (UnknownHostException e) {
            throw new BadMessageException("no address in a PROXY header", e);
        }
    }

    /** A path up to its first NUL, empty for sockets without one; or a name that is no path on this machine. */
    static SocketAddress ofPath(byte[] padded) {
        int end = Bytes.indexOf(padded, 0, padded.length, (byte) 0);
        byte[] path = Arrays.copyOf(padded, end < 0 ? padded.length : end);
        String text = new String(path, StandardCharsets.UTF_8);
        boolean isAbstract = end == 0 && padded[1] != 0;
        if (isAbstract || !Arrays.equals(path, text.getBytes(StandardCharsets.UTF_8))) {
            return new ProxyHeader.UnixName(padded);
        }
        try {
            return UnixDomainSocketAddress.of(text);
        } catch (InvalidPathException e) {
            return new ProxyHeader.UnixName(padded);
        }
    }
}
