package dev.haft.tls;

import java.util.Locale;

/** A version of the protocol. SSL 2 and 3 are none. Parity {@code tls.method}. */
public enum TlsProtocol {
    /** RFC 2246; off by default, and RFC 8996 says why. */
    TLS_1_0("TLSv1", 0x0301),
    /** RFC 4346; off by default, and RFC 8996 says why. */
    TLS_1_1("TLSv1.1", 0x0302),
    /** RFC 5246. */
    TLS_1_2("TLSv1.2", 0x0303),
    /** RFC 8446. */
    TLS_1_3("TLSv1.3", 0x0304);

    private final String title;
    private final int code;

    TlsProtocol(String title, int code) {
        this.title = title;
        this.code = code;
    }

    /**
     * By a usual name: {@code TLSv1.2}, AnyEvent's {@code TLSv1_2} or {@code tlsv1_2}, {@code TLS 1.2}, {@code 1.2}.
     *
     * @param name in any case
     * @return the version
     * @throws IllegalArgumentException if there is none such, or it is SSL, which is not to be had
     */
    public static TlsProtocol of(String name) {
        String plain = name.trim().toLowerCase(Locale.ROOT);
        if (plain.startsWith("ssl")) {
            throw new IllegalArgumentException("protocol: " + name + " is not secure; the oldest is TLSv1");
        }
        return switch (plain.replaceFirst("^tls", "")
                .replaceFirst("^[ _-]*v?", "")
                .replace('_', '.')) {
            case "1", "1.0" -> TLS_1_0;
            case "1.1" -> TLS_1_1;
            case "1.2" -> TLS_1_2;
            case "1.3" -> TLS_1_3;
            default ->
                throw new IllegalArgumentException(
                        "protocol: " + name + ", must be one of TLSv1, TLSv1.1, TLSv1.2, TLSv1.3");
        };
    }

    /**
     * By the number that goes over the wire.
     *
     * @param code such as 0x0304
     * @return the version
     * @throws IllegalArgumentException if there is none such
     */
    public static TlsProtocol ofCode(int code) {
        for (TlsProtocol protocol : values()) {
            if (protocol.code == code) {
                return protocol;
            }
        }
        throw new IllegalArgumentException(String.format("protocol: there is none with the number 0x%04x", code));
    }

    /**
     * The number that goes over the wire.
     *
     * @return such as 0x0304
     */
    public int code() {
        return code;
    }

    /**
     * The name as JSSE and OpenSSL write it.
     *
     * @return such as {@code TLSv1.3}
     */
    @Override
    public String toString() {
        return title;
    }
}
