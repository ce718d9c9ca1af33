package dev.haft.cbor;

import java.util.HexFormat;

/** Bytes as they stand in RFC 8949, blanks allowed. */
final class Hex {
    private Hex() {}

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static String of(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
