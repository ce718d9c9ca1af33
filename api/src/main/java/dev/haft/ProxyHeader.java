package dev.haft;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom a proxy speaks for; see {@link Reads#proxyHeader}. Immutable.
 *
 * @param version 1 or 2
 * @param local true if the proxy speaks for itself, to check the server's health say: there are no addresses then
 * @param family of the addresses; UNSPEC if local
 * @param source the client's address, as the proxy sees it: an {@link java.net.InetSocketAddress}, a
 *     {@link java.net.UnixDomainSocketAddress} or a {@link UnixName}; null if local or {@link Family#UNSPEC}
 * @param destination the address that the client connected to, in the same way
 * @param tlvs what else is said, in order; empty in version 1
 */
public record ProxyHeader(
        int version,
        boolean local,
        Family family,
        @Nullable SocketAddress source,
        @Nullable SocketAddress destination,
        List<Tlv> tlvs) {
    /** Type of a vector: the protocol above, by ALPN. */
    public static final int ALPN = 0x01;

    /** Type of a vector: the host name that the client asked for. */
    public static final int AUTHORITY = 0x02;

    /** Type of a vector: a checksum of the header, which has been found right. */
    public static final int CRC32C = 0x03;

    /** Type of a vector: nothing, to fill up. */
    public static final int NOOP = 0x04;

    /** Type of a vector: what the connection is called in the proxy's logs. */
    public static final int UNIQUE_ID = 0x05;

    /** Type of a vector: what is known of TLS between client and proxy. */
    public static final int SSL = 0x20;

    /** Type of a vector: the name of a network namespace. */
    public static final int NETNS = 0x30;

    /** What the addresses are of. */
    public enum Family {
        /** Unknown, or none. */
        UNSPEC(0, 0),
        /** TCP over IPv4. */
        TCP4(4, 12),
        /** UDP over IPv4. */
        UDP4(4, 12),
        /** TCP over IPv6. */
        TCP6(16, 36),
        /** UDP over IPv6. */
        UDP6(16, 36),
        /** Stream sockets by path. */
        UNIX_STREAM(108, 216),
        /** Datagram sockets by path. */
        UNIX_DATAGRAM(108, 216);

        private static final List<Family> STREAMS = List.of(UNSPEC, TCP4, TCP6, UNIX_STREAM);
        private static final List<Family> DATAGRAMS = List.of(UNSPEC, UDP4, UDP6, UNIX_DATAGRAM);

        private final int addressBytes;
        private final int blockBytes;

        Family(int addressBytes, int blockBytes) {
            this.addressBytes = addressBytes;
            this.blockBytes = blockBytes;
        }

        /** By the byte of version 2: the family in the high half, the transport in the low one. */
        static Family of(int octet) {
            int address = octet >>> 4 & 15;
            int transport = octet & 15;
            if (address > 3 || transport < 1 || transport > 2) {
                return UNSPEC;
            }
            return (transport == 1 ? STREAMS : DATAGRAMS).get(address);
        }

        int addressBytes() {
            return addressBytes;
        }

        int blockBytes() {
            return blockBytes;
        }

        boolean isInternet() {
            return this != UNIX_STREAM && this != UNIX_DATAGRAM;
        }
    }

    /**
     * Copies the list.
     *
     * @param version 1 or 2
     * @param local if the proxy speaks for itself
     * @param family of the addresses
     * @param source or null
     * @param destination or null
     * @param tlvs in order
     */
    public ProxyHeader {
        Objects.requireNonNull(family, "family");
        tlvs = List.copyOf(tlvs);
    }

    /**
     * The first vector of a type.
     *
     * @param type such as {@link #ALPN}
     * @return empty if there is none
     */
    public Optional<Tlv> tlv(int type) {
        return tlvs.stream().filter(t -> t.type() == type).findFirst();
    }

    /**
     * The protocol above, by ALPN.
     *
     * @return such as {@code h2}
     */
    public Optional<String> alpn() {
        return tlv(ALPN).map(Tlv::text);
    }

    /**
     * The host name that the client asked for (SNI, say).
     *
     * @return such as {@code example.org}
     */
    public Optional<String> authority() {
        return tlv(AUTHORITY).map(Tlv::text);
    }

    /**
     * What the connection is called in the proxy's logs.
     *
     * @return at most 128 bytes, opaque
     */
    public Optional<byte[]> uniqueId() {
        return tlv(UNIQUE_ID).map(Tlv::bytes);
    }

    /**
     * The network namespace.
     *
     * @return its name
     */
    public Optional<String> namespace() {
        return tlv(NETNS).map(Tlv::text);
    }

    /**
     * What is known of TLS between client and proxy.
     *
     * @return empty if nothing is
     */
    public Optional<Ssl> ssl() {
        return tlv(SSL).map(t -> Ssl.of(ByteBuffer.wrap(t.bytes())));
    }

    /** The name of a Unix-domain socket that is no path here: of Linux's abstract namespace, say. Immutable. */
    public static final class UnixName extends SocketAddress {
        private static final long serialVersionUID = 1L;

        /** Without the zeros behind it. */
        private final byte[] name;

        UnixName(byte[] padded) {
            int length = padded.length;
            while (length > 0 && padded[length - 1] == 0) {
                length--;
            }
            name = Arrays.copyOf(padded, length);
        }

        /**
         * The name.
         *
         * @return a copy; it begins with a zero byte in the abstract namespace
         */
        public byte[] bytes() {
            return name.clone();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof UnixName unix && Arrays.equals(name, unix.name);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(name);
        }

        /**
         * As other tools show it.
         *
         * @return with {@code @} for zero bytes
         */
        @Override
        public String toString() {
            return new String(name, StandardCharsets.UTF_8).replace('\0', '@');
        }
    }

    /** A type and a value. Immutable. */
    public static final class Tlv {
        private final int type;
        private final byte[] value;

        Tlv(int type, byte[] value) {
            this.type = type;
            this.value = value;
        }

        /**
         * The type.
         *
         * @return 0 to 255
         */
        public int type() {
            return type;
        }

        /**
         * The value.
         *
         * @return a copy
         */
        public byte[] bytes() {
            return value.clone();
        }

        /**
         * The value as text.
         *
         * @return by UTF-8
         */
        public String text() {
            return new String(value, StandardCharsets.UTF_8);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Tlv tlv && type == tlv.type && Arrays.equals(value, tlv.value);
        }

        @Override
        public int hashCode() {
            return 31 * type + Arrays.hashCode(value);
        }

        /**
         * Type and length.
         *
         * @return such as {@code 0x01: 2 bytes}
         */
        @Override
        public String toString() {
            return String.format("0x%02x: %d bytes", type, value.length);
        }
    }

    /**
     * TLS between client and proxy.
     *
     * @param overTls whether the client connected over it
     * @param certificateOnConnection whether the client showed a certificate on this connection
     * @param certificateInSession whether it showed one in the session that this connection belongs to
     * @param verify zero if it showed one that was found good
     * @param tlvs the parts, in order; see {@link #tlv}
     */
    public record Ssl(
            boolean overTls,
            boolean certificateOnConnection,
            boolean certificateInSession,
            int verify,
            List<Tlv> tlvs) {
        /** Type of a part: the version of TLS, as text. */
        public static final int VERSION = 0x21;

        /** Type of a part: the common name of the client's certificate. */
        public static final int COMMON_NAME = 0x22;

        /** Type of a part: the cipher, as text. */
        public static final int CIPHER = 0x23;

        /** Type of a part: how the proxy's certificate was signed, as text. */
        public static final int SIGNATURE_ALGORITHM = 0x24;

        /** Type of a part: the kind of the proxy's key, as text. */
        public static final int KEY_ALGORITHM = 0x25;

        /** Type of a part: the group of the key exchange, as text. */
        public static final int GROUP = 0x26;

        /** Type of a part: how the handshake was signed, as text. */
        public static final int SIGNATURE_SCHEME = 0x27;

        /** Type of a part: the client's certificate, in DER. */
        public static final int CLIENT_CERTIFICATE = 0x28;

        /**
         * Copies the list.
         *
         * @param overTls or in clear
         * @param certificateOnConnection if there was one
         * @param certificateInSession if there was one
         * @param verify zero if good
         * @param tlvs in order
         */
        public Ssl {
            tlvs = List.copyOf(tlvs);
        }

        /** Of a value that has been found well-formed. */
        static Ssl of(ByteBuffer in) {
            int client = in.get();
            int verify = in.getInt();
            List<Tlv> all = new ArrayList<>();
            while (in.hasRemaining()) {
                int type = in.get() & 0xff;
                byte[] value = new byte[in.getShort() & 0xffff];
                in.get(value);
                all.add(new Tlv(type, value));
            }
            return new Ssl((client & 1) != 0, (client & 2) != 0, (client & 4) != 0, verify, all);
        }

        /**
         * The first part of a type.
         *
         * @param type such as {@link #VERSION}
         * @return empty if there is none
         */
        public Optional<Tlv> tlv(int type) {
            return tlvs.stream().filter(t -> t.type() == type).findFirst();
        }

        /**
         * The version of TLS.
         *
         * @return such as {@code TLSv1.3}
         */
        public Optional<String> version() {
            return tlv(VERSION).map(Tlv::text);
        }

        /**
         * The common name of the client's certificate.
         *
         * @return empty if there is none
         */
        public Optional<String> commonName() {
            return tlv(COMMON_NAME).map(Tlv::text);
        }
    }
}
